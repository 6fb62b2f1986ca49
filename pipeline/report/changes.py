"""The report's chapter on what has changed since earlier rounds, as blocks. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report.blocks import Bar, BarChart, Block, Grid, Heading, Listing, Paragraph
from pipeline.tables.rounds import Comparison, TableChange, compare
from pipeline.tables.rounds_words import METHOD, loud, shown_changes, shown_columns
from pipeline.tables.types import Layout, Round, Table

_MOST_BARS = 20


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
    columns = shown_columns(compared, round.name, since)
    rows = list(shown_changes(compared))
    id = f"forandring-{number}-{table.id}"
    yield Heading(2, f"Tabell {table.number}: {table.title}", id)
    if table.layout is Layout.BY_CATEGORY and compared.base_then and table.base:
        yield from _chart(compared, since, id)
    yield Grid(
        f"{id}-tabell",
        f"Förändring i tabell {table.number} sedan {since}",
        (table.row_heading, *(c.heading for c in columns)),
        tuple((("– " if r.part else "") + r.label, *(cell.text for cell in r.cells)) for r in rows),
        tuple(i for i, c in enumerate(columns, 1) if c.numeric),
    )


def _chart(compared: TableChange, since: str, id: str) -> Iterator[Block]:
    """Yield the shares of the main rows, now and below it then."""
    table = compared.table
    main = [c for c in compared.of(table.columns[0]) if not c.part_of and c.share_now is not None]
    bars: list[Bar] = []
    for c in main[:_MOST_BARS]:
        interval = c.now.interval
        scale = 100 / table.base
        bars.append(
            Bar(
                c.label,
                100 * (c.share_now or 0),
                interval.lower * scale if interval else None,
                interval.upper * scale if interval else None,
            )
        )
        bars.append(Bar(since, 100 * (c.share_then or 0), part=True))
    if not bars:
        return
    told = "; ".join(
        f"{c.label} {_whole(c.share_now)} %, {since} {_whole(c.share_then)} %"
        for c in main[:_MOST_BARS]
    )
    yield BarChart(
        f"{id}-diagram",
        f"Andel av projekten nu och {since}, tabell {table.number}",
        f"Liggande staplar, två för varje rad: nu och {since}. {told}.",
        "procent av projekten",
        tuple(bars),
        100.0,
    )


def _whole(share: float | None) -> str:
    return f"{100 * (share or 0):.0f}"
