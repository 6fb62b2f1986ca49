"""Pictures of pages, for PDF and for image files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import ReadError
from pipeline.ingest.page_image import page_image
from tests.ingest.pdf_fixtures import HEIGHT, put, turn, write


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_page_is_shown_as_it_is_displayed(tmp_path: Path) -> None:
    path = turn(write(tmp_path / "a.pdf", lambda c: put(c, 60, 100, "Text")), 90)
    assert opened(page_image(path, 1, 72)).size == (842, 596)


def test_filled_fields_are_seen(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(
            name="k", x=60, y=HEIGHT - 120, width=200, height=20, value="WWWW", borderWidth=0
        )

    image = opened(page_image(write(tmp_path / "a.pdf", draw), 1, 72)).convert("L")
    dark = sum(image.crop((60, 100, 260, 120)).histogram()[:100])
    assert dark > 20


def test_pages_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = [Image.new("1", (1654, 2339), value) for value in (1, 0)]
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(200, 200))
    first, second = (opened(page_image(path, number, 100)) for number in (1, 2))
    assert first.size == (827, 1170)
    assert (first.getpixel((9, 9)), second.getpixel((9, 9))) == (255, 0)


@pytest.mark.parametrize("number", [0, 2])
def test_no_such_page(tmp_path: Path, number: int) -> None:
    path = write(tmp_path / "a.pdf", lambda c: put(c, 60, 100, "Text"))
    with pytest.raises(ReadError, match=f"ingen sida {number}"):
        page_image(path, number)


def test_a_text_file_has_no_pictures(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Bara text")
    with pytest.raises(ReadError, match="ingen bild"):
        page_image(path, 1)
