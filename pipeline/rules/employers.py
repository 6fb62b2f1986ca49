"""A profession counts as whoever employs it: "barnmorskan på ungdomsmottagningen"."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence

from annotations.scope import load_scope
from pipeline.rules.entries import Hit

AT = re.compile(r"(\w+ )?(på|vid|från|hos|inom|i)( \w+){0,2}|[(]")
OF = re.compile(r"(\w+ )?|\s?[(:–-]\s?(\w+ )?|.*\bdärifrån\b.*")
DEFINITE = ("n", "na", "ns", "nas")


def employed(hits: Sequence[Hit], text: str, known: MutableMapping[str, Hit]) -> list[Hit]:
    """Return the hits without those who only work for another one of them.

    `known` remembers from sentence to sentence whom "barnmorskan" works for.
    """
    return list(_kept(hits, text, known))


def _kept(hits: Sequence[Hit], text: str, known: MutableMapping[str, Hit]) -> Iterator[Hit]:
    employers = load_scope().employers
    for hit in hits:
        if hit.entry.id not in employers:
            yield hit
            continue
        theirs = employers[hit.entry.id]
        others = [h for h in hits if h.entry.category in theirs and h.entry.id not in employers]
        employer = next((h for h in others if _works_for(text, hit, h)), None)
        key = f"{hit.entry.id}:"
        before = known.get(key) if text[hit.start : hit.end].lower().endswith(DEFINITE) else None
        if employer is not None:
            known[key] = employer
        elif before is not None:
            yield Hit(before.entry, hit.start, hit.end, before.name)
        else:
            yield hit


def _works_for(text: str, person: Hit, employer: Hit) -> bool:
    if person.end <= employer.start:
        return bool(AT.fullmatch(text[person.end : employer.start].strip()))
    between = text[employer.end : person.start]
    owns = text[employer.start : employer.end].lower().endswith("s")
    return bool(OF.fullmatch(between.lstrip() if owns else between)) and (owns or between != " ")
