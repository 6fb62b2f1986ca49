"""The table of money: given figures, sums over projects, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from annotations.tables import MoneyRow, TableDefinition
from pipeline.tables.counting import Case, Facts, notes, title
from pipeline.tables.numbers import percent, whole
from pipeline.tables.types import Cell, Column, Layout, RoundFigures, Row, Support, Table


@dataclass(frozen=True, slots=True)
class _Amount:
    """Kronor; `incomplete`: some project's amount is missing, so it is at least so much."""

    value: Decimal | None
    incomplete: bool = False
    remark: str = ""
    support: tuple[Support, ...] = ()


def money(
    definition: TableDefinition, cases: tuple[Case, ...], facts: Facts, figures: RoundFigures
) -> Table:
    """Work out each row from those above it. A row that rests on an unknown figure stays blank."""
    amounts: dict[str, _Amount] = {}
    for row in definition.money_rows:
        amounts[row.id] = _amount(row, cases, figures, amounts, definition)
    rows = tuple(
        Row(row.id, row.label, (Cell(amount=a.value, support=a.support, remark=a.remark),))
        for row in definition.money_rows
        if (a := amounts[row.id])
    )
    return Table(
        definition.id,
        definition.number,
        title(definition, facts),
        definition.row_heading,
        Layout.MONEY,
        (Column("belopp", "Belopp i kronor", money=True),),
        rows,
        len(cases),
        notes(definition, facts),
    )


def _amount(
    row: MoneyRow,
    cases: tuple[Case, ...],
    figures: RoundFigures,
    above: dict[str, _Amount],
    definition: TableDefinition,
) -> _Amount:
    if row.sum_of:
        return _sum(row, cases)
    if row.figure:
        given: Decimal | None = getattr(figures, row.figure)
        if given is not None:
            return _Amount(given, remark="Angivet av samordnaren")
        if row.share:
            return _share(row, above, _label(definition, row.share_of))
        return _Amount(None, remark="Inte angivet")
    return _arithmetic(row, above)


def _sum(row: MoneyRow, cases: tuple[Case, ...]) -> _Amount:
    amounts = [(case, getattr(case.project.header, row.sum_of)) for case in cases]
    known = [(case, amount) for case, amount in amounts if amount is not None]
    if not known:
        return _Amount(None, remark="Inget projekt anger något belopp")
    missing = len(amounts) - len(known)
    remark = f"Summan av {whole(len(known))} projekts belopp"
    if missing:
        remark += f"; {whole(missing)} projekt anger inget"
    support = tuple(Support(case.project.id, amount=amount) for case, amount in known)
    return _Amount(sum((a for _, a in known), Decimal(0)), bool(missing), remark, support)


def _share(row: MoneyRow, above: dict[str, _Amount], label: str) -> _Amount:
    base = above[row.share_of]
    if base.value is None:
        return _Amount(None, remark=f"Kan inte räknas ut: {label.lower()} saknas")
    share = Decimal(row.share)
    value = (base.value * share).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return _Amount(
        value, base.incomplete, f"Beräknat som {percent(float(share))} av {label.lower()}"
    )


def _arithmetic(row: MoneyRow, above: dict[str, _Amount]) -> _Amount:
    parts = [(above[id], 1) for id in row.plus] + [(above[id], -1) for id in row.minus]
    if any(part.value is None for part, _ in parts):
        return _Amount(None, remark="Kan inte räknas ut: underlag saknas")
    incomplete = any(part.incomplete for part, _ in parts)
    # "At least" survives adding, but the difference of an "at least" tells nothing.
    if incomplete and row.minus:
        return _Amount(None, True, "Räknas inte ut: belopp saknas för några projekt")
    value = sum((sign * part.value for part, sign in parts if part.value is not None), Decimal(0))
    return _Amount(value, incomplete, "Beräknat" + ("; minst så mycket" if incomplete else ""))


def _label(definition: TableDefinition, id: str) -> str:
    return next(row.label for row in definition.money_rows if row.id == id)
