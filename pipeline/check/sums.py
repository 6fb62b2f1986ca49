"""Sums of tables: rows that make a total row, columns that make a total column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.check.types import Grid, Row, Value, shown
from pipeline.check.words import Words
from pipeline.tables.types import Finding, Severity

_NEAR = Decimal("0.25")
"""Where nothing else speaks for it, a sum further off than this is no sum of these figures."""
_LARGE = 1000
"""A figure as large as this does not equal the sum of a few others by chance."""


@dataclass(frozen=True, slots=True)
class _Misfit:
    at: int
    expected: Decimal
    found: Decimal


def sums(grid: Grid, words: Words) -> Iterator[Finding]:
    """Yield what does not add up in one table."""
    yield from _down(grid, words)
    yield from _across(grid, words)


def is_total(label: str, words: Words) -> bool:
    """Tell whether a row's label says that it sums others."""
    return re.search(words.table.total, label, re.IGNORECASE) is not None


def is_part(label: str, words: Words) -> bool:
    """Tell whether a row says that it is a part of the one above ("varav …")."""
    return re.search(words.table.part, label, re.IGNORECASE) is not None


def summable(heading: str, words: Words) -> bool:
    """Tell whether figures below a heading can be added at all."""
    return re.search(words.table.not_summed, heading, re.IGNORECASE) is None


def overlaps(grid: Grid, words: Words) -> bool:
    """Tell whether the table says itself that a unit may stand in several rows."""
    told = " ".join((grid.title, *grid.notes))
    return re.search(words.table.overlap, told, re.IGNORECASE) is not None


def _down(grid: Grid, words: Words) -> Iterator[Finding]:
    for t, total in enumerate(grid.rows):
        if not is_total(total.label, words):
            continue
        fits, misfits = 0, list[_Misfit]()
        for c, heading in enumerate(grid.columns):
            found = total.values[c]
            if found.number is None or found.percent or not summable(heading, words):
                continue
            parts = _candidates(grid, t, c, words)
            if not parts:
                continue
            totals = [_total(part) for part in parts]
            slack = max(_slack(part, found, grid, heading, words) for part in parts)
            if any(abs(s - found.number) <= slack for s in totals):
                fits += 1
            elif not _sums_the_smaller(parts, found.number):
                misfits.append(_Misfit(c, _nearest(totals, found.number), found.number))
        certain = bool(re.search(words.table.strong, total.label, re.IGNORECASE))
        certain = certain and not overlaps(grid, words)
        for miss in _believed(misfits, fits, certain, overlaps(grid, words)):
            yield _finding(
                grid.at(total, miss.at), "Raderna ger inte summan", miss.expected, miss.found
            )


def _candidates(grid: Grid, t: int, c: int, words: Words) -> list[list[Value]]:
    """Return the figures a total row may sum: since the last total, all above, all totals above.

    A total that stands first sums what follows it.
    """
    rows = grid.rows
    above = [r for r in rows[:t] if not is_part(r.label, words)]
    plain = [r for r in above if not is_total(r.label, words)]
    if not plain:
        if t or len(rows) < 3:
            return []
        after = [r for r in rows[1:] if not is_part(r.label, words)]
        return _figures([[r for r in after if not is_total(r.label, words)]], c)
    since: list[Row] = []
    for row in reversed(above):
        if is_total(row.label, words):
            break
        since.insert(0, row)
    totals = [r for r in above if is_total(r.label, words)]
    return _figures([since, plain, totals, totals + since], c)


def _sums_the_smaller(parts: Sequence[Sequence[Value]], found: Decimal) -> bool:
    """Tell whether a total sums all but those larger than itself ("to share out", "requested")."""
    return found >= _LARGE and any(
        len(smaller) >= 2 and sum(smaller) == found
        for part in parts
        for smaller in [[v.number for v in part if v.number is not None and v.number <= found]]
    )


def _nearest(totals: Sequence[Decimal], found: Decimal) -> Decimal:
    return min(totals, key=lambda total: abs(total - found))


