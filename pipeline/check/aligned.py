"""Tables of plain text whose columns are aligned by spaces."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.types import Document
from pipeline.check.grids import value
from pipeline.ingest.base import Raw
from pipeline.ingest.normalise import assemble
from pipeline.ingest.text import decode, text_pages

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_NEAR = 3
"""Headings stand at most this many lines above the first row of figures."""


def aligned(path: Path, document: Document) -> Document:
    """Return the text's document with aligned columns as cells; itself where there are none."""
    text = decode(path.read_bytes())
    lines = text.split("\n")
    rows = [i for i, line in enumerate(lines) if _figures(line)]
    if len(rows) < 2:
        return document
    for i in rows:
        lines[i] = _GAP.sub("\t", lines[i].strip())
        for above in range(max(0, i - _NEAR), i):
            if _GAP.search(lines[above].strip()) and "\t" not in lines[above]:
                lines[above] = _GAP.sub("\t", lines[above].strip())
    pages = text_pages("\n".join(lines))
    return assemble(Raw("txt", pages), name=document.name, sha256=document.sha256)


def _figures(line: str) -> bool:
    """Tell whether a line is a label and figures, two or more spaces apart."""
    cells = [cell for cell in _GAP.split(line.strip()) if cell]
    return (
        "\t" not in line
        and len(cells) > 1
        and value(cells[0]).hidden
        and all(not value(cell).hidden for cell in cells[1:])
    )
