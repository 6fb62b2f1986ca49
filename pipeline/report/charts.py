"""From tables to the pictures of a report: bar charts and county maps, each with its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.report.blocks import Bar, BarChart, CountyMap
from pipeline.report.charts_draw import number
from pipeline.report.charts_yaml import ChartDefinition, Charts, load_charts
from pipeline.report.map_shapes import load_shapes
from pipeline.report.swedish import listed
from pipeline.tables.numbers import whole
from pipeline.tables.types import Cell, Layout, Row, Table

Picture = BarChart | CountyMap
_FEW = 3  # counties or rows named in an alt text, and
_AT_MOST = 5  # where several have the same figure
_LAST_ROUND = "förra omgången"


def pictures(
    tables: Iterable[Table], charts: Charts | None = None, previous: str = ""
) -> dict[str, tuple[Picture, ...]]:
    """Return each table's pictures by the table's id, numbered through in the tables' order.

    `previous` is the name of the last round. Tables of another grant, which no picture is
    defined for, get the one for their layout.
    """
    charts = charts or load_charts()
    found: dict[str, tuple[Picture, ...]] = {}
    figure = 0
    for table in tables:
        made = []
        for picture in _of_table(table, charts, previous or _LAST_ROUND):
            figure += 1
            made.append(replace(picture, caption=f"Figur {figure}. {picture.caption}"))
        found[table.id] = tuple(made)
    return found


def _of_table(table: Table, charts: Charts, previous: str) -> tuple[Picture, ...]:
    own = [
        made
        for c in charts.charts
        if c.table == table.id
        for made in _made(table, c, charts, previous)
    ]
    if own:
        return tuple(own)
    general = [c for c in charts.otherwise if c.layout == table.layout.value]
    named = [replace(c, id=f"{c.id}_{table.id}") for c in general]
    return tuple(made for c in named for made in _made(table, c, charts, previous))


def _made(
    table: Table, definition: ChartDefinition, charts: Charts, previous: str
) -> Iterator[Picture]:
    """Yield the picture, nothing where its column or rows are not in the table."""
    column = _column(table, definition)
    rows = _rows(table, definition)
    if column is None or not rows:
        return
    if definition.kind == "map":
        if table.layout is Layout.BY_COUNTY:
            yield _map(table, definition, charts, rows, column)
        return
    before = next((i for i, c in enumerate(table.columns) if c.id == definition.before), None)
    bars = tuple(_bar(row, column, before, definition.per) for row in rows)
    named = [(b.label, b.value) for b in bars if not b.part]
    alt = _alt(definition, charts, table, named or [(b.label, b.value) for b in bars], "rader")
    shows_before = any(bar.before is not None for bar in bars)
    yield BarChart(
        definition.id,
        definition.caption.format_map(_facts(definition, table)),
        alt,
        definition.unit,
        bars,
        float(table.base) if definition.to_base and table.base else None,
        previous if shows_before else "",
    )


def _column(table: Table, definition: ChartDefinition) -> int | None:
    """Return where the figures stand."""
    for i, column in enumerate(table.columns):
        if definition.column == column.id or (
            not definition.column and column.counted and not column.money
        ):
            return i
    return None


def _rows(table: Table, definition: ChartDefinition) -> tuple[Row, ...]:
    chosen = set(definition.rows) or {row.id for row in table.rows}
    return tuple(
        row for row in table.rows if not row.total and (row.id in chosen or row.part_of in chosen)
    )


def _bar(row: Row, column: int, before: int | None, per: int) -> Bar:
    cell = row.cells[column]
    interval = cell.interval
    return Bar(
        row.label,
        _value(cell, per),
        interval.lower / per if interval else None,
        interval.upper / per if interval else None,
        bool(row.part_of),
        None if before is None else _value(row.cells[before], per),
    )


def _value(cell: Cell, per: int) -> float | None:
    """Return a cell's figure as it is shown: whole, so that pictures and words agree."""
    figure = cell.amount if cell.amount is not None else cell.count
    return None if figure is None else float(round(figure / per))


def _map(
    table: Table, definition: ChartDefinition, charts: Charts, rows: tuple[Row, ...], column: int
) -> CountyMap:
    shapes = load_shapes().counties
    values = {row.id: _value(row.cells[column], definition.per) for row in rows}
    named = [(row.label, values[row.id]) for row in rows if row.id in shapes]
    elsewhere = sum(v or 0.0 for id, v in values.items() if id not in shapes)
    facts = _facts(definition, table)
    note = definition.note.format_map(facts | {"okant": number(elsewhere)}) if elsewhere else ""
    return CountyMap(
        definition.id,
        definition.caption.format_map(facts),
        _alt(definition, charts, table, named, "län"),
        definition.unit,
        tuple((code, values.get(code)) for code in shapes),
        note,
    )


def _facts(definition: ChartDefinition, table: Table) -> dict[str, str]:
    return {
        "titel": table.title,
        "tabell": f"tabell {table.number}",
        "antal": whole(table.base),
        "enhet": definition.unit,
    }


def _alt(
    definition: ChartDefinition,
    charts: Charts,
    table: Table,
    figures: list[tuple[str, float | None]],
    noun: str,
) -> str:
    """Return what the picture shows in words; a few names where others have the same figure."""
    known = [(label, value) for label, value in figures if value is not None]
    facts = _facts(definition, table)
    shown = facts | {"titel": definition.caption.format_map(facts)}
    if not known:
        return charts.unknown.format_map(shown)
    values = sorted({value for _, value in known}, reverse=True)
    if len(values) == 1:
        return charts.equal.format_map(shown | {"mest": number(values[0])})
    most: list[str] = []
    for value in values[:-1]:
        named = _named(known, value, noun)
        if most and len(most) + len(named) > _FEW:
            break
        most += named
    facts |= {"mest": listed(most), "minst": listed(_named(known, values[-1], noun))}
    return definition.alt.format_map(facts)


def _named(known: list[tuple[str, float]], value: float, noun: str) -> list[str]:
    """Name those with a figure: Skåne (13); 12 län (0) where they are many."""
    labels = [label for label, own in known if own == value]
    if len(labels) > _AT_MOST:
        return [f"{whole(len(labels))} {noun} ({number(value)})"]
    return [f"{label} ({number(value)})" for label in labels]
