"""Pages whose own text is missing or damaged: OCR, a second opinion, or a remark.

pdfplumber is asked only where pdfium finds no character on a page that has text objects and no
large picture; it is fifty times slower.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.types import Box, Note, Reading
from pipeline.errors import ReadError
from pipeline.ingest.base import RawLine, RawPage
from pipeline.ingest.pdf_frame import Frame
from pipeline.ingest.pdf_shapes import Shapes

OCR_DPI = 200
MAX_PIXELS = 40_000_000
"""A page is rendered with at most this many pixels, whatever size it says it has."""

FEW_LETTERS = 20
"""A page with a large picture and fewer letters than this is a scan with a stamp on it."""

MOST_OF_PAGE = 0.5
DRAWN_PAGE = 40
"""A page without text but with this many paths shows text as outlines."""


def settle(
    raw: RawPage, letters: int, page: Any, frame: Frame, shapes: Shapes, path: Path, *, blind: bool
) -> tuple[RawPage, list[Note]]:
    """Return the page as it is to be used, and remarks on it.

    `letters` counts what stands in the page's own text layer; values of fields are not counted.
    `blind`: the page has text objects, yet pdfium sees no character in them, not even a space.
    """
    picture = _covers(shapes, frame)
    if letters < FEW_LETTERS and (picture or (letters == 0 and shapes.paths >= DRAWN_PAGE)):
        return _read_by_ocr(raw, page, frame)
    if letters == 0:
        return (_second_opinion(raw, path) if blind and not raw.lines else raw), []
    reason = _poor("\n".join(line.text for line in raw.lines))
    if reason is None:
        return raw, []
    if picture:
        read, notes = _read_by_ocr(raw, page, frame)
        if not notes:
            return read, []
    return raw, [Note("dalig_text", reason, raw.number)]


def render(page: Any, frame: Frame, dpi: float, *, grey: bool = False) -> tuple[Any, float]:
    """Return a picture of an open page (PIL) and its dpi, lower than asked for on huge pages."""
    area = max(frame.width * frame.height, 1.0)
    scale = min(dpi / 72, (MAX_PIXELS / area) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=grey)
    try:
        return bitmap.to_pil().copy(), scale * 72
    finally:
        bitmap.close()


def _poor(text: str) -> str | None:
    from pipeline.ingest.quality import poor

    return poor(text)


def _covers(shapes: Shapes, frame: Frame) -> bool:
    """Tell whether pictures cover most of the page; some scanners cut a page into strips."""
    page = Box(0.0, 0.0, frame.width, frame.height)
    seen = sum(
        max(min(b.x1, page.x1) - max(b.x0, 0.0), 0.0)
        * max(min(b.bottom, page.bottom) - max(b.top, 0.0), 0.0)
        for b in shapes.pictures
    )
    return seen >= MOST_OF_PAGE * page.x1 * page.bottom


def _read_by_ocr(raw: RawPage, page: Any, frame: Frame) -> tuple[RawPage, list[Note]]:
    from pipeline.ingest import scan

    image, dpi = render(page, frame, OCR_DPI, grey=True)
    try:
        read = scan.read_image(image, dpi, raw.number, frame.width, frame.height)
    except ReadError as error:
        if error.code != "ocr_saknas":
            raise
        text = f"Sidan {raw.number} är en bild och kunde inte läsas: {error}"
        return raw, [Note("ingen_ocr", text, raw.number)]
    fields = [line for line in raw.lines if line.box and (line.ticks or line.ends)]
    return replace(read, lines=_merged(read.lines, fields), reading=Reading.OCR), []


def _merged(read: tuple[RawLine, ...], fields: list[RawLine]) -> tuple[RawLine, ...]:
    """Put form fields that lie over a scan into what OCR read: a lone box beside its label."""
    lines = list(read)
    for field in fields:
        if field.box is None:
            continue
        middle = (field.box.top + field.box.bottom) / 2
        beside = next(
            (i for i, o in enumerate(lines) if o.box and o.box.top <= middle <= o.box.bottom), None
        )
        if beside is not None and len(field.text) == 1 and field.ticks:
            lines[beside] = _with_tick(lines[beside], field)
            continue
        below = (i for i, o in enumerate(lines) if o.box and o.box.top > field.box.top)
        lines.insert(next(below, len(lines)), field)
    return tuple(lines)


def _with_tick(line: RawLine, field: RawLine) -> RawLine:
    """Return the line with the field's sign before it, or after it where the box lies there."""
    if line.box and field.box and field.box.x0 > line.box.x1:
        tick = replace(field.ticks[0], at=len(line.text) + 1)
        return replace(line, text=f"{line.text} {field.text}", ticks=(*line.ticks, tick))
    moved = tuple(replace(t, at=t.at + len(field.text) + 1) for t in line.ticks)
    return replace(line, text=f"{field.text} {line.text}", ticks=(*field.ticks, *moved))


def _second_opinion(raw: RawPage, path: Path) -> RawPage:
    """Return pdfplumber's lines of a page."""
    import pdfplumber

    try:
        with pdfplumber.open(path, pages=[raw.number]) as document:
            found = document.pages[0].extract_text_lines(return_chars=False)
    except Exception:  # Its parser fails in many ways; pdfium's answer (nothing) then stands.
        return raw
    lines = [
        RawLine(line["text"], Box(line["x0"], line["top"], line["x1"], line["bottom"]))
        for line in found
    ]
    return replace(raw, lines=tuple(lines))
