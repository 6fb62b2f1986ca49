"""A table of the report as it stands on paper: texts in cells, before any XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.report.blocks import Grid, NumberedNote, TableBlock
from pipeline.tables.behind import known_columns
from pipeline.tables.numbers import figure, percent, span
from pipeline.tables.types import Cell, Layout, Row, Table

INTERVAL = "95\N{NO-BREAK SPACE}%-intervall"
_SHARE, _PERSON = "Andel av projekten", "Granskat av person"
_REMARK = "Så är siffran framtagen"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells' texts, the notes it refers to, whether it is a part or a sum."""

    cells: tuple[str, ...]
    marks: tuple[str, ...] = ()
    part: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A table on paper. `numeric` are the columns set to the right, `marks` notes of the whole."""

    caption: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    numeric: frozenset[int]
    numbered: tuple[NumberedNote, ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The cells' texts alone."""
        return tuple(line.cells for line in self.lines)


def paper(block: TableBlock | Grid) -> Paper:
    """Lay out a table: its intervals stand in columns of their own, so that figures line up."""
    if isinstance(block, Grid):
        last = len(block.rows) - 1
        lines = tuple(
            Line(row, total=block.total and i == last) for i, row in enumerate(block.rows)
        )
        return Paper(
            block.caption, block.headings, lines, frozenset(block.numeric), (), block.notes
        )
    return _compiled(block)


def _compiled(block: TableBlock) -> Paper:
    table = known_columns(block.table)
    marks = dict(block.marks)
    columns = list(_columns(table))
    lines = tuple(_line(table, row, columns, marks) for row in table.rows)
    texts = table.layout is Layout.MONEY
    count = len(columns)
    return Paper(
        block.caption,
        (table.row_heading, *(heading for heading, _, _ in columns)),
        lines,
        frozenset(range(1, count if texts else count + 1)),
        block.notes,
        table.notes,
        marks.get("", ()),
    )


def _columns(table: Table) -> list[tuple[str, int, str]]:
    """Return (heading, the cell's column, what of it is shown: count, interval, share …)."""
    shown: list[tuple[str, int, str]] = []
    by_category = table.layout is Layout.BY_CATEGORY
    for c, column in enumerate(table.columns):
        shown.append((column.label, c, "figure"))
        cells = [row.cells[c] for row in table.rows]
        # Beside the roles the intervals would be three in a row; the CSV file has them.
        if any(cell.interval for cell in cells) and not (c and by_category):
            shown.append((INTERVAL, c, "interval"))
        if by_category and not c and table.base:
            shown.append((_SHARE, c, "share"))
    if by_category and any(row.cells[0].person_share for row in table.rows):
        shown.append((_PERSON, 0, "person"))
    if table.layout is Layout.MONEY:
        shown.append((_REMARK, 0, "remark"))
    return shown


def _line(
    table: Table,
    row: Row,
    columns: list[tuple[str, int, str]],
    marks: Mapping[str, tuple[str, ...]],
) -> Line:
    cells = (row.label, *(_text(table, row.cells[c], what) for _, c, what in columns))
    return Line(cells, marks.get(row.id, ()), bool(row.part_of), row.total)


def _text(table: Table, cell: Cell, what: str) -> str:
    match what:
        case "figure":
            return figure(cell)
        case "interval":
            return span(cell.interval)
        case "share":
            return "" if cell.count is None else percent(cell.count / table.base)
        case "person":
            return "" if cell.person_share is None else percent(cell.person_share)
        case _:
            return cell.remark
