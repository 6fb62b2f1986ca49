"""Reading the picture of a page: text, cells and ticks in their places, whichever way it lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("cv2", reason="needs the ocr extra")

from corpus.types import Reading, TickSign
from pipeline.errors import ReadError
from pipeline.ingest import scan_ocr
from pipeline.ingest.base import RawPage
from pipeline.ingest.scan import read_image
from tests.ingest.scan_fixtures import DPI, HEIGHT, WIDTH, Paper

reason = scan_ocr.available()
needs_ocr = pytest.mark.skipif(reason is not None, reason=f"reading scans: {reason}")


def form() -> Paper:
    """A heading, a table of boxes, a list of boxes and a paragraph."""
    paper = Paper()
    paper.text(60, 60, "Redovisning av projektmedel", 16)
    paper.table(60, 100, [30, 170, 250], [24, 24, 24])
    rows = [("Rättsväsendet", "Polisen deltar varje månad", "pen"), ("Försäkringskassan", "", "")]
    for i, (label, answer, mark) in enumerate([*rows, ("Övriga aktörer", "Skolan", "cross")]):
        paper.box(70, 107 + 24 * i, 10)
        if mark:
            paper.mark(70, 107 + 24 * i, 10, mark)
        paper.text(96, 105 + 24 * i, label)
        paper.text(266, 105 + 24 * i, answer)
    for i, (label, mark) in enumerate((("Ska integreras", "empty"), ("Ej relevant", "check"))):
        paper.box(60, 202 + 22 * i, 11)
        paper.mark(60, 202 + 22 * i, 11, mark)
        paper.text(78, 201 + 22 * i, label)
    paper.text(60, 270, "Samverkan har stärkts. Åklagaren och hälsovården bjöds in till två möten,")
    paper.text(60, 285, "och därefter har gruppen träffats ungefär en gång i månaden under våren.")
    return paper


def read(image: Image.Image, width: float = WIDTH, height: float = HEIGHT) -> RawPage:
    return read_image(image, DPI, 1, width, height)


def told(page: RawPage) -> list[str]:
    return [line.text for line in page.lines]


EXPECTED = [
    "Redovisning av projektmedel",
    "☒", "Rättsväsendet", "Polisen deltar varje månad",
    "☐", "Försäkringskassan",
    "☒", "Övriga aktörer", "Skolan",
    "☐ Ska integreras",
    "☒ Ej relevant",
    "Samverkan har stärkts. Åklagaren och hälsovården bjöds in till två möten,",
    "och därefter har gruppen träffats ungefär en gång i månaden under våren.",
]  # fmt: skip


@pytest.mark.ocr
@needs_ocr
def test_a_form_comes_out_in_reading_order_with_its_ticks() -> None:
    page = read(form().scanned(1.2))
    assert told(page) == EXPECTED
    assert page.reading is Reading.OCR
    cells = [(c.row, c.column) for line in page.lines if (c := line.cell)]
    assert cells == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2)]
    for line in page.lines:
        for tick in line.ticks:
            assert tick.sign is TickSign.SCANNED
            assert line.text[tick.at : tick.at + tick.length] == ("☒" if tick.checked else "☐")
            assert tick.certainty >= 0.9
    last = page.lines[-1].box
    assert last is not None
    # 1.2 degrees lift or lower the ends of the line by five points.
    assert last.x0 == pytest.approx(60, abs=9)
    assert last.top == pytest.approx(287, abs=9)


@pytest.mark.ocr
@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_read_too(quarters: int) -> None:
    image = form().scanned().rotate(90 * quarters, expand=True)
    width, height = (HEIGHT, WIDTH) if quarters % 2 else (WIDTH, HEIGHT)
    page = read(image, width, height)
    assert told(page) == EXPECTED
    heading = page.lines[0].box
    assert heading is not None
    # The boxes are those of the page as it is displayed.
    middle = ((heading.x0 + heading.x1) / 2, (heading.top + heading.bottom) / 2)
    upright = (165.0, 70.0)
    where = {
        1: (upright[1], HEIGHT and WIDTH - upright[0]),
        2: (WIDTH - upright[0], HEIGHT - upright[1]),
        3: (HEIGHT - upright[1], upright[0]),
    }[quarters]
    assert middle == pytest.approx(where, abs=14)


@pytest.mark.ocr
@needs_ocr
def test_a_box_without_a_label_is_left_to_a_person() -> None:
    paper = Paper()
    paper.text(60, 60, "Kyrkan har inte deltagit i arbetet under perioden.")
    paper.box(300, 400, 12)
    ticks = [tick for line in read(paper.scanned()).lines for tick in line.ticks]
    assert [tick.certainty < 0.9 for tick in ticks] == [True]


@pytest.mark.ocr
@needs_ocr
def test_a_blank_page_has_no_lines() -> None:
    assert read(Paper().scanned()).lines == ()


def test_without_swedish_data_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_ocr, "traineddata", lambda: None)
    scan_ocr._engine.cache_clear()
    try:
        with pytest.raises(ReadError) as caught:
            read(Paper().image)
    finally:
        scan_ocr._engine.cache_clear()
    assert caught.value.code == "ocr_saknas"
    assert caught.value.advice


def test_the_data_is_found_where_tessdata_prefix_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tessdata"
    folder.mkdir()
    (folder / "swe.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert scan_ocr.traineddata() == folder
