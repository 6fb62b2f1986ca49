"""Image files: which are taken, how many pages they hold, how large, and what is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from corpus.types import Box, Page
from pipeline.errors import ReadError
from pipeline.ingest.scan_crop import crop
from pipeline.ingest.scan_files import READER, pages_of

A4 = (827, 1169)


@pytest.mark.parametrize(
    ("name", "fmt"), [("a.png", "png"), ("a.jpg", "jpeg"), ("a.tif", "tiff"), ("a.gif", None)]
)
def test_formats_are_known_by_their_bytes(tmp_path: Path, name: str, fmt: str | None) -> None:
    path = tmp_path / name
    Image.new("L", (8, 8)).save(path)
    assert READER.accepts(path.read_bytes()[:4096], ".pdf") == fmt


@pytest.mark.parametrize(
    ("size", "said", "dpi", "pages"),
    [
        (A4, 100, 100, 1),
        (A4, None, 100, 1),
        (A4, 10, 100, 1),
        ((1654, 2338), 72, 200, 1),
        ((2338, 1654), None, 200, 1),
        ((827, 3508), 100, 100, 3),
        ((827, 2600), 100, 100, 1),
    ],
)
def test_pages_and_resolution(
    tmp_path: Path, size: tuple[int, int], said: int | None, dpi: float, pages: int
) -> None:
    path = tmp_path / "a.png"
    image = Image.new("L", size, 255)
    if said:
        image.save(path, dpi=(said, said))
    else:
        image.save(path)
    found = list(pages_of(path))
    assert len(found) == pages
    assert found[0][1] == pytest.approx(dpi, rel=0.01)


def test_every_page_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = [Image.new("1", A4, value) for value in (1, 0, 1)]
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(100, 100))
    assert [image.getpixel((5, 5)) for image, _ in pages_of(path)] == [255, 0, 255]


@pytest.mark.parametrize(("size", "code"), [((20000, 12000), "for_stor"), ((999, 999), "trasig")])
def test_bombs_and_broken_files_are_refused(
    tmp_path: Path, size: tuple[int, int], code: str
) -> None:
    path = tmp_path / "a.png"
    Image.new("1", size).save(path)
    if code == "trasig":
        path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(ReadError) as caught:
        [image.load() for image, _ in pages_of(path)]
    assert caught.value.code == code


def test_a_cutting_holds_the_box_and_its_label(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = [Image.new("L", A4, 255) for _ in range(2)]
    frames[1].paste(0, (100, 200, 120, 220))
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(100, 100))
    page = Page(number=2, start=0, end=0, width=595.44, height=841.68)
    png = crop(path, page, Box(72, 144, 86.4, 158.4), dpi=100)
    cut = Image.open(io.BytesIO(png))
    assert cut.size == (423, 58)
    assert cut.convert("L").histogram()[0] == 20 * 20
    with pytest.raises(ReadError):
        crop(path, Page(number=3, start=0, end=0, width=595, height=842), Box(0, 0, 9, 9))
