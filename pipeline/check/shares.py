"""Percentages of tables against their counts, and parts against the wholes they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.sums import is_part, is_total
from pipeline.check.types import Grid, Row, Value, shown
from pipeline.check.words import Words
from pipeline.tables.types import Finding, Severity

_OUT_OF = re.compile(
    r"\b(?:i|av|för|på|de|bland|samtliga|alla)\s+(\d{1,3}(?:[ \u00a0]\d{3})+|\d+)"
    r"\s+(?:\w+\s+)?(\w+)"
    r"|\bn\s?=\s?(\d+)",
    re.IGNORECASE,
)


def shares(grid: Grid, words: Words, wholes: frozenset[Decimal]) -> Iterator[Finding]:
    """Yield percentages that are not their counts' share, and parts larger than their whole.

    `wholes` are the totals that other tables of the report name.
    """
    yield from _cells(grid)
    yield from _columns(grid, wholes, words)
    yield from _hundred(grid, words)
    yield from _parts(grid, words)
    yield from _exclusive(grid, words)


def base_of(grid: Grid, words: Words) -> Decimal | None:
    """Return the number of units a table says it is about ("i 148 projekt", "n = 40")."""
    for match in _OUT_OF.finditer(" ".join((grid.title, *grid.columns))):
        if match[3]:
            return Decimal(match[3])
        unit = words.unit_of(match[2])
        if unit and not re.fullmatch(r"(?:19|20)\d\d", match[1]):
            return Decimal(re.sub(r"\D", "", match[1]))
    bases = {v.base for row in grid.rows for v in row.values if v.base}
    return bases.pop() if len(bases) == 1 else None


def off(share: Value, part: Decimal, whole: Decimal) -> bool:
    """Tell whether a percentage is not `part` of `whole`; a cut one is as good as a rounded."""
    return (
        share.number is not None
        and bool(whole)
        and (abs(share.number - 100 * part / whole) >= share.step)
    )


def _cells(grid: Grid) -> Iterator[Finding]:
    """A cell that has both: "55 av 148", "55 (37 %)"."""
    for row in grid.rows:
        for c, value in enumerate(row.values):
            if value.number is None or value.base is None:
                continue
            if value.number > value.base:
                what = "Delen är större än helheten"
                yield _fault(grid.at(row, c), what, f"högst {shown(value.base)}", value.number)
            elif value.share is not None and off(Value(value.share), value.number, value.base):
                yield _percent(grid.at(row, c), value.number, value.base, value.share)


def _columns(grid: Grid, known: frozenset[Decimal], words: Words) -> Iterator[Finding]:
    """A column of percentages beside a column of counts, of the total, the base or another one."""
    kinds = [any(row.values[c].percent for row in grid.rows) for c in range(len(grid.columns))]
    for p, percent in enumerate(kinds):
        counts = [c for c, is_share in enumerate(kinds) if not is_share and c < p]
        if not percent or not counts:
            continue
        best: tuple[int, list[Finding]] | None = None
        for c in reversed(counts):
            for wholes in _wholes(grid, c, counts, known, words):
                fits, faults = 0, list[Finding]()
                for row, whole in zip(grid.rows, wholes, strict=True):
                    part, share = row.values[c].number, row.values[p]
                    if part is None or share.number is None or not whole:
                        continue
                    if off(share, part, whole):
                        faults.append(_percent(grid.at(row, p), part, whole, share.number))
                    else:
                        # Nought and all of it are the same share of anything.
                        fits += 0 < share.number < 100 and not is_total(row.label, words)
                if best is None or fits > best[0]:
                    best = fits, faults
        # Percentages of something that is not in the table fit nowhere.
        if best and best[0] >= max(2, len(best[1])):
            yield from best[1]


def _wholes(
    grid: Grid, c: int, counts: list[int], known: frozenset[Decimal], words: Words
) -> Iterator[tuple[Decimal | None, ...]]:
    total = next((r.values[c].number for r in grid.rows if is_total(r.label, words)), None)
    for whole in (total, base_of(grid, words)):
        if whole:
            yield tuple(whole for _ in grid.rows)
    if total is None:
        figures = [r.values[c].number for r in grid.rows if not is_part(r.label, words)]
        if all(f is not None for f in figures):
            whole = sum((f for f in figures if f is not None), Decimal(0))
            yield tuple(whole for _ in grid.rows)
    for other in counts:
        if other != c:
            yield tuple(r.values[other].number for r in grid.rows)
    for whole in sorted(known):
        yield tuple(whole for _ in grid.rows)


def _hundred(grid: Grid, words: Words) -> Iterator[Finding]:
    """Percentages below which 100 is printed as their sum."""
    for c in range(len(grid.columns)):
        for t, total in enumerate(grid.rows):
            share = total.values[c]
            if not (is_total(total.label, words) and share.percent and share.number == 100):
                continue
            above = [r.values[c] for r in grid.rows[:t] if not is_part(r.label, words)]
            known = [v.number for v in above if v.number is not None]
            if len(known) < 2 or any(v.hidden for v in above):
                continue
            step = max(v.step for v in above)
            found = sum(known, Decimal(0))
            slack = step * (len(known) + 1) / 2
            if slack < abs(found - 100) <= 25:
                yield _fault(grid.at(total, c), "Andelarna ger inte 100 procent", "100", found)


def _parts(grid: Grid, words: Words) -> Iterator[Finding]:
    """Rows "varav …" against the row above, and every count against the table's own base."""
    base = base_of(grid, words)
    whole: Row | None = None
    for row in grid.rows:
        if not is_part(row.label, words):
            whole = row
        for c, value in enumerate(row.values):
            if value.number is None or value.percent:
                continue
            group = whole.values[c].number if whole is not None and whole is not row else None
            if group is not None and value.number > group:
                what = f"Delen är större än helheten ({whole.label if whole else ''})"
                yield _fault(grid.at(row, c), what, f"högst {shown(group)}", value.number)
                continue
            alone = len(grid.columns) == 1 and not is_total(row.label, words)
            if base and alone and value.number > base:
                what = f"Fler än tabellens {shown(base)}"
                yield _fault(grid.at(row, c), what, f"högst {shown(base)}", value.number)


