"""The report's chapter on what has changed since earlier rounds, as blocks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.report.blocks import Bar, BarChart, Block, Grid, Heading, Listing, Paragraph
from pipeline.tables.numbers import percent, whole
from pipeline.tables.rounds import Change, Comparison, TableChange, compare
from pipeline.tables.rounds_words import (
    METHOD,
    NOT_COMPARED,
    ends,
    ends_in_points,
    has_shares,
    in_points,
    loud,
    round_names,
    shown_of,
    signed,
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
    if not counted:
        return f"Inga antal kan jämföras med {comparison.name}."
    text = (
        f"{whole(len(counted))} antal kan jämföras med {comparison.name}. "
        f"För {whole(clear) if clear else 'inget'} av dem rymmer intervallet för förändringen "
        "inte 0."
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
    names = round_names(round.name, since)
    columns = shown_of(table)
    for column in columns:
        # A grid for each column of the table: short ones are read more easily than one of all.
        own = [c for c in compared.changes if c.column in (column, None)]
        several = len(columns) > 1
        what = f": {column.label[:1].lower()}{column.label[1:]}" if several else ""
        caption = f"Förändring i tabell {table.number} sedan {since}{what}"
        yield _grid(compared, f"{id}-{column.id}", caption, names, own)


def _grid(
    compared: TableChange, id: str, caption: str, names: tuple[str, str], own: Sequence[Change]
) -> Grid:
    shares = has_shares(compared)
    headings = [compared.table.row_heading, *names, "Förändring"]
    headings += ["Procentenheter"] if shares else []
    rows = tuple((f"– {c.label}" if c.part_of else c.label, *_cells(c, shares)) for c in own)
    return Grid(
        id,
        caption,
        tuple(headings),
        rows,
        tuple(range(1, len(headings))),
        compared.table.notes if compared.table.layout is Layout.MONEY else (),
        total=bool(own) and own[-1].total,
    )


def _cells(c: Change, shares: bool) -> Iterator[str]:
    """Yield the figure now and then, with its share, and the change with its interval."""
    now = c.now.amount if c.now.amount is not None else c.now.count
    yield _figure(now, c.share_now)
    yield _figure(c.then.value if c.then else None, c.share_then)
    exact = c.column is not None and c.column.money
    if c.change is None:
        yield NOT_COMPARED.text
    else:
        yield _with_ends(signed(c.change.value), "" if exact else ends(c.change))
    if shares:
        points = c.share_change
        yield _with_ends(in_points(points.value), ends_in_points(points)) if points else ""


def _figure(value: int | Decimal | None, share: float | None) -> str:
    if value is None:
        return ""
    return whole(value) + ("" if share is None else f" ({percent(share)})")


def _with_ends(value: str, between: str) -> str:
    return f"{value} ({between})" if between and between != value else value


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
