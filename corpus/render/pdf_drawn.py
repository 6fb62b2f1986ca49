"""PDF with boxes drawn as vectors: squares, ticked in the ways programs and people tick them."""

from __future__ import annotations

import random
from collections.abc import Callable

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.render.fonts import font_files
from corpus.render.layout import Layout
from corpus.render.pdf_flow import write_pages
from corpus.render.sheet import Box, Sheet

Mark = Callable[[Canvas, float, float, float], None]


def write_drawn(sheet: Sheet, layout: Layout, mark: str) -> bytes:
    """Return a PDF; `mark` is a key of `MARKS` (how a ticked square is ticked).

    Squares are rectangles, or (slash) four lines of their own, as some programs draw them.
    """
    return write_pages(sheet, _DrawnPen(MARKS[mark], mark == "slash"), layout.hyphens)


class _DrawnPen:
    """Draws a square for each box and the mark where it is ticked."""

    fields = False

    def __init__(self, mark: Mark, lines: bool) -> None:
        self.mark, self.lines = mark, lines

    def box(self, canvas: Canvas, box: Box, page: int, x: float, y: float, size: float) -> None:
        canvas.saveState()
        canvas.setLineWidth(0.7)
        if self.lines:
            corners = ((x, y), (x + size, y), (x + size, y + size), (x, y + size))
            for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
                canvas.line(*start, *end)
        else:
            canvas.rect(x, y, size, size)
        if box.checked:
            self.mark(canvas, x, y, size)
        canvas.restoreState()

    def field(self, page: int, rect: tuple[float, ...], question: str, text: str) -> None:
        raise AssertionError("a drawn form has no fields")


def _cross(canvas: Canvas, x: float, y: float, size: float) -> None:
    a, b = size * 0.15, size * 0.85
    canvas.line(x + a, y + a, x + b, y + b)
    canvas.line(x + a, y + b, x + b, y + a)


def _letter(canvas: Canvas, x: float, y: float, size: float) -> None:
    name = font_files("Arial")[0].stem
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(font_files("Arial")[0])))
    canvas.setFont(name, size)
    canvas.drawCentredString(x + size / 2, y + size * 0.14, "X")


def _check(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.setLineWidth(1.1)
    path = canvas.beginPath()
    path.moveTo(x + size * 0.15, y + size * 0.5)
    path.lineTo(x + size * 0.4, y + size * 0.2)
    path.lineTo(x + size * 0.9, y + size * 0.9)
    canvas.drawPath(path)


def _zapf(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.setFont("ZapfDingbats", size)
    canvas.drawString(x + size * 0.08, y + size * 0.14, "✔")


def _pen(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a cross as with a ball pen: two bent strokes that do not keep to the square."""
    rng = random.Random(f"{x:.1f} {y:.1f}")

    def at(fx: float, fy: float) -> tuple[float, float]:
        return (
            x + size * (fx + rng.uniform(-0.14, 0.14)),
            y + size * (fy + rng.uniform(-0.14, 0.14)),
        )

    canvas.setStrokeColorRGB(0.1, 0.12, 0.45)
    canvas.setLineWidth(1.2)
    canvas.setLineCap(1)
    for start, end in (((0.0, -0.05), (1.0, 1.1)), ((-0.05, 1.0), (1.1, -0.05))):
        (x0, y0), (x1, y1) = at(*start), at(*end)
        bend = at(0.45, 0.5), at(0.55, 0.5)
        canvas.bezier(x0, y0, *bend[0], *bend[1], x1, y1)


def _fill(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.rect(x + size * 0.2, y + size * 0.2, size * 0.6, size * 0.6, stroke=0, fill=1)


def _slash(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.line(x + size * 0.1, y + size * 0.1, x + size * 0.9, y + size * 0.9)


MARKS: dict[str, Mark] = {
    "cross": _cross,
    "letter": _letter,
    "check": _check,
    "zapf": _zapf,
    "pen": _pen,
    "fill": _fill,
    "slash": _slash,
}
