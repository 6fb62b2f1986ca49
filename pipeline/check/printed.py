"""The figures of tables that stand for themselves, under the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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

    @property
    def figure(self) -> Decimal:
        """The figure; only those that stand are made into this."""
        return self.value.number or Decimal(0)


def figures_of(grid: Grid, words: Words) -> Iterator[Printed]:
    """Yield a table's figures that stand for themselves: rows of one column, totals of columns.

    A row's label names its first column of counts where no other column could be meant.
    """
    years = scope_of(grid.title, words)
    counts = [
        c for c in range(len(grid.columns)) if not any(row.values[c].percent for row in grid.rows)
    ]
    totals = [row for row in grid.rows if is_total(row.label, words)]
    if len(counts) == 1 or (counts and _PLAIN.fullmatch(grid.columns[counts[0]])):
        sums = [t.values[counts[0]].number for t in totals]
        base = base_of(grid, words) or (sums[-1] if sums else None)
        for row in grid.rows:
            value = row.values[counts[0]]
            if not is_total(row.label, words) and value.number is not None and not value.money:
                yield Printed(row.label, value, grid.at(row), years, grid.name, value.base or base)
    body = totals[-1:] or (grid.rows if len(grid.rows) == 1 else ())
    for row in body:
        for c in counts:
            if row.values[c].number is not None and not row.values[c].money:
                about = scope_of(grid.columns[c], words)
                scope = Scope(about.years or years.years, about.earlier or years.earlier)
                yield Printed(
                    grid.columns[c],
                    row.values[c],
                    grid.at(row, c),
                    scope,
                    grid.name,
                    base_of(grid, words),
                    total=bool(totals),
                    title=grid.title,
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
