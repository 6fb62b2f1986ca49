"""The tables as the page shows them: each figure a link to the projects behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.report.blocks import NumberedNote, TableBlock
from pipeline.report.html_behind import Behind, DetailGroup, groups
from pipeline.tables.behind import Place, Series, anchor, series_of
from pipeline.tables.numbers import NBSP, figure, percent, span
from pipeline.tables.types import Cell, Layout, Row, Table


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as shown: its text, the anchor of its projects, its interval in words."""

    text: str
    href: str = ""
    interval: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table as shown; `bar` is the first figure's share of all projects (0–1)."""

    label: str
    figures: tuple[Figure, ...]
    part: bool
    total: bool
    bar: float | None
    percent: str
    person: str
    remark: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with everything that is shown about it."""

    id: str
    name: str
    caption: str
    row_heading: str
    headings: tuple[str, ...]
    by_category: bool
    money: bool
    how: str
    rows: tuple[ShownRow, ...]
    numbered: tuple[NumberedNote, ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    groups: tuple[DetailGroup, ...]


def shown(block: TableBlock, behind: Behind) -> ShownTable:
    """Return a table of the report with the lists behind its figures."""
    table = block.table
    series = series_of(table)
    links = _links(series)
    marks = dict(block.marks)
    return ShownTable(
        table.id,
        f"Tabell {table.number}",
        block.caption,
        table.row_heading,
        tuple(column.label for column in table.columns),
        table.layout is Layout.BY_CATEGORY,
        table.layout is Layout.MONEY,
        _how(table),
        tuple(
            _row(table, r, row, links, marks.get(row.id, ())) for r, row in enumerate(table.rows)
        ),
        block.notes,
        table.notes,
        marks.get("", ()),
        tuple(groups(table, series, behind)),
    )


def _how(table: Table) -> str:
    """Return what a reader must know of the figures, and the headings do not say."""
    if any(column.money for column in table.columns):
        return "Kronor."
    intervals = any(cell.interval for row in table.rows for cell in row.cells)
    if intervals and table.layout is not Layout.BY_CATEGORY:
        return f"Antal projekt, inom parentes 95{NBSP}%-intervall."
    return "Antal projekt."


def _links(series: tuple[Series, ...]) -> dict[Place, str]:
    """Return the anchor of each cell that has projects behind it."""
    links: dict[Place, str] = {}
    for one in series:
        if one.counted:
            links |= {place: anchor(one) for place in one.whole}
        for i, block in enumerate(one.blocks):
            links.setdefault(block.place, anchor(one, i))
    return links


def _row(
    table: Table, r: int, row: Row, links: Mapping[Place, str], marks: tuple[str, ...]
) -> ShownRow:
    first = row.cells[0]
    share = None
    if table.layout is Layout.BY_CATEGORY and table.base and first.count is not None:
        share = first.count / table.base
    person = first.person_share
    return ShownRow(
        row.label,
        tuple(_figure(table, c, cell, links.get((r, c), "")) for c, cell in enumerate(row.cells)),
        bool(row.part_of),
        row.total,
        share,
        "" if share is None else percent(share),
        "" if person is None else percent(person),
        first.remark,
        marks,
    )


def _figure(table: Table, column: int, cell: Cell, href: str) -> Figure:
    # Beside the roles the intervals would be three in a row; the CSV file has them.
    by_category = table.layout is Layout.BY_CATEGORY
    interval = cell.interval if not (column and by_category) else None
    if interval and not by_category and interval.lower == interval.upper:
        interval = None
    return Figure(figure(cell), href, span(interval))
