"""Categories that shut one another out, within a sentence: more than their whole, or less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from pipeline.check.claims import Claim
from pipeline.check.scopes import Scopes
from pipeline.check.types import Kind, shown
from pipeline.check.words import Words
from pipeline.tables.types import Finding, Severity

_VARAV = re.compile(r"\bvarav\s$")
_OF_UNITS = re.compile(r"^\W*av ((?:[\w-]+ ){1,3})", re.IGNORECASE)


def partitions(
    claims: Sequence[Claim], wholes: Mapping[str, Decimal], scopes: Scopes, words: Words
) -> Iterator[Finding]:
    """Yield sentences such as "Av 40 projekt nådde 20 målen helt, 15 delvis och 10 inte alls".

    `wholes` are the numbers of units that the tables agree on, for "Av projekten har 29 …".
    """
    for _, group in groupby(claims, key=lambda c: id(c.sentence)):
        own = list(group)
        whole, value, unit = _whole(own, wholes, scopes, words)
        if value is None:
            continue
        others = [
            c
            for c in own
            if c is not whole
            and not c.is_base
            and c.number.kind is Kind.COUNT
            and c.unit in ("", unit)
        ]
        yield from _failing(others, whole or own[0], value, unit, words)


def _whole(
    claims: list[Claim], wholes: Mapping[str, Decimal], scopes: Scopes, words: Words
) -> tuple[Claim | None, Decimal | None, str]:
    """Return the claim that is the whole, its number and its unit."""
    text = claims[0].sentence.text
    whole = next((c for c in claims if c.is_base), None)
    if whole is None and len(claims) > 1 and _VARAV.search(text[: claims[1].number.start]):
        whole = claims[0]
    if whole is not None:
        return whole, whole.value, whole.unit
    of = _OF_UNITS.match(text)
    if of and scopes.main(claims[0].scope):
        unit = next((u for word in of[1].split() if (u := words.unit_of(word))), "")
        return None, wholes.get(unit), unit
    return None, None, ""


def _failing(
    others: list[Claim], place: Claim, whole: Decimal, unit: str, words: Words
) -> Iterator[Finding]:
    for group in words.exclusive:
        if group.of and unit not in group.of:
            continue
        found: dict[int, Claim] = {}
        for claim in others:
            own = claim.sentence.text[claim.number.start : claim.clause_start + len(claim.clause)]
            hit = [i for i, p in enumerate(group.members) if re.search(p, own.lower())]
            if len(hit) == 1:
                found.setdefault(hit[0], claim)
        total = sum((c.value for c in found.values()), Decimal(0))
        complete = group.whole and len(found) == len(group.members)
        if len(found) >= 2 and (total > whole or (complete and total != whole)):
            listed = " + ".join(shown(c.value) for c in found.values())
            exact = shown(whole) if complete else f"högst {shown(whole)}"
            what = f"Delarna ger inte helheten: {listed}"
            yield Finding(place.where, what, exact, shown(total), Severity.ERROR)
