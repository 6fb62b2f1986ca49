"""How many positives and hard negatives each category has, by split and by writer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from annotations.codebook import Codebook
from annotations.gold import Cell, cells
from annotations.plain_words import load_plain_words
from corpus.written import Split, WrittenReport


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """One category: reports where it holds, by split and by role, and its hard negatives.

    A hard negative is a report where the words stand and the code does not: for a partner a
    mention of it, for all others a word of the plain word list.
    """

    variable: str
    category: str
    positives: int
    by_split: Mapping[Split, int]
    by_writer: Mapping[str, int]
    roles: Mapping[str, int]
    hard_negatives: int


@dataclass(frozen=True, slots=True)
class WriterCount:
    """One writer: split, reports by kind of form, words (shortest, median, longest), mentions."""

    writer: str
    split: Split
    years: str
    reports: int
    forms: Mapping[str, int]
    words: tuple[int, int, int]
    mentions: int


def count_categories(
    reports: Sequence[WrittenReport], splits: Mapping[str, Split], codebook: Codebook
) -> list[CategoryCount]:
    """Return one row for each category of the codebook, in its order."""
    coded = [cells(r.report.gold, codebook) for r in reports]
    words = load_plain_words(codebook)
    return [
        _category((c.variable, c.id), reports, coded, splits, words[c.variable, c.id])
        for c in codebook.leaves()
    ]


def count_writers(
    reports: Sequence[WrittenReport], splits: Mapping[str, Split]
) -> list[WriterCount]:
    """Return one row for each writer."""
    writers = sorted({r.writer for r in reports})
    return [_writer(w, [r for r in reports if r.writer == w], splits[w]) for w in writers]


def _category(
    cell: Cell,
    reports: Sequence[WrittenReport],
    coded: Sequence[Mapping[Cell, str]],
    splits: Mapping[str, Split],
    words: re.Pattern[str],
) -> CategoryCount:
    variable, category = cell
    held = [(r, c[cell]) for r, c in zip(reports, coded, strict=True) if c[cell]]
    absent = [r for r, c in zip(reports, coded, strict=True) if not c[cell]]
    return CategoryCount(
        variable=variable,
        category=category,
        positives=len(held),
        by_split=Counter(splits[r.writer] for r, _ in held),
        by_writer=Counter(r.writer for r, _ in held),
        roles=Counter(value for _, value in held if variable == "partner"),
        hard_negatives=sum(
            any(m.actor == category for m in r.mentions)
            if variable == "partner"
            else bool(words.search(r.whole))
            for r in absent
        ),
    )


def _writer(writer: str, reports: Sequence[WrittenReport], split: Split) -> WriterCount:
    lengths = [len(re.findall(r"\w+", r.whole)) for r in reports]
    years = sorted(r.year for r in reports if r.year)
    return WriterCount(
        writer=writer,
        split=split,
        years=f"{years[0]}–{years[-1]}",
        reports=len(reports),
        forms=Counter(r.report.blankett for r in reports),
        words=(min(lengths), round(median(lengths)), max(lengths)),
        mentions=sum(len(r.mentions) for r in reports),
    )
