"""Laying a sheet out on A4 pages with reportlab: bordered rows that split over pages."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Protocol

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.render.fonts import font_files
from corpus.render.pdf_text import TextLine, break_lines
from corpus.render.sheet import Box, Cell, PageBreak, Para, Run, Sheet, Table

WIDTH, HEIGHT = 595.28, 841.89
_MARGIN = 62.0
_PAD = 3.5
FIELD_SIZE = 11.0  # no larger type than this in form fields


class Pen(Protocol):
    """What draws (or notes down) the boxes and, where `fields` is true, the answers."""

    fields: bool

    def box(self, canvas: Canvas, box: Box, page: int, x: float, y: float, size: float) -> None:
        """Draw a box whose square's lower left corner is (x, y)."""

    def field(self, page: int, rect: tuple[float, ...], question: str, text: str) -> None:
        """Note down a text field; `rect` is left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class _Field:
    """An answer that is a form field; it never splits over pages."""

    question: str
    text: str
    height: float
    new_page: bool = False


_Part = TextLine | _Field


def write_pages(sheet: Sheet, pen: Pen, hyphens: bool) -> bytes:
    """Return the PDF; `pen` sees every box (and field) with its page, counted from 0."""
    out = io.BytesIO()
    # `invariant` keeps dates and ids out: the same report gives the same bytes.
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    flow = _Flow(sheet, canvas, pen, hyphens)
    for block in sheet.blocks:
        if isinstance(block, PageBreak):
            flow.new_page()
        elif isinstance(block, Table):
            for row in block.rows:
                flow.row(row)
            flow.y -= sheet.size * 0.6
        else:
            flow.paragraph(block)
    flow.finish()
    return out.getvalue()


class _Flow:
    """The pen's place on the page: `y` goes down from the top margin."""

    def __init__(self, sheet: Sheet, canvas: Canvas, pen: Pen, hyphens: bool) -> None:
        self.sheet, self.canvas, self.pen, self.hyphens = sheet, canvas, pen, hyphens
        self.fonts = _register(sheet.font)
        self.page = 0
        self.y = HEIGHT - _MARGIN
        self.width = WIDTH - 2 * _MARGIN

    def paragraph(self, para: Para) -> None:
        parts = self._parts((para,), self.width)
        keep = 60.0 if para.style in ("heading", "subheading") else 0.0
        if parts and self.y - sum(p.height for p in parts[:2]) - keep < _MARGIN:
            self.new_page()
        for part in parts:
            if part.new_page or self.y - part.height < _MARGIN:
                self.new_page()
            self._draw(part, _MARGIN, self.y, self.width)
            self.y -= part.height

    def row(self, cells: tuple[Cell, ...]) -> None:
        """Draw a table row, in as many pieces as pages it needs."""
        widths = [cell.width * self.width for cell in cells]
        rest = [
            self._parts(cell.paras, width - 2 * _PAD)
            for cell, width in zip(cells, widths, strict=True)
        ]
        whole = max(sum(p.height for p in parts) for parts in rest) + 2 * _PAD
        if self.y - whole < _MARGIN and whole < 110:
            self.new_page()
        while any(rest):
            room = self.y - _MARGIN - 2 * _PAD
            taken = [_take(parts, room) for parts in rest]
            if not any(taken):
                self.new_page()
                rest = [[_unbroken(parts[0]), *parts[1:]] if parts else [] for parts in rest]
                continue
            height = max(sum(p.height for p in parts) for parts in taken) + 2 * _PAD
            self._fragment(taken, widths, height)
            rest = [parts[len(t) :] for parts, t in zip(rest, taken, strict=True)]

    def new_page(self) -> None:
        self._furniture()
        self.canvas.showPage()
        self.page += 1
        self.y = HEIGHT - _MARGIN

    def finish(self) -> None:
        self._furniture()
        self.canvas.save()

    def _fragment(self, taken: list[list[_Part]], widths: list[float], height: float) -> None:
        x = _MARGIN
        self.canvas.setLineWidth(0.5)
        for parts, width in zip(taken, widths, strict=True):
            self.canvas.rect(x, self.y - height, width, height)
            y = self.y - _PAD
            for part in parts:
                self._draw(part, x + _PAD, y, width - 2 * _PAD)
                y -= part.height
            x += width
        self.y -= height

    def _draw(self, part: _Part, x: float, top: float, width: float) -> None:
        if isinstance(part, _Field):
            rect = (x, top - part.height + 2, x + width, top - 1)
            self.pen.field(self.page, rect, part.question, part.text)
            return
        base = top - part.drop
        for piece in part.pieces:
            if piece.box:
                self.pen.box(
                    self.canvas, piece.box, self.page, x + piece.x, base - 1, part.size * 0.85
                )
            else:
                self.canvas.setFont(self.fonts[piece.bold], part.size)
                self.canvas.drawString(x + piece.x, base, piece.text)

    def _parts(self, paras: tuple[Para, ...], width: float) -> list[_Part]:
        parts: list[_Part] = []
        for n, para in enumerate(paras):
            if not (self.pen.fields and para.style == "answer" and len(para.inlines) == 1):
                parts += break_lines(para, width, self.sheet.size, self._measure, self.hyphens)
            elif n == 0 or paras[n - 1].question != para.question:
                text = "\n".join(p.text for p in paras[n:] if p.question == para.question)
                parts.append(self._field(para.question, text, width))
        return parts

    def _field(self, question: str, text: str, width: float) -> _Field:
        size = min(self.sheet.size, FIELD_SIZE)
        lines = sum(
            len(break_lines(Para((Run(t),)), width - 8, size, _helvetica, False))
            for t in text.split("\n")
        )
        return _Field(question, text, min(lines * size * 1.3 + 8, HEIGHT - 2 * _MARGIN - 20))

    def _measure(self, text: str, bold: bool, size: float) -> float:
        return float(pdfmetrics.stringWidth(text, self.fonts[bold], size))

    def _furniture(self) -> None:
        self.canvas.setFont(self.fonts[False], 9)
        self.canvas.drawRightString(WIDTH - _MARGIN, HEIGHT - 34, self.sheet.header)
        self.canvas.drawCentredString(WIDTH / 2, 30, f"{self.sheet.footer} {self.page + 1}".strip())


def _helvetica(text: str, bold: bool, size: float) -> float:
    """Measure as the fields are set, whatever font the form is printed in."""
    return float(pdfmetrics.stringWidth(text, "Helvetica", size))


def _take(parts: list[_Part], room: float) -> list[_Part]:
    """Return the leading parts that fit in `room` points and before the next page break."""
    taken: list[_Part] = []
    for part in parts:
        room -= part.height
        if room < 0 or part.new_page:
            break
        taken.append(part)
    return taken


def _unbroken(part: _Part) -> _Part:
    """Return the part without its page break, now that the page has been turned."""
    return replace(part, new_page=False)


def _register(name: str) -> tuple[str, str]:
    """Register the font for a Word font name; return reportlab's names (regular, bold)."""
    names = []
    for path in font_files(name):
        if path.stem not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(path.stem, str(path)))
        names.append(path.stem)
    return names[0], names[1]
