"""A profession counts as whoever employs it: "barnmorskan på ungdomsmottagningen"."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence

from annotations.phrases import load_phrases
from annotations.scope import load_scope
from pipeline.rules.entries import Hit
from pipeline.rules.places import ENTRY as PLACE
from pipeline.rules.places import PARTY


def employed(hits: Sequence[Hit], text: str, known: MutableMapping[str, Hit]) -> list[Hit]:
    """Return the hits without those who only work for, or belong to, another one of them.

    `known` remembers from sentence to sentence whom "barnmorskan" works for, and which categories
    have been named.
    """
    kept = list(_kept([h for h in hits if not _owned(text, h, hits)], text, known))
    for hit in kept:
        if not hit.entry.generic:
            known[f"#{hit.entry.category}"] = hit
            echo = next((i for i, end in load_scope().echoes.items() if hit.name.endswith(end)), "")
            known[f"~{echo}"] = hit
        if hit.entry.id == PLACE.id:
            known[PARTY + hit.name] = hit
    return kept


def _owned(text: str, hit: Hit, hits: Sequence[Hit]) -> bool:
    """ "kyrkans ungdomsförbund" is the church, "Migrationsverkets boendeenhet" no landlord."""
    owner_of = load_phrases()["owner_of"]
    owners = load_scope().owned.get(hit.entry.id, frozenset())
    return any(
        h.entry.category in owners
        and h.end <= hit.start
        and owner_of.fullmatch(text[h.end - 1 : hit.start]) is not None
        for h in hits
    )


def _kept(hits: Sequence[Hit], text: str, known: MutableMapping[str, Hit]) -> Iterator[Hit]:
    employers = load_scope().employers
    for hit in hits:
        if hit.entry.id not in {**employers, **load_scope().sole}:
            yield hit
            continue
        echoed = known.get(f"~{hit.entry.id}")
        if echoed is not None and f"#{hit.entry.category}" not in known and not named(text, hit):
            yield Hit(echoed.entry, hit.start, hit.end, echoed.name)
            continue
        theirs = employers.get(hit.entry.id, frozenset())
        others = [h for h in hits if h.entry.category in theirs and h.entry.id not in employers]
        employer = next((h for h in others if _works_for(text, hit, h)), None)
        key = f"{hit.entry.id}:"
        definite = text[hit.start : hit.end].lower().endswith(load_scope().definite)
        before = known.get(key) or _only(hit, known) if definite and not named(text, hit) else None
        if employer is not None:
            known[key] = employer
        elif before is not None and not (hit.entry.generic and before in hits):
            yield Hit(before.entry, hit.start, hit.end, before.name)
        else:
            yield hit


def named(text: str, hit: Hit) -> bool:
    """Whether its own name follows: "Föreningen Lyktan" is not the one just named."""
    if hit.entry.id not in load_scope().named_after:
        return False
    return load_phrases()["own_name"].match(text[hit.end : hit.end + 3]) is not None


def _only(hit: Hit, known: MutableMapping[str, Hit]) -> Hit | None:
    """Return the only possible employer named so far: "läkaren" after "vårdcentralen"."""
    theirs = load_scope().sole.get(hit.entry.id, frozenset())
    if f"#{hit.entry.category}" in known:
        return None
    named = [known[f"#{c}"] for c in sorted(theirs) if f"#{c}" in known]
    return named[0] if len(named) == 1 else None


def _works_for(text: str, person: Hit, employer: Hit) -> bool:
    phrases = load_phrases()
    if person.end <= employer.start:
        return bool(phrases["works_at"].fullmatch(text[person.end : employer.start].strip()))
    between = text[employer.end : person.start]
    ahead = text[: employer.start].rsplit(None, 1)[-1:]
    if ahead and ahead[0].lower() in load_scope().bystanders.works_at:
        return bool(phrases["comes_from"].fullmatch(between))
    owns = text[employer.start : employer.end].lower().endswith("s")
    beside = phrases["person_of"].fullmatch(between.lstrip() if owns else between)
    return bool(beside) and (owns or between != " ")
