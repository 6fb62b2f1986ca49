"""A change as it is read, in the workbook and the report: columns, texts, how it is reckoned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.tables.numbers import MINUS, NBSP, NDASH, decimals, percent, span, whole
from pipeline.tables.rounds import Change, TableChange
from pipeline.tables.rounds_change import Measured
from pipeline.tables.types import Column, EarlierFigure, Interval, Layout, Table

METHOD = (
    "Förändringen är antalet nu minus antalet då. Dess 95 %-intervall räknas ur båda omgångarnas "
    "intervall, som om deras fel vore oberoende av varandra. Rymmer intervallet 0 kan skillnaden "
    "bero på kodningen. Ett tidigare antal utan intervall tas som det är tryckt. Andelarna är av "
    "alla projekt som tabellen handlar om, och deras förändring står i procentenheter."
)
Style = Literal["number", "signed", "percent"]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as read: its heading, its width in characters, whether it holds figures."""

    heading: str
    width: int
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as read, and the number behind it where a workbook can show that in its own way."""

    text: str
    number: float | None = None
    style: Style = "number"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One row as read; `column` is the id of the table's column that the figures are of.

    Where the table has several columns, the first cell names it. `loud` says that the change's
    interval does not hold 0.
    """

    label: str
    column: str
    part: bool
    total: bool
    cells: tuple[Shown, ...]
    loud: bool


BLANK, NOT_COMPARED = Shown(""), Shown("ej jämförbar")


def shown_columns(compared: TableChange, now: str, then: str) -> tuple[ShownColumn, ...]:
    """Return the columns after the first, named after the rounds where they have different names.

    By category and money one row a row; by county each column of the table has a row of its own
    under the county, named in the first of these columns.
    """
    table = compared.table
    names = round_names(now, then)
    what = (ShownColumn("Antal av", 30, False),) if _several(table) else ()
    figures = tuple(ShownColumn(name, 15) for name in names)
    if _money_alone(table):
        return (*what, *figures, ShownColumn("Förändring, kronor", 15))
    intervals = (
        ShownColumn(names[0], 12),
        ShownColumn("95 %-intervall", 13),
        ShownColumn(names[1], 12),
        ShownColumn("95 %-intervall", 13),
        ShownColumn("Förändring", 13),
        ShownColumn("95 %-intervall", 13),
    )
    if not has_shares(compared):
        return (*what, *intervals)
    return (
        *what,
        *intervals,
        ShownColumn(f"Andel, {names[0]}", 12),
        ShownColumn(f"Andel, {names[1]}", 12),
        ShownColumn("Förändring, procentenheter", 16),
        ShownColumn("95 %-intervall", 15),
    )


def round_names(now: str, then: str) -> tuple[str, str]:
    """Return what this and the earlier round are called in headings."""
    return (now or "Nu", then) if now != then else ("Nu", "Då")


def shown_changes(compared: TableChange) -> Iterator[ShownChange]:
    """Yield the rows as read: the first column by category, all columns by county, sums of money.

    What cannot be compared says so; why stands in the table's notes and in jamforelse.csv.
    """
    table = compared.table
    shown = {column.id for column in shown_of(table)}
    for c in compared.changes:
        if c.column is None or c.column.id in shown:
            what = (Shown(c.column.label if c.column else ""),) if _several(table) else ()
            money = _money_alone(table)
            cells = _money(c) if money else _count(c, has_shares(compared))
            id = c.column.id if c.column else ""
            yield ShownChange(c.label, id, bool(c.part_of), c.total, (*what, *cells), loud(c))


def loud(c: Change) -> bool:
    """Whether errors of coding alone hardly explain the change."""
    return c.change is not None and not c.change.lower <= 0 <= c.change.upper


def has_shares(compared: TableChange) -> bool:
    """Whether any change is one of shares as well."""
    return any(c.share_change is not None for c in compared.changes)


def _several(table: Table) -> bool:
    """Whether a row of the table has several figures that are compared."""
    return len(shown_of(table)) > 1


def shown_of(table: Table) -> tuple[Column, ...]:
    """Return the columns that are shown; roles and single years' amounts are in the CSV alone."""
    columns = tuple(c for c in table.columns if not c.given)
    if table.layout is Layout.BY_CATEGORY:
        return columns[:1]
    return columns[-1:] if all(c.money for c in columns) else columns


def _money_alone(table: Table) -> bool:
    return all(column.money for column in shown_of(table))


def _money(c: Change) -> tuple[Shown, ...]:
    now, then = c.now.amount, c.then.value if c.then else None
    amounts = (BLANK if a is None else Shown(whole(a), float(a)) for a in (now, then))
    return (*amounts, Shown(signed(c.change.value)) if c.change else NOT_COMPARED)


def _count(c: Change, shares: bool) -> tuple[Shown, ...]:
    now = c.now.amount if c.now.amount is not None else c.now.count
    cells = [
        BLANK if now is None else Shown(whole(now), float(now)),
        Shown(span(c.now.interval)),
        Shown(whole(c.then.value), float(c.then.value)) if c.then else BLANK,
        Shown(_span_then(c.then)),
    ]
    money = c.column is not None and c.column.money
    if c.change:
        value = c.change.value
        cells += [Shown(signed(value), value, "signed"), Shown("" if money else ends(c.change))]
    else:
        cells += [NOT_COMPARED, BLANK]
    if shares:
        for share in (c.share_now, c.share_then):
            cells.append(BLANK if share is None else Shown(percent(share), share, "percent"))
        points = c.share_change
        texts = ("", "") if points is None else (in_points(points.value), ends_in_points(points))
        cells += map(Shown, texts)
    return tuple(cells)


def then_and_now(c: Change) -> str:
    """Write a figure then and now: 34 → 33; what is not known is a dash."""
    now = c.now.amount if c.now.amount is not None else c.now.count
    return f"{whole(c.then.value) if c.then else NDASH} → {NDASH if now is None else whole(now)}"


def signed(value: float) -> str:
    """Write a change: +12, −3, 0."""
    return "0" if round(value) == 0 else (f"+{whole(round(value))}" if value > 0 else _neg(value))


def ends(change: Measured) -> str:
    """Write the ends of a change's interval: −3 till +5."""
    return _between(signed(change.lower), signed(change.upper))


def _neg(value: float) -> str:
    return MINUS + whole(round(-value))


def in_points(share: float) -> str:
    """Write a change of a share (0–1) in percentage points: +4,5."""
    text = decimals(abs(share) * 100, 1)
    if text == "0,0":
        return text
    return ("+" if share > 0 else MINUS) + text


def ends_in_points(m: Measured) -> str:
    """Write the ends of a change of shares: −3,2 till +5,0."""
    return _between(in_points(m.lower), in_points(m.upper))


def _between(lower: str, upper: str) -> str:
    return lower if lower == upper else f"{lower}{NBSP}till{NBSP}{upper}"


def _span_then(figure: EarlierFigure | None) -> str:
    if figure is None:
        return ""
    if figure.lower is None or figure.upper is None:
        return NDASH
    return span(Interval(figure.lower, figure.upper))
