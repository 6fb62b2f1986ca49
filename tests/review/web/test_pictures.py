"""Pages as pictures: where the frame stands, what is painted over, and files that are not there."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from annotations.decisions.publishing import StoredDocument
from corpus.types import Box, Cell, Line, Page
from pipeline.review.masking import mask
from pipeline.review.web.boxes import Rect, boxes, covers, placed
from pipeline.review.web.extract import cut
from tests.review.web.site import ANSWER, POLICE, TEXT, Site, pdf, site

WORDS = "x" * 100
PHONE = (TEXT.index("070-174"), TEXT.index("06 05") + 5)
LINE = (TEXT.rindex("\n", 0, POLICE[0]) + 1, TEXT.index("\n", POLICE[0]))
BOX = Box(60, 100, 500, 112)


def _page(*lines: Line) -> Page:
    return Page(1, 0, 1000, 600.0, 800.0, lines=lines)


PARTS = [
    # (line, its box, the words, left and right edge in thousandths, top and bottom)
    ("a whole line", (0, 100), (60, 100, 540, 112), (0, 100), (100, 900), (125, 140)),
    ("its first half", (0, 100), (60, 100, 540, 112), (0, 50), (100, 508), (125, 140)),
    ("its last tenth", (0, 100), (60, 100, 540, 112), (90, 100), (812, 900), (125, 140)),
    ("further rows of a cell", (0, 400), (60, 100, 540, 110), (150, 300), (100, 900), (137, 163)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "line", "box", "span", "across", "down"), PARTS)
def test_where_words_stand(
    what: str,
    line: tuple[int, int],
    box: tuple[float, float, float, float],
    span: tuple[int, int],
    across: tuple[int, int],
    down: tuple[int, int],
) -> None:
    usual = Line(900, 1000, Box(60, 700, 540, 712))
    page = _page(Line(*line, Box(*box), Cell(0, 0, 0)), usual, usual)
    (rect,) = boxes(page, [span])
    assert (rect.x, rect.x + rect.width) == pytest.approx(across, abs=8), what
    assert (rect.y, rect.y + rect.height) == pytest.approx(down, abs=8), what


def test_what_hides_is_wider_than_what_points() -> None:
    page = _page(Line(0, 100, BOX))
    (frame,) = boxes(page, [(20, 30)])
    assert any(c.x < frame.x and c.width > frame.width for c in covers(page, [(20, 30)]))


def test_a_line_without_a_box_has_no_place() -> None:
    page = _page(Line(0, 50, BOX), Line(50, 100))
    assert placed(page, [(10, 20)]) and not placed(page, [(40, 60)])
    assert boxes(_page(Line(50, 100)), [(60, 70)]) == ()


def test_an_extract_marks_hides_and_joins_ticks_to_their_labels() -> None:
    found = cut(TEXT, 0, len(TEXT), [POLICE], mask(TEXT))
    lines = ["".join(p.text or "▮" for p in paragraph) for paragraph in found.paragraphs]
    assert "☒ Rättsväsendet" in lines
    assert "▮" in next(line for line in lines if line.startswith("Polisen"))
    assert [p.text for q in found.paragraphs for p in q if p.mark] == [TEXT[slice(*POLICE)]]
    assert found.hides == len(mask(TEXT))


def _drawn(size: tuple[int, int] = (595, 842)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, "PDF", resolution=72)
    return buffer.getvalue()


def _stored(folder: Path, box: Box | None = BOX) -> StoredDocument:
    rest = ((0, LINE[0] - 1), (LINE[1] + 1, len(TEXT)))
    low = Box(60, 300, 500, 312)
    return pdf(folder / "svar.pdf", _drawn(), [(*LINE, box), *((*span, low) for span in rest)])


def _address(here: Site) -> str:
    return f"/bild/{here.item('partner', 'polis').id}/1"


def _dark(png: bytes, x: float, y: float) -> bool:
    with Image.open(io.BytesIO(png)) as image:
        red, _, _ = image.convert("RGB").getpixel((int(x * image.width), int(y * image.height)))  # type: ignore[misc]
    return bool(red < 128)


def test_a_card_frames_its_evidence_on_the_picture(tmp_path: Path) -> None:
    with site(tmp_path, stored=_stored(tmp_path)) as here:
        browser = here.browser()
        browser.get("/")
        assert f'<img src="{_address(here)}"' in browser.page
        assert "<rect " in browser.page and 'style="' not in browser.page


def test_personal_data_is_painted_over_until_revealed(tmp_path: Path) -> None:
    with site(tmp_path, stored=_stored(tmp_path)) as here:
        browser = here.browser()
        browser.get("/")
        share = ((PHONE[0] + PHONE[1]) / 2 - LINE[0]) / (LINE[1] - LINE[0])
        spot = (60 + share * 440) / 595, 106 / 842
        hidden = browser.get(_address(here))
        assert hidden.headers["content-type"] == "image/png"
        assert _dark(hidden.content, *spot)
        assert not _dark(hidden.content, 0.5, 0.9)
        assert browser.get(_address(here) + "?klar=1").status_code == 403
        browser.get("/")
        browser.send(f"/post/{here.item('partner', 'polis').id}/visa")
        assert f"{_address(here)}?klar=1" in browser.page
        assert not _dark(browser.get(_address(here) + "?klar=1").content, *spot)


def test_a_page_whose_secrets_have_no_place_is_not_shown(tmp_path: Path) -> None:
    with site(tmp_path, stored=_stored(tmp_path, box=None)) as here:
        browser = here.browser()
        browser.get("/")
        assert "<img" not in browser.page
        assert "personuppgifter som inte går att täcka" in browser.page
        assert browser.get(_address(here)).status_code == 403


def test_a_file_that_changed_or_is_gone_is_not_drawn(tmp_path: Path) -> None:
    with site(tmp_path, stored=_stored(tmp_path)) as here:
        file = tmp_path / "svar.pdf"
        browser = here.browser()
        file.write_bytes(_drawn((600, 842)))
        changed = browser.get(_address(here))
        assert changed.status_code == 404 and "har ändrats sedan den lästes" in changed.text
        file.unlink()
        assert "finns inte kvar" in browser.get(_address(here)).text
        file.write_bytes(_drawn())
        assert browser.get(_address(here)).status_code in (200, 404)


@pytest.mark.parametrize("path", ["/bild/{id}/2", "/bild/{id}/0", "/bild/99999/1"])
def test_pages_that_are_not_there(tmp_path: Path, path: str) -> None:
    with site(tmp_path, stored=_stored(tmp_path)) as here:
        browser = here.browser()
        item = here.item("partner", "polis")
        assert browser.get(path.format(id=item.id)).status_code == 404


def test_a_file_in_an_archive_is_unpacked_when_it_is_asked_for(tmp_path: Path) -> None:
    stored = _stored(tmp_path)
    archive = tmp_path / "post.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(tmp_path / "svar.pdf", "mapp/svar.pdf")
    (tmp_path / "svar.pdf").unlink()
    packed = replace(stored, path="", container=str(archive))
    with site(tmp_path, stored=packed) as here:
        assert here.browser().get(_address(here)).headers["content-type"] == "image/png"
        folder = here.state.pictures.folder
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_all_text_beside_the_question_on_demand(tmp_path: Path) -> None:
    with site(tmp_path, stored=_stored(tmp_path)) as here:
        browser = here.browser()
        item = here.item("partner", "polis")
        part = browser.get(f"/post/{item.id}/underlag?vy=text").text
        assert "<mark>Polisen sitter" in part and "<html" not in part
        assert "<mark>Polisen sitter" in browser.get(f"/post/{item.id}?vy=text").text
        assert TEXT[slice(*ANSWER)].split(".")[0] in part


def test_a_rectangle_is_plain_numbers() -> None:
    assert boxes(_page(Line(0, 100, BOX)), [(0, 100)])[0] == Rect(100.0, 124.4, 733.3, 16.2)
