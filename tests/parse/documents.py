"""Documents made from text as a reader would make them, for the parser's tests."""

from __future__ import annotations

from corpus.types import Cell, Document
from pipeline.ingest.base import Raw, RawLine, RawPage
from pipeline.ingest.normalise import assemble
from pipeline.ingest.signs import cell_signs, clean_signs, find_signs


def document(text: str, name: str = "blankett.txt") -> Document:
    """Return the text as a document, its typed signs found as the readers find them."""
    lines = []
    for line in text.split("\n"):
        clean = clean_signs(line)
        lines.append(RawLine(clean, ticks=find_signs(clean), ends=True))
    return assemble(Raw("txt", (RawPage(1, tuple(lines)),)), name, "0" * 64)


def table(rows: list[list[str]], name: str = "blankett.docx") -> Document:
    """Return a table as a document; empty cells give no line."""
    lines = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            clean = clean_signs(cell)
            if clean:
                ticks = cell_signs(clean)
                lines.append(RawLine(clean, cell=Cell(0, r, c), ticks=ticks, ends=True))
    return assemble(Raw("docx", (RawPage(1, tuple(lines)),)), name, "0" * 64)
