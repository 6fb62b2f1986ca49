"""Reading the picture of a page: order of the steps, and which way up it lies."""

from __future__ import annotations

from statistics import mean

from PIL import Image

from corpus.types import Reading
from pipeline.errors import ReadError
from pipeline.ingest import scan_boxes, scan_brackets, scan_ink, scan_marks, scan_ocr
from pipeline.ingest.base import RawPage
from pipeline.ingest.quality import known_share
from pipeline.ingest.scan_grid import find_grid, ink_of, without_rules
from pipeline.ingest.scan_layout import Sign, lines
from pipeline.ingest.scan_marks import Mark
from pipeline.ingest.scan_ocr import Word
from pipeline.ingest.scan_prepare import Pixels, Sheet, prepare, seems_sideways, turn

# A page of A3 at 600 dpi has 70 million pixels; what is larger is no page.
MOST_PIXELS = 120_000_000
# Below these the words of a page are gibberish, and it may lie on its side or upside down.
POOR_CONFIDENCE = 60.0
POOR_KNOWN = 0.35


def read_image(
    image: Image.Image, dpi: float, number: int, width_pt: float, height_pt: float
) -> RawPage:
    """Read the picture of one page by OCR.

    `dpi` is the picture's own resolution, `width_pt` and `height_pt` the page's size in points.
    Raises ReadError `ocr_saknas` without tesserocr or Swedish data, `for_stor` for huge pictures.
    """
    check_size(image)
    scan_ocr.check()
    sheet = prepare(image, dpi, width_pt, height_pt)
    if seems_sideways(sheet):
        sheet = _upright(sheet, (1, 3))
    page, words = _read(sheet, number, width_pt, height_pt)
    if _is_gibberish(words):
        upright = _upright(sheet, (0, 1, 2, 3))
        if upright.turned != sheet.turned:
            page, words = _read(upright, number, width_pt, height_pt)
    return page


def check_size(image: Image.Image) -> None:
    """Raise ReadError `for_stor` before a picture is decoded that no page can need."""
    if image.width * image.height > MOST_PIXELS:
        raise too_large(f"Bilden är orimligt stor ({image.width} × {image.height} bildpunkter).")


def too_large(reason: str) -> ReadError:
    """Return the error for a picture that is too large."""
    return ReadError("for_stor", reason, "Skanna om sidan i A4 och 200–300 dpi.")


def _read(
    sheet: Sheet, number: int, width_pt: float, height_pt: float
) -> tuple[RawPage, tuple[Word, ...]]:
    grid = find_grid(sheet)
    squares = scan_boxes.find_squares(sheet, grid.rules)
    marks = scan_marks.find_marks(sheet, grid, squares)
    crosses = tuple(m for m in marks if m.cross >= scan_marks.SURE_CROSS)
    unread = [m for m in marks if m not in crosses]
    clean = without_rules(sheet.grey, grid.rules)
    clean = scan_ink.without_squares(clean, squares)
    brackets = scan_brackets.find_brackets(ink_of(clean), sheet.scale)
    clean = scan_brackets.without_brackets(clean, brackets)
    crosses = tuple(m for m in crosses if not any(m.cell.holds(b.x0, b.top) for b in brackets))
    unread = [m for m in unread if not any(m.cell.holds(b.x0, b.top) for b in brackets)]
    clean = scan_marks.without_marks(clean, crosses)
    words = scan_ocr.words(clean, sheet.dpi)
    signs, words = _signs(squares, (*crosses, *unread), words)
    signs += tuple(Sign(b.x0, b.top, b.x1, b.bottom, b.ticked, 0.95) for b in brackets)
    page = RawPage(number, lines(sheet, words, signs, grid), width_pt, height_pt, Reading.OCR)
    return page, words


def _signs(
    squares: tuple[scan_ink.Square, ...], marks: tuple[Mark, ...], words: tuple[Word, ...]
) -> tuple[tuple[Sign, ...], tuple[Word, ...]]:
    """Return the ticks in boxes and cells, and the words that are no ticks."""
    signs = [
        Sign(s.x0, s.top, s.x1, s.bottom, *verdict)
        for s, verdict in zip(squares, scan_ink.verdicts(squares), strict=True)
    ]
    columns = {(m.cell.table, m.cell.column) for m in marks if m.cross >= scan_marks.CROSS}
    left = list(words)
    for mark in marks:
        inside = [w for w in left if mark.cell.holds((w.x0 + w.x1) / 2, (w.top + w.bottom) / 2)]
        read_as = "".join(w.text for w in inside)
        column = (mark.cell.table, mark.cell.column)
        if verdict := scan_marks.judge(mark, read_as, column in columns):
            left = [w for w in left if w not in inside]
            signs.append(Sign(mark.x0, mark.top, mark.x1, mark.bottom, *verdict))
    return tuple(signs), tuple(left)


def _is_gibberish(words: tuple[Word, ...]) -> bool:
    if len(words) < 8:
        return False
    return (
        mean(w.confidence for w in words) < POOR_CONFIDENCE
        and known_share(" ".join(w.text for w in words)) < POOR_KNOWN
    )


def _upright(sheet: Sheet, quarters: tuple[int, ...]) -> Sheet:
    """Return the sheet turned the way in which a piece of it reads best."""

    def readable(turned: Sheet) -> float:
        found = scan_ocr.words(_densest(turned.grey), turned.dpi)
        text = " ".join(w.text for w in found)
        return known_share(text) * sum(w.confidence * len(w.text) for w in found)

    return max((turn(sheet, q) for q in quarters), key=readable)


def _densest(grey: Pixels) -> Pixels:
    """Return the third of the page, in height, that has most ink."""
    rows = (grey < 128).sum(axis=1)
    third = max(len(rows) // 3, 1)
    starts = range(0, max(len(rows) - third, 1), max(third // 4, 1))
    best = max(starts, key=lambda y: int(rows[y : y + third].sum()))
    return grey[best : best + third]
