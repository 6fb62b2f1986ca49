"""From raw lines to a Document: running headers out, hyphens joined, paragraphs, offsets."""

from __future__ import annotations

from corpus.types import Document, Line, Page, Tick
from pipeline.ingest.base import Raw


def assemble(raw: Raw, name: str, sha256: str) -> Document:
    """Put the raw pages together into one text in which every line and tick has its offsets."""
    text: list[str] = []
    length = 0
    pages: list[Page] = []
    for page in raw.pages:
        page_start = length
        lines: list[Line] = []
        ticks: list[Tick] = []
        for line in page.lines:
            start = length
            ticks.extend(
                Tick(start + t.at, start + t.at + t.length, t.checked, t.sign, t.certainty, t.box)
                for t in line.ticks
            )
            end = start + len(line.text)
            lines.append(Line(start, end, line.box, line.cell, line.heading))
            text.append(line.text + "\n")
            length = end + 1
        pages.append(
            Page(
                number=page.number,
                start=page_start,
                end=length,
                width=page.width,
                height=page.height,
                reading=page.reading,
                lines=tuple(lines),
                ticks=tuple(ticks),
            )
        )
    return Document(name, sha256, raw.format, "".join(text), tuple(pages), raw.notes, raw.meta)
