"""The figures of tables that stand for themselves, under the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.check.sentences import scope_of
from pipeline.check.shares import base_of
from pipeline.check.sums import is_total
from pipeline.check.types import Grid, Report, Scope, Value
from pipeline.check.words import Words

_PLAIN = re.compile(r"antal(?:et)?(?: projekt| insatser)?|totalt|projekt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """A table's figure under the words that name it."""

    label: str
    value: Value
    where: str
    scope: Scope
    table: str
    base: Decimal | None = None
    total: bool = False
    title: str = ""
    unit: str = ""

    @property
    def figure(self) -> Decimal:
        """The figure; only those that stand are made into this."""
        return self.value.number or Decimal(0)


def figures_of(grid: Grid, words: Words) -> Iterator[Printed]:
    """Yield a table's figures that stand for themselves: rows of one column, totals of columns.

    A row's label names its first column of counts where no other column could be meant.
    """
    counts = [
        c for c in range(len(grid.columns)) if not any(row.values[c].percent for row in grid.rows)
    ]
    totals = [row for row in grid.rows if is_total(row.label, words)]
    whole = base_of(grid, words)
    plain = bool(counts) and _plain(grid.columns[counts[0]], words)
    if len(counts) == 1 or plain:
        first = counts[0]
        base = whole or next((t.values[first].number for t in reversed(totals)), None)
        for row in grid.rows:
            if not is_total(row.label, words) and _counted(row.values[first]):
                place = grid.at(row)
                one = _printed(grid, row.values[first], row.label, place, first, base, words)
                yield replace(one, unit=one.unit or unit_in(grid.title, words))
    for row in totals[-1:] or (grid.rows if len(grid.rows) == 1 else ()):
        for c in counts:
            if _counted(row.values[c]):
                label, place = grid.columns[c], grid.at(row, c)
                one = _printed(grid, row.values[c], label, place, c, whole, words)
                yield replace(one, total=bool(totals))


def _plain(heading: str, words: Words) -> bool:
    """Tell whether a heading says that this is the count, and nothing else."""
    return bool(_PLAIN.fullmatch(heading) or words.unit_of(heading))


def _counted(value: Value) -> bool:
    return value.number is not None and not value.money


def _printed(
    grid: Grid, value: Value, label: str, place: str, column: int, base: Decimal | None,
    words: Words,
) -> Printed:  # fmt: skip
    heading = grid.columns[column]
    title, about = scope_of(grid.title, words), scope_of(heading, words)
    scope = Scope(about.years or title.years, about.earlier or title.earlier)
    return Printed(
        label,
        value,
        place,
        scope,
        grid.name,
        value.base or base,
        title=grid.title,
        unit=unit_in(heading, words),
    )


def table_bases(report: Report, words: Words) -> frozenset[Decimal]:
    """Return every whole that the tables name: their bases and their total rows' counts."""
    found = {b for grid in report.grids if (b := base_of(grid, words))}
    return frozenset(
        found
        | {
            v.number
            for grid in report.grids
            for row in grid.rows
            if is_total(row.label, words)
            for v in row.values
            if v.number is not None and not v.percent and not v.money
        }
    )


def wholes_of(report: Report, words: Words) -> dict[str, Decimal]:
    """Return the number of each unit that every table which names it agrees on."""
    told: dict[str, set[Decimal]] = {}
    for grid in report.grids:
        for p in figures_of(grid, words):
            if p.total and p.unit and not p.scope.earlier:
                told.setdefault(p.unit, set()).add(p.figure)
    bases = {b for grid in report.grids if (b := base_of(grid, words))}
    return {unit: next(iter(v)) for unit, v in told.items() if len(v) == 1 and bases <= v}


def unit_in(text: str, words: Words) -> str:
    """Return the first unit that a heading or title names ("Antal projekt 2010" → "projekt")."""
    found = (words.unit_of(word) for word in re.findall(r"[^\W\d_]+", text))
    return next((unit for unit in found if unit), "")
