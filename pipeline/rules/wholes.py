"""Names inside names: where an actor is, a whole ("sjukhuset") beside its part, "jouren" again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from annotations.codebook import Variable, load
from annotations.scope import load_scope
from pipeline.rules.entries import Hit
from pipeline.rules.places import ENTRY as PLACE

VARIABLE = "partner"
VAGUE = 0.72  # below this weight a generic word is dropped beside any specific actor
OWN = "egen"  # the sender's own units: they keep an answer from being about anybody else
# "polisen i Boden", "Migrationsverkets handläggare från Boden"
WHERE = re.compile(r" |(?: (?!och|samt|eller|o )\w+){0,2} (?:från|i|på|vid) ")


def belongs(text: str, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a place only belongs to another actor: "RFSL Boden", "polis Ove från Boden"."""
    if hit.entry.id != PLACE.id:
        return False
    return any(
        h.entry.id != PLACE.id
        and (WHERE.fullmatch(text[h.end : hit.start]) or text[hit.end : h.start] == " ")
        and not (h.entry.category in {"kommuner", OWN} and h.start > hit.start)
        for h in hits
    )


def without_generic(text: str, hits: Sequence[Hit], last: Sequence[Hit]) -> Iterator[Hit]:
    """Drop "sjukhuset" in "BUP vid sjukhuset"; let "jouren" mean the one just named."""
    for hit in hits:
        if not hit.entry.generic:
            yield hit
            continue
        group = _group(hit.entry.category)
        specific = [h for h in hits if not h.entry.generic and _group(h.entry.category) == group]
        vague = hit.entry.weight < VAGUE and bool(specific)
        if vague or any(_places(text, hit, h) for h in specific):
            continue
        referred = [h for h in last if not h.entry.generic and _group(h.entry.category) == group]
        if (
            referred
            and hit.entry.id in load_scope().refers_back
            and text[hit.start : hit.end].lower().endswith(("n", "t", "ns", "ts"))
            and not specific
        ):
            yield Hit(replace(referred[-1].entry, weight=0.9), hit.start, hit.end)
        else:
            yield hit


def _places(text: str, generic: Hit, specific: Hit) -> bool:
    """Whether the generic words only say where the specific actor belongs."""
    if generic.end <= specific.start:
        between = text[generic.end : specific.start].strip().lower()
        if between == "," and not generic.entry.category.endswith("_annan"):
            return True  # "Kriminalvården, frivården i Norrby"
        if re.fullmatch(
            r"(s|\(|:|–|-|genom|via|i form av|dvs\.?|med|har|är|bl\.a\.)?\s*\w*", between
        ):
            return between not in {"och", "samt", "eller"}
        return bool(re.match(r"[(:]|genom |i form av ", between)) and len(between) < 120
    between = text[specific.end : generic.start].strip().lower()
    return (
        bool(re.fullmatch(r"(\w+ )?(vid|på|i|inom|hos|från|,)( \w+){0,2}|\w*s?", between))
        and " och " not in f" {between} "
    )


def _group(category: str) -> str:
    if category == OWN:
        return OWN
    group = _codebook().group_of(category)
    return group.id if group else category


@cache
def _codebook() -> Variable:
    return load().variable(VARIABLE)
