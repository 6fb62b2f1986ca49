"""Small PDF files made on the spot: pages of drawing commands, turned, cropped, with fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.types import Document
from pipeline.ingest.normalise import assemble
from pipeline.ingest.pdf import read_pdf

WIDTH, HEIGHT = A4
Draw = Callable[[Canvas], None]


def write(path: Path, *pages: Draw) -> Path:
    """Write one page for each drawing; y is counted from the top, so that rows read downwards."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def put(canvas: Canvas, x: float, top: float, text: str, font: str = "Helvetica", size: float = 11):
    """Set `text` with its baseline `top` points below the upper edge."""
    canvas.setFont(font, size)
    canvas.drawString(x, HEIGHT - top, text)


def paragraph(canvas: Canvas, x: float, top: float, lines: list[str]) -> None:
    for row, line in enumerate(lines):
        put(canvas, x, top + 14 * row, line)


def box(canvas: Canvas, x: float, top: float, side: float = 10) -> None:
    """Draw an open square whose lower edge is `top` points below the upper edge."""
    canvas.rect(x, HEIGHT - top, side, side, stroke=1, fill=0)


def grid(canvas: Canvas, columns: list[float], rows: list[float]) -> None:
    """Rule a table; `rows` are distances from the upper edge."""
    canvas.grid(columns, [HEIGHT - top for top in rows])


def read(path: Path) -> Document:
    return assemble(read_pdf(path, "pdf"), path.name, "0" * 64)


def signs(document: Document) -> list[tuple[bool, str]]:
    """Return each tick with the words that follow it on its row or in the next cell."""
    result = []
    for page in document.pages:
        for tick in page.ticks:
            after = document.text[tick.end :].lstrip(" \t\n")
            result.append((tick.checked, after.split("\n")[0].split("\t")[0]))
    return result


def turn(path: Path, degrees: int, crop: tuple[float, float, float, float] | None = None) -> Path:
    """Turn (and crop) every page without touching what is on it."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.Rotate = degrees
            if crop:
                page.CropBox = pikepdf.Array(list(crop))
        pdf.save(path)
    return path
