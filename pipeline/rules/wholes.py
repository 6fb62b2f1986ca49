"""Names inside names: where an actor is, a whole ("sjukhuset") beside its part, "jouren" again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from annotations.codebook import Variable, load
from annotations.phrases import load_phrases
from annotations.scope import load_scope
from pipeline.rules.employers import named
from pipeline.rules.entries import Hit
from pipeline.rules.places import ENTRY as PLACE

VARIABLE = "partner"
VAGUE = 0.72  # below this weight a generic word is dropped beside any specific actor
LONGEST = 120  # characters of brackets between a whole and its part
OWN = "egen"  # the sender's own units: they keep an answer from being about anybody else


def belongs(text: str, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a place only belongs to another actor: "RFSL Boden", "polis Ove från Boden"."""
    if hit.entry.id != PLACE.id:
        return False
    place_of = load_phrases()["place_of"]
    return any(
        h.entry.id != PLACE.id
        and (place_of.fullmatch(text[h.end : hit.start]) or text[hit.end : h.start] == " ")
        and h.entry.category != OWN  # "socialtjänsten i Boden" is Boden's
        and not (h.entry.category == PLACE.category and h.start > hit.start)
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
        if _explains(text, hit, hits) or vague or any(_places(text, hit, h) for h in specific):
            continue
        referred = [h for h in last if not h.entry.generic and _may_be(hit, h)]
        if (
            referred
            and not named(text, hit)
            and text[hit.start : hit.end].lower().endswith(load_scope().definite_singular)
            and not specific
        ):
            yield Hit(replace(referred[-1].entry, weight=0.9), hit.start, hit.end)
        else:
            yield hit


def _explains(text: str, generic: Hit, hits: Sequence[Hit]) -> bool:
    """Whether it only tells whose another is: "FoU Norr (Region Norr)", "Landstinget Norr, MVC"."""
    phrases = load_phrases()
    before = next((h for h in reversed(hits) if h.end <= generic.start), None)
    if before is not None and not before.entry.generic and before.entry.category != OWN:
        return bool(phrases["owner_in_brackets"].fullmatch(text[before.end : generic.end + 1]))
    after = [h for h in hits if h.start >= generic.end]
    if before is not None or len(after) != 1 or _group(after[0].entry.category) == OWN:
        return False
    same = _group(after[0].entry.category) == _group(generic.entry.category)
    between = text[generic.end : after[0].start]
    return same and bool(phrases["owner_first"].fullmatch(between))


def _may_be(hit: Hit, before: Hit) -> bool:
    """ "jouren" is a jour named before, and "föreningen" no church."""
    theirs = load_scope().refers_back.get(hit.entry.id, frozenset())
    return before.entry.category in theirs or bool(
        theirs and hit.name and before.name.endswith(hit.name)
    )


def _places(text: str, generic: Hit, specific: Hit) -> bool:
    """Whether the generic words only say where the specific actor belongs."""
    phrases = load_phrases()
    if generic.end <= specific.start:
        between = text[generic.end : specific.start].strip().lower()
        if between == "," and not generic.entry.category.endswith("_annan"):
            return True  # "Kriminalvården, frivården i Norrby"
        if phrases["whole_then_part"].fullmatch(between):
            return between not in load_scope().joints
        return bool(phrases["whole_explained"].match(between)) and len(between) < LONGEST
    between = text[specific.end : generic.start].strip().lower()
    beside = phrases["part_then_whole"].fullmatch(between)
    return bool(beside) and "och" not in between.split(" ")


def _group(category: str) -> str:
    if category == OWN:
        return OWN
    group = _codebook().group_of(category)
    return group.id if group else category


@cache
def _codebook() -> Variable:
    return load().variable(VARIABLE)