def _exclusive(grid: Grid, words: Words) -> Iterator[Finding]:
    """Rows that shut one another out (pågår, avslutade) against the base."""
    base = base_of(grid, words)
    if base is None or len(grid.columns) != 1:
        return
    for group in words.exclusive:
        if group.of:
            continue
        rows: dict[int, Row] = {}
        for row in grid.rows:
            hit = [i for i, p in enumerate(group.members) if re.search(p, row.label.lower())]
            if len(hit) == 1 and row.values[0].number is not None:
                if hit[0] in rows:
                    break  # Two rows for one category: not this partition.
                rows[hit[0]] = row
        else:
            found = sum((r.values[0].number or Decimal(0) for r in rows.values()), Decimal(0))
            labels = ", ".join(f"”{row.label}”" for row in rows.values())
            if len(rows) >= 2 and found > base:
                what = f"Raderna {labels} är fler än helheten"
                yield _fault(grid.at(), what, f"högst {shown(base)}", found)
            elif group.whole and len(rows) == len(group.members) and found != base:
                yield _fault(grid.at(), f"Raderna {labels} ger inte helheten", shown(base), found)


def _percent(where: str, part: Decimal, whole: Decimal, found: Decimal) -> Finding:
    share = (100 * part / whole).quantize(Decimal("0.1"))
    what = f"Andelen stämmer inte: {shown(part)} av {shown(whole)}"
    return Finding(where, what, f"{shown(share)} %", f"{shown(found)} %", Severity.ERROR)


def _fault(where: str, what: str, expected: str, found: Decimal) -> Finding:
    return Finding(where, what, expected, shown(found), Severity.ERROR)
