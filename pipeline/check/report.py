"""From a file to a report: its tables, its sentences, the years it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.types import Cell, Document
from pipeline.check.aligned import aligned
from pipeline.check.grids import grids_of, joined_over_pages
from pipeline.check.loose import Loose, loose_tables
from pipeline.check.sentences import sentences_of, years_in
from pipeline.check.types import Report
from pipeline.check.words import Words

_TITLE_PART = 1500
"""A report's title stands within its first characters."""


def report_of(document: Document, words: Words, loose: Sequence[Loose] = ()) -> Report:
    """Return what the checks need of one document; `loose` are its tables without frames."""
    framed = grids_of(document, words)
    grids = sorted((*framed, *(one.grid for one in loose)), key=lambda grid: grid.page or 0)
    return Report(
        document.name,
        joined_over_pages(grids, words),
        sentences_of(_without(document, loose), words),
        _title_years(document),
    )


def read_report(path: Path, words: Words) -> Report:
    """Read a file. Raises ReadError where it cannot be read."""
    from pipeline.ingest import read

    document = read(path)
    if document.format == "pdf":
        return report_of(document, words, loose_tables(path, document, words))
    if document.format == "txt":
        document = aligned(path, document)
    return report_of(document, words)


def _without(document: Document, loose: Sequence[Loose]) -> Document:
    """Return the document with the lines of unframed tables as cells, not as sentences."""
    pages = []
    for page in document.pages:
        spans = [(one.top, one.bottom) for one in loose if one.page == page.number]
        lines = tuple(
            replace(line, cell=Cell(-1, 0, 0), heading=False)
            if line.box and any(a <= (line.box.top + line.box.bottom) / 2 <= b for a, b in spans)
            else line
            for line in page.lines
        )
        pages.append(replace(page, lines=lines))
    return replace(document, pages=tuple(pages))


def _title_years(document: Document) -> frozenset[int]:
    """The years of the first lines that name several, or else a single one ("2008–2010")."""
    single: frozenset[int] = frozenset()
    for page in document.pages:
        for line in page.lines:
            if line.start > _TITLE_PART:
                return single
            years = years_in(document.text[line.start : line.end])
            if len(years) > 1:
                return years
            single = single or years
    return single
