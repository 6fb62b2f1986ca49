"""Arithmetic within a sentence: parts of wholes, percentages, sums, rests and changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from pipeline.check.claims import Claim
from pipeline.check.numerals import agree
from pipeline.check.types import About, Kind, Number, shown
from pipeline.check.words import Words, stem
from pipeline.tables.types import Finding, Severity

_NEAR = Decimal("0.3")
"""Figures further from adding up than this were never meant to."""
_SHARED = re.compile(r"\bfördela\w*\s+(?:sig\s+)?på\b|\buppdela\w*\s+på\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:ökning|minskning|ökat|ökade|ökar|minskat|minskade|minskar)\b", re.IGNORECASE
)
_REST = re.compile(r"\b(?:resten|resterande|återstående|övriga|de andra)\b", re.IGNORECASE)


def phrases(claims: Sequence[Claim], words: Words) -> Iterator[Finding]:
    """Yield what fails within one sentence, or between it and the one before."""
    before: list[Claim] = []
    for _, group in groupby(claims, key=lambda c: id(c.sentence)):
        own = list(group)
        yield from _parts(own)
        yield from _percentages(own, words)
        yield from _sums(own, before, words)
        yield from _shared_out(own)
        yield from _rests(own, words)
        yield from _changes(own)
        before = own


def fits_share(percent: Number, part: Decimal, whole: Decimal) -> bool:
    """Tell whether a percentage may be `part` of `whole`; a cut one is as good as a rounded."""
    if not whole:  # "0 (0 procent)" of none
        return not part
    share = 100 * part / whole
    if percent.about is About.EXACT:
        return abs(share - percent.value) < percent.step
    return agree(percent, share)


def _parts(claims: list[Claim]) -> Iterator[Finding]:
    """ "87 av 148", "151 projekt, varav 148"."""
    for i, claim in enumerate(claims):
        if claim.base and claim.value > claim.base.value:
            what = "Delen är större än helheten"
            yield _fault(claim, what, f"högst {shown(claim.base.value)}")
        if i and re.search(r"\bvarav\s+(?:\w+\s+)?$", claim.sentence.text[: claim.number.start]):
            whole = claims[i - 1]
            same = claim.number.kind is whole.number.kind and claim.unit in ("", whole.unit)
            if same and claim.value > whole.value and not whole.is_base:
                what = "Delen är större än helheten"
                yield _fault(claim, what, f"högst {shown(whole.value)}")


def _percentages(claims: list[Claim], words: Words) -> Iterator[Finding]:
    """ "55 av 148 projekt (37 procent)", "37 procent, 55 av 148"."""
    counts = [c for c in claims if c.base and c.base.value]
    for percent in claims:
        if percent.number.kind is not Kind.PERCENT:
            continue
        for count in counts:
            assert count.base is not None
            if not _linked(percent, count, count.base, words):
                continue
            if not fits_share(percent.number, count.value, count.base.value):
                share = (100 * count.value / count.base.value).quantize(Decimal("0.1"))
                what = f"Andelen stämmer inte: {shown(count.value)} av {shown(count.base.value)}"
                yield Finding(
                    percent.where,
                    what,
                    f"{shown(share)} %",
                    f"{shown(percent.value)} %",
                    Severity.ERROR,
                )
            break


def _linked(percent: Claim, count: Claim, base: Number, words: Words) -> bool:
    text = percent.sentence.text
    about = r"(?:\w+\s+){0,2}"
    start = max(base.end, count.number.end)
    if start <= percent.number.start:
        between = text[start : percent.number.start]
        tied = rf"(?:\(|\b{words.text.means}\s){about}\s*$"
        return (
            len(between) <= 80
            and "." not in between
            and not re.search(r"\d", between)
            and (re.search(tied, between, re.IGNORECASE) is not None)
        )
    between = text[percent.number.end : count.number.start]
    return (
        re.fullmatch(rf"[\w\s]{{0,40}}[(,]\s*(?:{words.text.means}\s)?{about}", between) is not None
    )


def _sums(claims: list[Claim], before: list[Claim], words: Words) -> Iterator[Finding]:
    """ "6 miljoner, 7 miljoner och 10 miljoner, sammanlagt 23 miljoner"."""
    for i, total in enumerate(claims):
        lead = total.sentence.text[: total.number.start]
        if not re.search(rf"{words.text.total}\W+(?:\w+\s+){{0,3}}$", lead, re.IGNORECASE):
            continue
        parts = [c for c in claims[:i] if _addable(c, total)]
        if not parts and total.number.kind is Kind.MONEY and len(lead.split()) <= 5:
            parts = [c for c in before if _addable(c, total)]
        # "6 kurser med 210 deltagare … totalt 14 kurser med 470 deltagare": each its own.
        named = [c for c in parts if _noun(c) and _noun(c) == _noun(total)]
        parts = named if named else parts
        cue = re.search(words.text.total, lead, re.IGNORECASE)
        if len(parts) >= 2 and cue:
            yield from _adds_up(parts, total)


def _noun(claim: Claim) -> str:
    following = re.match(r"\s+([^\W\d_]+)", claim.sentence.text[claim.number.end :])
    return stem(following[1]) if following else ""


def _addable(part: Claim, total: Claim) -> bool:
    return (
        part.number.kind is total.number.kind
        and total.number.kind is not Kind.PERCENT
        and part.unit in ("", total.unit)
        and not part.is_base
        and part.base is None
        and part.number.about is About.EXACT
        and re.search(r"\b(?:från|varav)\s*$", part.before) is None
    )


def _shared_out(claims: list[Claim]) -> Iterator[Finding]:
    """ "40 projekt fördelade på 20 nya och 20 befintliga"."""
    for i, total in enumerate(claims[:-2]):
        text = total.sentence.text
        if not _SHARED.search(text[total.number.end : claims[i + 1].number.start]):
            continue
        parts = claims[i + 1 :]
        if all(_addable(c, total) for c in parts):
            yield from _adds_up(parts, total)


def _adds_up(parts: Sequence[Claim], total: Claim) -> Iterator[Finding]:
    found = sum((p.value for p in parts), Decimal(0))
    step = max(p.number.step for p in (*parts, total))
    slack = step * len(parts) / 2 if len({p.number.step for p in (*parts, total)}) > 1 else 0
    off = abs(found - total.value)
    if slack < off <= _NEAR * total.value:
        listed = " + ".join(shown(p.value) for p in parts)
        yield _fault(total, f"Delarna ger inte summan: {listed}", shown(found))


def _rests(claims: list[Claim], words: Words) -> Iterator[Finding]:
    """ "129 av de 148, medan 19 inte …", "30 av 40 … de övriga 10"."""
    for i, part in enumerate(claims):
        if part.base is None:
            continue
        whole = part.base.value
        for rest in claims[i + 1 :]:
            if rest.is_base or rest.base or rest.number.kind is not Kind.COUNT:
                continue
            near = rest.sentence.text[part.base.end : rest.number.start]
            lead = " ".join(near.split()[-3:])
            contrast = re.search(r"\bmedan\b", lead, re.IGNORECASE) and (
                _negated(part.clause, words) != _negated(rest.clause, words)
            )
            if not (_REST.search(lead) or contrast) or rest.unit not in ("", part.unit):
                continue
            off = abs(part.value + rest.value - whole)
            if 0 < off <= _NEAR * whole:
                what = f"{shown(part.value)} och resten ger inte helheten {shown(whole)}"
                yield _fault(rest, what, shown(whole - part.value))
            break


def _changes(claims: list[Claim]) -> Iterator[Finding]:
    """ "från 18 till 34, en ökning med 16", "minskade med 10 procent, från 50 till 45"."""
    for i, (first, second) in enumerate(pairwise(claims)):
        text = first.sentence.text
        between = text[first.number.end : second.number.start]
        from_ = re.search(r"\bfrån\s+(?:\w+\s+)?$", text[: first.number.start])
        if not from_ or not re.search(r"\btill\s+(?:\w+\s+)?$", between) or not first.value:
            continue
        for third in (*claims[i + 2 : i + 3], *claims[max(0, i - 1) : i]):
            lead = text[: third.number.start][-40:]
            if not (_CHANGE.search(lead) and re.search(r"\b(?:med|på)\s+(?:\w+\s+)?$", lead)):
                continue
            change = abs(second.value - first.value)
            if third.number.kind is Kind.PERCENT:
                wrong = not fits_share(third.number, change, first.value)
                expected = f"{shown((100 * change / first.value).quantize(Decimal('0.1')))} %"
            else:
                wrong = third.number.kind is first.number.kind and not agree(third.number, change)
                expected = shown(change)
            if wrong:
                what = f"Från {shown(first.value)} till {shown(second.value)} ger en annan ändring"
                yield _fault(third, what, expected)


def _negated(text: str, words: Words) -> bool:
    return re.search(words.text.negated, text, re.IGNORECASE) is not None


def _fault(claim: Claim, what: str, expected: str) -> Finding:
    mark = " %" if claim.number.kind is Kind.PERCENT else ""
    return Finding(claim.where, what, expected, shown(claim.value) + mark, Severity.ERROR)
