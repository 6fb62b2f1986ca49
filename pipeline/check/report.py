"""From a file to a report: its tables, its sentences, the years it is about."""

from __future__ import annotations

from pathlib import Path

from corpus.types import Document
from pipeline.check.grids import grids_of
from pipeline.check.sentences import sentences_of, years_in
from pipeline.check.types import Report
from pipeline.check.words import Words

_TITLE_PART = 1500
"""A report's title stands within its first characters."""


def report_of(document: Document, words: Words) -> Report:
    """Return what the checks need of one document."""
    return Report(
        document.name,
        grids_of(document, words),
        sentences_of(document, words),
        _title_years(document),
    )


def read_report(path: Path, words: Words) -> Report:
    """Read a file. Raises ReadError where it cannot be read."""
    from pipeline.ingest import read

    return report_of(read(path), words)


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