def _figures(groups: Sequence[Sequence[Row]], c: int) -> list[list[Value]]:
    found: list[list[Value]] = []
    for rows in groups:
        values = [row.values[c] for row in rows]
        # A hidden figure (suppressed, unreadable) makes any sum unknown.
        known = [v for v in values if v.number is not None]
        if len(known) >= 2 and not any(v.hidden for v in values) and known not in found:
            found.append(known)
    return found


def _across(grid: Grid, words: Words) -> Iterator[Finding]:
    for t, heading in enumerate(grid.columns):
        if not re.search(words.table.total_column, heading, re.IGNORECASE):
            continue
        if not summable(heading, words) or re.search(words.table.percent, heading, re.IGNORECASE):
            continue
        tried = [(_tried(grid, t, run, words)) for run in _runs(grid, t, words)]
        if not tried:
            continue
        fits, misfits = max(tried, key=lambda f: (f[0], -_distance(f[1])))
        certain = bool(re.search(words.table.strong, heading, re.IGNORECASE))
        for miss in _believed(misfits, fits, certain, overlap=False):
            yield _finding(
                grid.at(grid.rows[miss.at], t),
                "Kolumnerna ger inte radens summa",
                miss.expected,
                miss.found,
            )


def _runs(grid: Grid, t: int, words: Words) -> list[list[int]]:
    """Return the runs of columns that a total column may sum: those that end right before it."""
    usable = [
        c
        for c, name in enumerate(grid.columns)
        if summable(name, words)
        and not re.search(words.table.percent, name, re.IGNORECASE)
        and not any(row.values[c].percent for row in grid.rows)
    ]
    before = [c for c in usable if c < t]
    after = [c for c in usable if c > t]
    runs = [before[i:] for i in range(len(before) - 1)]
    return runs + ([after] if not before and len(after) >= 2 else [])


def _tried(grid: Grid, t: int, run: list[int], words: Words) -> tuple[int, list[_Misfit]]:
    fits, misfits = 0, list[_Misfit]()
    headings = " ".join(grid.columns[c] for c in (*run, t))
    for r, row in enumerate(grid.rows):
        found = row.values[t]
        values = [row.values[c] for c in run]
        known = [v for v in values if v.number is not None]
        if found.number is None or not known or any(v.hidden for v in values):
            continue
        # Two columns of figures, each itself printed: a single one is no sum.
        if len(known) < 2 and len(run) > 1 and known[0].number == found.number:
            fits += 1
            continue
        total = _total(known)
        if abs(total - found.number) <= _slack(known, found, grid, headings, words):
            fits += 1
        else:
            misfits.append(_Misfit(r, total, found.number))
    return fits, misfits


def _believed(misfits: list[_Misfit], fits: int, certain: bool, overlap: bool) -> list[_Misfit]:
    """Return the misfits that are faults and no misunderstanding of how the table is built."""
    if not misfits:
        return []
    if fits:
        return misfits if fits >= len(misfits) or (certain and len(misfits) <= 2) else []
    if overlap or len(misfits) > 2:
        return []
    return [m for m in misfits if certain or abs(m.expected - m.found) <= _NEAR * abs(m.found)]


def _distance(misfits: list[_Misfit]) -> Decimal:
    return sum((abs(m.expected - m.found) for m in misfits), Decimal(0))


def _total(values: Sequence[Value]) -> Decimal:
    return sum((v.number for v in values if v.number is not None), Decimal(0))


def _slack(
    parts: Sequence[Value], total: Value, grid: Grid, headings: str, words: Words
) -> Decimal:
    """Rounding that may have gathered: nothing for whole numbers unless the table says so."""
    told = " ".join((grid.title, headings, *grid.notes))
    rounded = re.search(words.table.rounded, told, re.IGNORECASE) is not None
    step = max((v.step for v in (*parts, total)), default=Decimal(1))
    if step < 1 or rounded:
        return step * (len(parts) + 1) / 2
    return Decimal(0)


def _finding(where: str, what: str, expected: Decimal, found: Decimal) -> Finding:
    return Finding(where, what, shown(expected), shown(found), Severity.ERROR)
