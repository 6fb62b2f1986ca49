"""Money: amounts that others add up to, and amounts told differently in text and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.check.claims import Claim
from pipeline.check.numerals import agree
from pipeline.check.scopes import Scopes
from pipeline.check.sentences import scope_of
from pipeline.check.sums import is_total
from pipeline.check.types import Grid, Kind, Scope, shown
from pipeline.check.words import Relation, Words
from pipeline.tables.types import Finding, Severity


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    step: Decimal
    where: str
    scope: Scope


def amounts(
    grids: Sequence[Grid], claims: Sequence[Claim], scopes: Scopes, words: Words
) -> Iterator[Finding]:
    """Yield amounts that contradict one another."""
    printed: dict[str, list[_Amount]] = {}
    for grid in grids:
        for label, amount in _printed(grid, words):
            if not scopes.main(amount.scope):
                continue
            for name in words.money:
                if name.named_in(label):
                    printed.setdefault(name.id, []).append(amount)
                    break
    said: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.number.kind is Kind.MONEY and scopes.main(claim.scope):
            names = [name.id for name in words.money if name.named_in(claim.clause)]
            if len(names) == 1:  # With two names it is not told which is meant.
                said.setdefault(names[0], []).append(claim)
    labels = {name.id: name.label for name in words.money}
    yield from _summed(grids, claims, scopes, words)
    for id, sayings in said.items():
        yield from _told(labels[id], printed.get(id, []), sayings)
    known = {id: one[0] for id, one in printed.items()}
    for id, sayings in said.items():
        first = sayings[0]
        known.setdefault(id, _Amount(first.value, first.number.step, first.where, first.scope))
    for relation in words.relations:
        yield from _related(relation, known, labels)


def _printed(grid: Grid, words: Words) -> Iterator[tuple[str, _Amount]]:
    """Amounts under their names: rows of one column, the total row or the only row of several."""
    scope = scope_of(grid.title, words)
    rows = [r for r in grid.rows if is_total(r.label, words)][-1:]
    if len(grid.rows) == 1:
        rows = list(grid.rows)
    for row in rows:
        for c, heading in enumerate(grid.columns):
            value = row.values[c]
            if value.number is not None and value.money:
                about = scope_of(heading, words)
                own = Scope(about.years or scope.years, about.earlier or scope.earlier)
                # "Summa" says nothing by itself: the title tells of what.
                summed = re.search(words.table.total_column, heading, re.IGNORECASE)
                label = f"{heading} {grid.title}" if summed else heading
                worth = _factor(f"{heading} {grid.title}")
                yield (
                    label,
                    _Amount(value.number * worth, value.step * worth, grid.at(row, c), own),
                )
    if len(grid.columns) == 1:
        for row in grid.rows:
            value = row.values[0]
            worth = _factor(f"{grid.columns[0]} {grid.title}")
            if value.number is not None and value.number * worth >= 1000:
                yield (
                    row.label,
                    _Amount(value.number * worth, value.step * worth, grid.at(row), scope),
                )


def _summed(
    grids: Sequence[Grid], claims: Sequence[Claim], scopes: Scopes, words: Words
) -> Iterator[Finding]:
    """ "Totalt fördelades 12,4 miljoner kronor" against the tables' sums of money."""
    sums = [
        amount
        for grid in grids
        for label, amount in _printed(grid, words)
        if _plain(f"{label} {grid.title}", words) and scopes.main(amount.scope)
    ]
    money = [c for c in claims if c.number.kind is Kind.MONEY]
    alone = Counter(id(c.sentence) for c in money)
    for claim in money:
        lead = claim.sentence.text[: claim.number.start]
        cued = re.search(rf"{words.text.total}\W+(?:\w+\s+){{0,3}}$", lead, re.IGNORECASE)
        # Beside other amounts it is the sum of those.
        if not cued or alone[id(claim.sentence)] > 1 or not scopes.main(claim.scope):
            continue
        if sums and _plain(claim.clause, words):
            yield from _told("summan av medel", sums, [claim])


def _plain(text: str, words: Words) -> bool:
    named = {name.id for name in words.money if name.named_in(text)}
    return named <= set(words.plain_money)


def _factor(text: str) -> Decimal:
    """Return what the figures of a heading are worth: 1, thousands or millions of kronor."""
    if re.search(r"\btkr\b|\btusen\w* kr", text, re.IGNORECASE):
        return Decimal(1000)
    millions = re.search(r"\bm(?:n)?kr\b|\bmiljoner\b", text, re.IGNORECASE)
    return Decimal(10) ** 6 if millions else Decimal(1)


def _told(label: str, printed: Sequence[_Amount], said: Sequence[Claim]) -> Iterator[Finding]:
    """The tables' amounts against the text's; without a table the most exact one said."""
    first = min(said, key=lambda c: c.number.step)
    known = printed or [_Amount(first.value, first.number.step, first.where, first.scope)]
    for claim in said:
        if any(agree(claim.number, a.value, a.step) for a in known):
            continue
        distances = [abs(a.value - claim.value) for a in known]
        nearest = known[distances.index(min(distances))]
        if _near(claim.value, nearest.value):
            expected = shown(nearest.value)
            what = f"Samma belopp sägs olika ({label}): {expected} i {nearest.where}"
            yield Finding(claim.where, what, expected, shown(claim.value), Severity.ERROR)


def _related(
    relation: Relation, known: dict[str, _Amount], labels: dict[str, str]
) -> Iterator[Finding]:
    needed = (relation.result, *relation.plus, *relation.minus)
    if any(id not in known for id in needed):
        return
    parts = [known[id] for id in relation.plus] + [known[id] for id in relation.minus]
    expected = sum((known[id].value for id in relation.plus), Decimal(0))
    expected -= sum((known[id].value for id in relation.minus), Decimal(0))
    result = known[relation.result]
    slack = sum((p.step for p in (*parts, result) if p.step > 1), Decimal(0)) / 2
    off = abs(expected - result.value)
    if off > slack and _near(result.value, expected):
        plus = " + ".join(labels[id] for id in relation.plus)
        minus = "".join(f" − {labels[id]}" for id in relation.minus)
        what = f"{labels[relation.result].capitalize()} är inte {plus}{minus}"
        yield Finding(result.where, what, shown(expected), shown(result.value), Severity.ERROR)


def _near(one: Decimal, other: Decimal) -> bool:
    """Amounts that are quite different are about something else: one county, one year."""
    return abs(one - other) <= Decimal("0.25") * max(abs(one), abs(other))
