"""This round's tables beside an earlier round's: every figure then and now, and its change.

Rows and columns are the same where their ids are; what only one of the rounds has is told, never
guessed. Docs: docs/rounds.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from annotations.tables import Definitions
from pipeline.tables.by_county import UNKNOWN
from pipeline.tables.numbers import percent
from pipeline.tables.rounds_change import Measured, counted, difference, improbable
from pipeline.tables.types import (
    Cell,
    Column,
    EarlierFigure,
    EarlierRound,
    EarlierTable,
    Finding,
    Layout,
    PreviousRound,
    Round,
    Row,
    Severity,
    Table,
)
from pipeline.tables.words import some

NOT_THEN = "Fanns inte i den tidigare omgången"
NOT_NOW = "Finns bara i den tidigare omgången"
NO_SHARE = "Andelar jämförs inte där antalet är större än antalet projekt eller mindre än 0"
UNKNOWN_THEN = "Okänt för den tidigare omgången"
_NOUGHT = EarlierFigure(Decimal(0), 0, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """One figure now and then. Shares (0–1) are of the projects that the table is about.

    `change` and `share_change` are known where both figures are; amounts have no interval.
    `column` is None for a row that only the earlier round has. `note` says what cannot be compared.
    """

    row: str
    label: str
    part_of: str
    total: bool
    column: Column | None
    now: Cell
    then: EarlierFigure | None
    change: Measured | None = None
    share_now: float | None = None
    share_then: float | None = None
    share_change: Measured | None = None
    improbable: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table beside the earlier one, row by row and within a row column by column."""

    table: Table
    base_then: int | None
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    def of(self, column: Column) -> tuple[Change, ...]:
        """Return the changes of one column that can be compared."""
        return tuple(c for c in self.changes if c.column == column and c.change is not None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """This round beside one earlier round; `notes` say which tables could not be compared."""

    name: str
    tables: tuple[TableChange, ...]
    notes: tuple[str, ...] = ()

    def changes(self) -> Iterator[tuple[Table, Change]]:
        """Yield every figure with its table."""
        for compared in self.tables:
            for change in compared.changes:
                yield compared.table, change


def compare(round: Round, tables: tuple[Table, ...]) -> tuple[Comparison, ...]:
    """Set a round's tables beside those of each of its earlier rounds."""
    return tuple(_compare(tables, earlier) for earlier in round.earlier)


def change_findings(comparisons: tuple[Comparison, ...]) -> Iterator[Finding]:
    """Yield what a person should look at: definitions that differ, changes too large for chance."""
    for comparison in comparisons:
        where = f"Jämförelsen med {comparison.name}"
        for note in comparison.notes:
            yield Finding(where, note.rstrip("."), "", "", Severity.WARNING)
        for compared in comparison.tables:
            table = f"Tabell {compared.table.number}"
            for note in compared.notes:
                yield Finding(table, f"{where}: {note.rstrip('.')}", "", "", Severity.WARNING)
            for c in compared.changes:
                if c.improbable and c.share_now is not None and c.share_then is not None:
                    yield Finding(
                        f"{table}, {c.label}",
                        f"Större förändring sedan {comparison.name} än slumpen och kodningens "
                        "fel förklarar; se efter att raden betyder detsamma i båda omgångarna",
                        f"omkring {percent(c.share_then)} av projekten",
                        f"{percent(c.share_now)} av projekten",
                        Severity.WARNING,
                    )


def last_round(earlier: EarlierRound, definitions: Definitions) -> PreviousRound | None:
    """Return an earlier round's number of projects by county; None where no table tells it."""
    by_number = {table.number: table for table in earlier.tables}
    for d in definitions.tables:
        found = by_number.get(d.number)
        for column in d.county_columns:
            if column.shows == "projects" and found is not None and found.id == d.id:
                projects = {
                    county.code: int(figure.value)
                    for county in definitions.counties
                    if (figure := found.figures.get(county.code, {}).get(column.id))
                }
                return PreviousRound(earlier.name, projects)
    return None


def _compare(tables: tuple[Table, ...], earlier: EarlierRound) -> Comparison:
    before = {t.number: t for t in earlier.tables}
    compared: list[TableChange] = []
    notes: list[str] = []
    for table in tables:
        then = before.pop(table.number, None)
        if then is None:
            notes.append(f"Tabell {table.number} finns inte i den tidigare omgången.")
        elif then.id != table.id:
            notes.append(
                f"Tabell {table.number} är en annan tabell i den tidigare omgången "
                f"({then.id}, nu {table.id}) och jämförs inte."
            )
        else:
            compared.append(_table(table, then))
    notes += [f"Tabell {n} finns bara i den tidigare omgången." for n in sorted(before)]
    return Comparison(earlier.name, tuple(compared), tuple(notes))


def _table(table: Table, then: EarlierTable) -> TableChange:
    changes = [
        change
        for row in table.rows
        for c, column in enumerate(table.columns)
        if not column.given and not _only_these_years(table, column, then)
        for change in (_change(table, row, column, row.cells[c], then),)
    ]
    rows = {row.id for row in table.rows}
    gone = [id for id in then.figures if id not in rows]
    odd = [c.label for c in changes if c.note == NO_SHARE]
    changes += [
        Change(id, then.labels.get(id, id), "", False, None, Cell(), None, note=NOT_NOW)
        for id in gone
    ]
    notes = list(_differences(table, then, gone))
    if odd:
        notes.append(f"{NO_SHARE}: {_listed(list(dict.fromkeys(odd)))}.")
    return TableChange(table, then.base, tuple(changes), tuple(notes))


def _differences(table: Table, then: EarlierTable, gone: list[str]) -> Iterator[str]:
    """Say in which rows and columns the definitions differ."""
    new = [row.label for row in table.rows if row.id not in then.figures and not _empty(row)]
    if new:
        yield f"Rader som inte fanns i den tidigare omgången: {_listed(new)}."
    old = [then.labels.get(id, id) for id in gone if id != UNKNOWN.code]
    if old:
        yield f"Rader som bara finns i den tidigare omgången: {_listed(old)}."
    renamed = [
        f"”{row.label}” hette ”{label}”"
        for row in table.rows
        if (label := then.labels.get(row.id, "")) and label.strip() != row.label.strip()
    ]
    if renamed:
        yield f"Rader som har bytt namn: {_listed(renamed, quoted=False)}."
    known = {column for figures in then.figures.values() for column in figures}
    columns = [c.label for c in table.columns if c.id not in known and not c.given]
    if columns and not any(c.money for c in table.columns):
        yield f"Kolumner som saknas i den tidigare omgången: {_listed(columns)}."


def _empty(row: Row) -> bool:
    """A row for projects without county stands only where there are any: that is no difference."""
    return row.id == UNKNOWN.code


def _only_these_years(table: Table, column: Column, then: EarlierTable) -> bool:
    """Amounts by year: other years have columns of their own, which is no difference either."""
    if not column.money or table.layout is not Layout.BY_COUNTY:
        return False
    return not any(column.id in figures for figures in then.figures.values())


def _change(table: Table, row: Row, column: Column, cell: Cell, before: EarlierTable) -> Change:
    then = before.figures.get(row.id, {}).get(column.id)
    if then is None and _empty(row):
        then = _NOUGHT
    found = partial(Change, row.id, row.label, row.part_of, row.total, column, cell, then)
    value = cell.amount if cell.amount is not None else cell.count
    if then is None:
        told = UNKNOWN_THEN if row.id in before.figures else NOT_THEN
        return found(note=told)
    if value is None:
        return found(note="Okänt för den här omgången")
    if column.money:
        kronor = float(Decimal(value) - then.value)
        return found(change=Measured(kronor, kronor, kronor))
    now, was = _measured_now(cell), _measured_then(then)
    change = counted(difference(now, was))
    if table.layout is not Layout.BY_CATEGORY or not table.base or not before.base:
        return found(change=change)
    if not (_within(now, table.base) and _within(was, before.base)):
        return found(change=change, note=NO_SHARE)
    shares = now.of(table.base), was.of(before.base)
    return found(
        change=change,
        share_now=shares[0].value,
        share_then=shares[1].value,
        share_change=difference(*shares),
        improbable=column == table.columns[0] and improbable(now, table.base, was, before.base),
    )


def _within(figure: Measured, projects: int) -> bool:
    """Whether a count can be a share: a mistyped figure may be of more projects than there are."""
    return figure.lower >= 0 and figure.upper <= projects


def _measured_now(cell: Cell) -> Measured:
    count = float(cell.count or 0)
    if cell.interval is None:
        return Measured(count, count, count)
    return Measured(count, cell.interval.lower, cell.interval.upper)


def _measured_then(figure: EarlierFigure) -> Measured:
    value = float(figure.value)
    lower = value if figure.lower is None else figure.lower
    upper = value if figure.upper is None else figure.upper
    return Measured(value, lower, upper)


def _listed(labels: list[str], *, quoted: bool = True) -> str:
    return some([f"”{label}”" if quoted else label for label in labels])
