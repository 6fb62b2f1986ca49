"""The lists behind the figures of the page: project by project, with the words it counts for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil

from annotations.codebook import Codebook
from corpus.types import Project
from pipeline.tables.behind import Block, Series, anchor, series_of
from pipeline.tables.counting import deciders
from pipeline.tables.numbers import whole
from pipeline.tables.quotes import Quotes
from pipeline.tables.summary_rows import WHERE, address, behind_columns, behind_lines
from pipeline.tables.types import Round, Table
from pipeline.tables.words import Words, told_deciders, words

_MOST_ROWS = 12_000  # behind all tables together; a browser opens such a page in seconds
_FEWEST_ROWS = 20  # behind each figure, however large the round
_CODED = "Kodad som"
_SIFFRA = "Siffra"


@dataclass(frozen=True, slots=True)
class Detail:
    """The projects of one role or county: cell texts with addresses, and how many are left out.

    `decided` says how many a person, a tick, a rule and a model decided.
    """

    anchor: str
    label: str
    count: str
    decided: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class DetailGroup:
    """The projects behind one row or column of a table."""

    anchor: str
    label: str
    count: str
    decided: str
    headings: tuple[str, ...]
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """What the lists behind the figures are made from; `scale` is the share of rows shown."""

    projects: Mapping[str, Project]
    quotes: Quotes
    labels: Words
    scale: float


def behind(round: Round, tables: Iterable[Table], codebook: Codebook, quotes: Quotes) -> Behind:
    """Gather what the lists of a round's tables need."""
    shown = sum(len(b.support) for t in tables for one in series_of(t) for b in one.blocks)
    return Behind(
        {p.id: p for p in round.projects},
        quotes,
        words(codebook),
        min(1.0, _MOST_ROWS / shown) if shown else 1.0,
    )


def groups(table: Table, series: tuple[Series, ...], behind: Behind) -> Iterator[DetailGroup]:
    """Yield the lists behind a table, one for each of its series."""
    all_columns = behind_columns(table)
    for one in series:
        unshown = {_SIFFRA, "Roll", *((_CODED,) if _plain(one, behind.labels) else ())}
        columns = [c for c in all_columns if c.heading not in unshown]
        headings = tuple(column.heading for column in columns)
        # Of a large round only the rows that are shown are made.
        kept = tuple(replace(b, support=b.support[: _room(b, behind)]) for b in one.blocks)
        told = replace(one, blocks=kept)
        lines = behind_lines((told,), behind.projects, behind.quotes, behind.labels)
        details: list[Detail] = []
        for i, (block, short) in enumerate(zip(one.blocks, kept, strict=True)):
            rows = tuple(
                tuple((c.value(line), address(line) if c.heading == WHERE else "") for c in columns)
                for line in islice(lines, len(short.support))
            )
            size = len(block.support)
            left = whole(size - len(rows)) if size > len(rows) else ""
            who = told_deciders(deciders(block.support))
            details.append(Detail(anchor(one, i), block.label, whole(size), who, rows, left))
        # The counted blocks come first.
        counted = islice((s for b in one.blocks for s in b.support), one.counted)
        who = told_deciders(deciders(counted))
        yield DetailGroup(anchor(one), one.label, whole(one.counted), who, headings, tuple(details))


def _plain(series: Series, labels: Words) -> bool:
    """Whether every project is coded as the very thing that the list is called."""
    coded = (s.coding for block in series.blocks for s in block.support)
    return all(c is not None and c.value and labels.category(c) == series.label for c in coded)


def _room(block: Block, behind: Behind) -> int:
    """Return how many of a block's projects are shown."""
    return max(ceil(len(block.support) * behind.scale), _FEWEST_ROWS)
