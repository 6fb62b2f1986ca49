"""What stands behind each figure: lists of projects, and which stretch of a list a cell means."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.tables.types import Cell, Layout, Support, Table

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a series that is a cell of its own: a county's projects, or those of a role."""

    label: str
    place: Place
    support: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The projects behind one row or one column of a table, block after block.

    `key` is unique within the compilation and fit for an anchor. `whole` are the cells that mean
    all blocks up to `counted` projects.
    """

    key: str
    label: str
    blocks: tuple[Block, ...]
    counted: int
    whole: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a cell's projects stand: `count` projects from the `first` of a series (from 0)."""

    series: int
    first: int
    count: int


def known_columns(table: Table) -> Table:
    """Leave out columns of which nothing is known, such as a last round that nobody gave."""
    if table.layout is Layout.MONEY:
        return table
    kept = [
        c
        for c in range(len(table.columns))
        if any(
            row.cells[c].count is not None or row.cells[c].amount is not None for row in table.rows
        )
    ]
    rows = tuple(replace(row, cells=tuple(row.cells[c] for c in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[c] for c in kept), rows=rows)


def series_of(table: Table) -> tuple[Series, ...]:
    """List the projects behind a table, each figure's in one unbroken stretch.

    By county one series a column, its blocks the counties; by category one series a row, its
    blocks the roles (where the table shows them), the uncounted last.
    """
    if table.layout is Layout.BY_COUNTY:
        return tuple(s for c in range(len(table.columns)) if (s := _column(table, c)))
    return tuple(s for r in range(len(table.rows)) if (s := _row(table, r)))


def stretches(series: tuple[Series, ...]) -> dict[Place, Stretch]:
    """Return every cell's stretch; cells without projects have none."""
    found: dict[Place, Stretch] = {}
    for i, one in enumerate(series):
        if one.counted:
            found |= {place: Stretch(i, 0, one.counted) for place in one.whole}
        first = 0
        for block in one.blocks:
            if block.support:
                found.setdefault(block.place, Stretch(i, first, len(block.support)))
            first += len(block.support)
    return found


def anchor(series: Series, block: int | None = None) -> str:
    """Return the anchor of a series or of one of its blocks."""
    return series.key if block is None else f"{series.key}-{block}"


def _column(table: Table, c: int) -> Series | None:
    blocks = [
        Block(row.label, (r, c), row.cells[c].support)
        for r, row in enumerate(table.rows)
        if not row.total and row.cells[c].support
    ]
    if not blocks:
        return None
    whole = tuple((r, c) for r, row in enumerate(table.rows) if row.total)
    counted = sum(len(b.support) for b in blocks)
    column = table.columns[c]
    return Series(f"t{table.number}-{column.id}", column.label, tuple(blocks), counted, whole)


def _row(table: Table, r: int) -> Series | None:
    row = table.rows[r]
    cells: list[tuple[int, Cell]] = list(enumerate(row.cells))
    if not any(cell.support for _, cell in cells):
        return None
    # The first column is the sum of the counted ones after it, where there are any.
    parts = cells[1:] if len(cells) > 1 else cells
    ordered = sorted(parts, key=lambda p: not table.columns[p[0]].counted)
    blocks = [
        Block(table.columns[c].label, (r, c), cell.support) for c, cell in ordered if cell.support
    ]
    counted = sum(len(cell.support) for c, cell in ordered if table.columns[c].counted)
    return Series(f"t{table.number}-{row.id}", row.label, tuple(blocks), counted, ((r, 0),))
