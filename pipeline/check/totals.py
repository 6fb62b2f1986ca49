"""Totals and percentages of the text against the tables, and tables against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.check.alike import meaning, of_label
from pipeline.check.claims import Claim
from pipeline.check.phrases import fits_share
from pipeline.check.printed import Printed, figures_of, table_bases, unit_in
from pipeline.check.scopes import Scopes
from pipeline.check.types import Kind, Report, shown
from pipeline.check.words import Words, stems
from pipeline.tables.types import Finding, Severity

_NEAR = Decimal("0.25")
_SPLIT = re.compile(
    r"\b(?:per|efter|fördel\w* (?:på|efter|över)|uppdela\w* på|i respektive|länsvis)\b.*", re.I
)
_BRACKET = re.compile(
    r"\s*\((?:\w+\s)?|[^.;\d]{0,80}\b(?:vilket|som|det) (?:motsvarar|utgör)\s(?:\w+\s)?",
    re.IGNORECASE,
)


def totals(
    report: Report, claims: Sequence[Claim], scopes: Scopes, words: Words
) -> Iterator[Finding]:
    """Yield totals and percentages that are not those of the tables."""
    printed = [p for grid in report.grids for p in figures_of(grid, words)]
    bases = table_bases(report, words) | {c.value for c in claims if c.is_base}
    yield from _between(printed, scopes, words)
    yield from _said(claims, printed, table_bases(report, words), scopes, words)
    yield from _percentages(claims, printed, scopes, words)
    yield from _in_brackets(claims, bases, words)


def _between(printed: Sequence[Printed], scopes: Scopes, words: Words) -> Iterator[Finding]:
    """The same column summed in two tables that divide the same thing differently."""
    sums = [p for p in printed if p.total]
    for i, one in enumerate(sums):
        for other in sums[i + 1 :]:
            alike = (
                one.table != other.table
                and _subject(one, words) == _subject(other, words)
                and one.scope == other.scope
                and scopes.main(one.scope)
            )
            near = abs(one.figure - other.figure) <= _NEAR * max(one.figure, other.figure)
            if alike and one.figure != other.figure and near:
                what = f"Samma summa skiljer sig från {one.where}"
                yield _fault(other.where, what, shown(one.figure), shown(other.figure))


def _subject(p: Printed, words: Words) -> tuple[frozenset[str], str, frozenset[str]]:
    """What a column's total counts: heading, unit, and the title without how it is divided."""
    return stems(p.label, words), p.unit, stems(_SPLIT.sub("", p.title), words)


def _said(
    claims: Sequence[Claim],
    printed: Sequence[Printed],
    bases: frozenset[Decimal],
    scopes: Scopes,
    words: Words,
) -> Iterator[Finding]:
    """ "Sammanlagt 44 projekt" where the table's sum of projects is 42, and nothing is 44."""
    for claim in claims:
        lead = claim.sentence.text[: claim.number.start]
        cue = (
            re.search(rf"{words.text.total}\W+(?:\w+\s+){{0,3}}$", lead, re.IGNORECASE)
            or re.match(rf"\W*{words.text.total}", lead, re.IGNORECASE)
            or re.search(words.text.covers, lead, re.IGNORECASE)
        )
        if not cue or claim.number.kind is not Kind.COUNT or not claim.unit:
            continue
        part = re.search(words.text.part, claim.clause, re.IGNORECASE)
        if part or claim.sentence.appendix or claim.value in bases:
            continue
        sums = [
            p
            for p in printed
            if p.total
            and unit_in(f"{p.label} {p.title}", words) == claim.unit
            and scopes.same(p.scope, claim.scope)
            and stems(p.label, words) <= stems(claim.clause, words)
        ]
        if not sums or any(p.figure == claim.value for p in sums):
            continue
        nearest = min(sums, key=lambda p: abs(p.figure - claim.value))
        if abs(nearest.figure - claim.value) <= _NEAR * nearest.figure:
            what = f"Summan skiljer sig från tabellens: {shown(nearest.figure)} i {nearest.where}"
            yield _fault(claim.where, what, shown(nearest.figure), shown(claim.value))


def _percentages(
    claims: Sequence[Claim], printed: Sequence[Printed], scopes: Scopes, words: Words
) -> Iterator[Finding]:
    """ "Knappt 40 procent av projekten …" against the table's 55 of 148."""
    rows = [p for p in printed if p.base and not p.total]
    for claim in claims:
        if claim.number.kind is not Kind.PERCENT or claim.unit not in words.wholes:
            continue
        if re.search(words.text.part, " ".join(claim.before.split()[-4:]), re.IGNORECASE):
            continue
        for p in rows:
            if not (scopes.same(p.scope, claim.scope) and _same(claim, p, words)):
                continue
            assert p.base is not None
            if not fits_share(claim.number, p.figure, p.base):
                share = (100 * p.figure / p.base).quantize(Decimal("0.1"))
                what = f"Andelen stämmer inte: {shown(p.figure)} av {shown(p.base)} i {p.where}"
                yield _fault(claim.where, what, f"{shown(share)} %", f"{shown(claim.value)} %")


def _same(claim: Claim, p: Printed, words: Words) -> bool:
    """Tell whether a clause is about a row: by a known quantity, or by all words of its label."""
    if any(q.named_in(claim.clause) and q.named_in(p.label) for q in words.quantities):
        return True
    return of_label(p.label, words).within(meaning(claim.own, words))


def _in_brackets(
    claims: Sequence[Claim], bases: frozenset[Decimal], words: Words
) -> Iterator[Finding]:
    """ "124 projekt (94 procent)", where it is that share of nothing the report names."""
    for count, percent in pairwise(claims):
        if (
            count.sentence is not percent.sentence
            or count.base
            or count.is_base
            or count.unit not in words.wholes
        ):
            continue
        between = count.sentence.text[count.noun_end : percent.number.start]
        if percent.number.kind is not Kind.PERCENT or not _BRACKET.fullmatch(between):
            continue
        wholes = [b for b in bases if b >= count.value]
        if wholes and not any(fits_share(percent.number, count.value, b) for b in wholes):
            shares = sorted({(100 * count.value / b).quantize(Decimal("0.1")) for b in wholes})
            expected = " eller ".join(f"{shown(s)} %" for s in shares[:3])
            named = ", ".join(shown(b) for b in sorted(wholes)[:3])
            what = f"Andelen stämmer inte med någon helhet i rapporten ({named})"
            yield _fault(percent.where, what, expected, f"{shown(percent.value)} %")


def _fault(where: str, what: str, expected: str, found: str) -> Finding:
    return Finding(where, what, expected, found, Severity.ERROR)
