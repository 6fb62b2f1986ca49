"""Which cues a sentence holds: not barred nor inside a longer one, turned where denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Span

from annotations.lexicon import Cue, load_cues
from annotations.scope import load_scope
from corpus.types import Context
from pipeline.rules.patterns import Matcher

SKIP = "skip"
BARRING = "!"  # ends the key of the words that bar a cue
ANY = frozenset(Context) | {SKIP}
# Which categories a longer match of each category may hide; the others hide all.
HIDDEN = {
    Context.AKTIV.value: frozenset({Context.AKTIV, Context.INBJUDEN, Context.OMNAMND}),
    Context.INBJUDEN.value: frozenset({Context.AKTIV, Context.INBJUDEN, Context.OMNAMND}),
    Context.OMNAMND.value: frozenset({Context.OMNAMND}),
    Context.PLANERAD.value: frozenset(Context) - {Context.NEJ},
}
NOT_YET = "plan.annu"  # "ännu inte med" is a plan, so it may hide the refusal in it
NEGATABLE = frozenset({Context.AKTIV, Context.INBJUDEN, Context.PLANERAD})
NEGATED = 0.92  # "inte utsett", "ingår ej": as strong as a refusal
REACH_BEFORE, REACH_AFTER = 4, 2  # words between a negation and what it negates


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue's words in a text."""

    cue: Cue
    start: int
    end: int


def find_cues(sentence: Span, question: str) -> Iterator[CueHit]:
    """Yield the cues that count: not barred, not inside a longer one, not a `skip` word."""
    table, matcher = _compiled()
    found = matcher.find(sentence)
    barred = [m for m in found if m.key.endswith(BARRING)]
    hits = [
        CueHit(table[m.key], m.start_char, m.end_char)
        for m in found
        if m.key in table
        and not any(
            b.key == m.key + BARRING and b.start_char < m.end_char and m.start_char < b.end_char
            for b in barred
        )
        and (not table[m.key].questions or question in table[m.key].questions)
    ]
    if not hits:
        return
    scope = load_scope()
    words = [(t.idx, t.lower_) for t in sentence]
    negations = [
        at
        for at, word in words
        if word in scope.negations and not any(_covers(h, at) for h in hits)
    ]
    hard = [at for at, word in words if word in scope.clauses.hard]
    soft = [at for at, word in words if word in scope.clauses.stops]
    hits = [h for h in hits if not _cut(h, hard, soft)]
    for hit in hits:
        if hit.cue.category != SKIP and not any(_hides(other, hit) for other in hits):
            yield _negated(hit, words, negations)


def _cut(hit: CueHit, hard: Sequence[int], soft: Sequence[int]) -> bool:
    """Whether "men" lies inside a cue that it ends, or a comma in "ingår, har inte mötts"."""
    scope = load_scope()
    broken = hit.cue.category in NEGATABLE or hit.cue.id in scope.unbroken
    if broken and any(hit.start < at < hit.end for at in hard):
        return True
    return hit.cue.id in scope.uncut and any(hit.start < at < hit.end for at in soft)


def _covers(hit: CueHit, at: int) -> bool:
    """Whether the negation at an offset is none ("inte minst"), or only says "not yet"."""
    return hit.cue.category in {SKIP, Context.PLANERAD} and hit.start <= at < hit.end


def _negated(hit: CueHit, words: Sequence[tuple[int, str]], negations: Sequence[int]) -> CueHit:
    """Turn "sitter med" into a refusal where "inte" stands close to it in the same clause.

    `words` are the sentence's with their offsets, `negations` the offsets of its "inte".
    """
    if hit.cue.category not in NEGATABLE or hit.cue.strength < 0.7 or hit.cue.id == NOT_YET:
        return hit
    scope = load_scope()
    nobody = any(hit.start < at < hit.end and word in scope.nobody for at, word in words)
    if nobody:  # "till kursen, ingen kom"
        return CueHit(replace(hit.cue, category=Context.NEJ, strength=NEGATED), hit.start, hit.end)
    borders = scope.clauses.hard | scope.clauses.stops
    for denied in negations:
        first, end = min(hit.end, denied), max(hit.start, denied)
        between = [word for at, word in words if first <= at < end and at != denied]
        reach = REACH_BEFORE if denied < hit.start else REACH_AFTER
        if len(between) <= reach and borders.isdisjoint(between):
            return CueHit(
                replace(hit.cue, category=Context.NEJ, strength=NEGATED), hit.start, hit.end
            )
    return hit


def _hides(other: CueHit, hit: CueHit) -> bool:
    """A cue inside a longer match is part of it; but "sitter med" cannot hide "avböjt"."""
    if other.cue.category == SKIP:
        return other.start < hit.end and hit.start < other.end
    longer = other.end - other.start > hit.end - hit.start
    overlaps = other.start < hit.end and hit.start < other.end
    if longer and overlaps and other.cue.category == Context.INBJUDEN:
        return hit.cue.category == Context.AKTIV  # "var med på föreläsningen"
    if not longer or other.start > hit.start or hit.end > other.end:
        return False
    if other.cue.id == NOT_YET:
        return True
    return hit.cue.category in HIDDEN.get(other.cue.category, ANY)


@cache
def _compiled() -> tuple[dict[str, Cue], Matcher]:
    """Return the cues by id, and the patterns of each and of what bars it."""
    cues = load_cues()
    patterns = {c.id: c.patterns for c in cues} | {c.id + BARRING: c.unless for c in cues}
    return {c.id: c for c in cues}, Matcher(patterns, source="context.yaml")
