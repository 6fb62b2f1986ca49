"""The report's chapter on what has changed since earlier rounds, as blocks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.report.blocks import Bar, BarChart, Block, Grid, Heading, Listing, Paragraph
from pipeline.tables.rounds import Change, Comparison, TableChange, compare
from pipeline.tables.rounds_words import (
    METHOD,
    ShownChange,
    loud,
    several,
    shown_changes,
    shown_columns,
)
from pipeline.tables.types import Layout, Round, Table


def change_blocks(round: Round, tables: tuple[Table, ...]) -> tuple[Block, ...]:
    """Return the chapter "Förändring sedan …"; nothing without an earlier round."""
    comparisons = compare(round, tables)
    return tuple(b for i, one in enumerate(comparisons, 1) for b in _chapter(round, one, i))


def _chapter(round: Round, comparison: Comparison, number: int) -> Iterator[Block]:
    since = comparison.name
    yield Heading(1, f"Förändring sedan {since}", f"forandring-{number}")
    yield Paragraph(_summary(comparison))
    yield Paragraph(METHOD)
    notes = (
        *comparison.notes,
        *(f"Tabell {t.table.number}: {note}" for t in comparison.tables for note in t.notes),
    )
    if notes:
        yield Paragraph("Allt går inte att jämföra:")
        yield Listing(notes)
    for compared in comparison.tables:
        yield from _table(round, compared, since, number)


def _summary(comparison: Comparison) -> str:
    counted = [c for _, c in comparison.changes() if c.change and c.column and not c.column.money]
    clear = sum(loud(c) for c in counted)
    text = (
        f"{len(counted)} antal kan jämföras med {comparison.name}. "
        f"För {clear} av dem rymmer intervallet för förändringen inte 0."
    )
    large = [f"{c.label} (tabell {t.number})" for t, c in comparison.changes() if c.improbable]
    if large:
        text += (
            " Större förändringar än slumpen och kodningens fel förklarar: " + ", ".join(large)
            + ". Se efter att raderna betyder detsamma i båda omgångarna."
        )  # fmt: skip
    return text


def _table(round: Round, compared: TableChange, since: str, number: int) -> Iterator[Block]:
    table = compared.table
    id = f"forandring-{number}-{table.id}"
    yield Heading(2, f"Tabell {table.number}: {table.title}", id)
    if table.layout is Layout.BY_CATEGORY and compared.base_then and table.base:
        yield from _chart(compared, since, id)
    headings = [c.heading for c in shown_columns(compared, round.name, since)]
    rows = list(shown_changes(compared))
    if not several(table):
        yield _grid(table, f"{id}-tabell", f"sedan {since}", headings, rows)
        return
    # A grid for each column of the table: short ones are read more easily than one of all.
    for column in table.columns:
        own = [replace(r, cells=r.cells[1:]) for r in rows if r.column == column.id]
        if own:
            what = f"sedan {since}: {column.label[:1].lower()}{column.label[1:]}"
            yield _grid(table, f"{id}-{column.id}", what, headings[1:], own)


def _grid(
    table: Table, id: str, what: str, headings: Sequence[str], rows: Sequence[ShownChange]
) -> Grid:
    return Grid(
        id,
        f"Förändring i tabell {table.number} {what}",
        (table.row_heading, *headings),
        tuple(
            (f"– {r.label}" if r.part else r.label, *(cell.text for cell in r.cells)) for r in rows
        ),
        tuple(range(1, len(headings) + 1)),
        total=bool(rows) and rows[-1].total,
    )


def _chart(compared: TableChange, since: str, id: str) -> Iterator[Block]:
    """Yield the shares of the main rows, with those of the earlier round."""
    table = compared.table
    main = [c for c in compared.of(table.columns[0]) if not c.part_of and c.share_now is not None]
    if not main:
        return
    told = "; ".join(
        f"{c.label} {_percent(c.share_now):.0f} procent, då {_percent(c.share_then):.0f}"
        for c in main
    )
    yield BarChart(
        f"{id}-diagram",
        f"Andel av projekten i tabell {table.number}, nu och {since}",
        f"Liggande staplar med andelen av projekten nu och {since}. {told}.",
        "procent av projekten",
        tuple(_bar(c, 100 / table.base) for c in main),
        100.0,
        since,
    )


def _bar(c: Change, scale: float) -> Bar:
    ends = c.now.interval
    return Bar(
        c.label,
        _percent(c.share_now),
        ends.lower * scale if ends else None,
        ends.upper * scale if ends else None,
        before=_percent(c.share_then),
    )


def _percent(share: float | None) -> float:
    return 100 * (share or 0.0)
