"""The figures of report 2011:39 as they are printed, each set beside the same cell of ours.

`published_2011_39.csv` was written off the report's figures once, not made from the simulation's
margins: `tryckt` is what is printed, `ratt` what the printed parts add up to where that is another.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from corpus.types import DocumentKind
from pipeline.tables.types import Cell, Round, Table

LISTING = Path(__file__).with_name("published_2011_39.csv")
_STARTS, _ALL = "start", "Alla"


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed figure. Rows are ids or labels; `right` is set for a known misprint."""

    table: str
    row: str
    column: str
    value: Decimal
    right: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One printed figure and ours; None where the tables have no such cell."""

    printed: Printed
    ours: Decimal | None

    @property
    def equal(self) -> bool:
        """Whether ours is the printed figure."""
        return self.ours == self.printed.value

    @property
    def explained(self) -> bool:
        """Whether ours is what the printed parts add up to, where the print is wrong."""
        return self.printed.right is not None and self.ours == self.printed.right


def read_listing(path: Path = LISTING) -> tuple[Printed, ...]:
    """Read the listing."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Printed(
                row["tabell"],
                row["rad"],
                row["kolumn"],
                Decimal(row["tryckt"]),
                Decimal(row["ratt"]) if row["ratt"] else None,
                row["anmarkning"],
            )
            for row in csv.DictReader(file)
        )


def compare(
    listing: Sequence[Printed], tables: Sequence[Table], round: Round
) -> tuple[Compared, ...]:
    """Set every printed figure beside ours."""
    ours = dict(_figures(tables)) | dict(_starts(round))
    return tuple(Compared(p, ours.get((p.table, p.row, p.column))) for p in listing)


def value(cell: Cell) -> Decimal | None:
    """Return a cell's amount or count."""
    if cell.amount is not None:
        return cell.amount
    return None if cell.count is None else Decimal(cell.count)


def _figures(tables: Sequence[Table]) -> Iterator[tuple[tuple[str, str, str], Decimal | None]]:
    for table in tables:
        number = str(table.number)
        yield (number, "", "projekt"), Decimal(table.base)
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                for name in {row.id, row.label}:
                    yield (number, name, column.id), value(cell)


def _starts(round: Round) -> Iterator[tuple[tuple[str, str, str], Decimal]]:
    """Yield how many projects began, and how many in each county have only applied."""
    kinds = {d.name: d.kind for d in round.documents}
    never = [
        p.header.lan or ""
        for p in round.projects
        if all(kinds[d] is DocumentKind.TJANSTEUTLATANDE_ANSOKAN for d in p.documents)
    ]
    for county in set(never):
        yield (_STARTS, county, "ej_startade"), Decimal(never.count(county))
    yield (_STARTS, _ALL, "ej_startade"), Decimal(len(never))
    yield (_STARTS, _ALL, "startade"), Decimal(len(round.projects) - len(never))
