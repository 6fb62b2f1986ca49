"""How a clause speaks: says, denies, plans, wishes, or tells of others. Cues are data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Span, Token

from annotations.statements import Voice
from annotations.voice import COMMON, load_voice
from pipeline.language.swedish import text_of
from pipeline.language.verbs import is_finite
from pipeline.rules.patterns import Match, Matcher
from pipeline.rules.statements_dates import Written

# What wins when a clause holds several: "vi borde inte planera" is a denial.
ORDER: tuple[Voice, ...] = ("others", "dropped", "negated", "wished", "planned")
YEAR = 5  # " 2010" after a time
YEARS = re.compile(r"(?:19|20)\d\d")
AUXILIARIES = ("aux", "cop")
NO_SUBJECT = 14  # "diskuterades men lyftes ut": a verb this few characters into its clause


class Clauses:
    """A sentence cut into clauses, each with the voices that are heard in it.

    `own` names a file of further words, for the cues that ask for it. `written`: when the report
    was; what holds from a later day is planned, and what is dated before it is not.
    """

    def __init__(self, sentence: Span, own: str = "", written: Written | None = None) -> None:
        self._sentence = sentence
        self._text = text_of(sentence)
        self._offset = sentence.start_char
        self._written = written
        self._cues: list[tuple[Voice, int, int]] = []
        self._days: list[tuple[int, int]] = []  # what holds from a day to come
        hits = [h for name in (COMMON, own) if name for h in _matcher(name).find(sentence)]
        never = [(h.start_char, h.end_char) for h in hits if h.key == "never"]
        past = [h for h in hits if h.key == "past"]
        for hit in hits:
            at = (hit.start_char, hit.end_char)  # "ännu inte" hides its "inte", not itself
            if any(a <= at[0] and at[1] <= b and at != (a, b) for a, b in never):
                continue
            if hit.key in ORDER:
                self._cues.append((hit.key, hit.start_char, hit.end_char))
            elif hit.key == "later" and self._to_come(hit, past):
                self._cues.append(("planned", hit.start_char, hit.end_char))
            elif hit.key == "dated" and self._to_come(hit, past):
                self._days.append(_between_joints(sentence, hit))

    def voice(self, start: int, end: int) -> Voice:
        """Return how the clauses that `start:end` touches speak, the words in it included."""
        if not self._cues and not self._days:
            return "says"
        first, last = self._clause(start), self._clause(max(start, end - 1))
        heard = {
            voice
            for voice, a, _ in self._cues
            if first <= self._clause(a) <= last
            or (voice == "dropped" and self._tells_of(a, last))
            or self._goes_on_with(a, last)
        }
        if any(a < end and start < b for a, b in self._days):
            heard.add("planned")
        return next((voice for voice in ORDER if voice in heard), "says")

    def _to_come(self, hit: Match, past: Sequence[Match]) -> bool:
        """Whether a time had not come; a year tells it, else the verb (before it, of a day)."""
        start, dated = hit.start_char - self._offset, hit.key == "dated"
        words = self._text[start : hit.end_char - self._offset + YEAR]
        told = self._written.before(words) if self._written else None
        if told is not None and YEARS.search(words):
            return told
        own = [p for p in past if self._clause(p.start_char) == self._clause(hit.start_char)]
        if any(not dated or p.start_char < hit.start_char for p in own):
            return False
        return told is True if dated else told is not False

    def _tells_of(self, offset: int, clause: int) -> bool:
        """Whether the cue's clause has no subject of its own and goes on about `clause`."""
        own = self._clause(offset)
        return own == clause + 1 and offset - self._starts[own - 1] <= NO_SUBJECT

    def _goes_on_with(self, offset: int, clause: int) -> bool:
        """Whether the cue stands where `clause` goes on after one put into it.

        "Kursen | som var bokad i maj ställdes in": at the main verb, or after it, in a clause cut
        at "som".
        """
        own = self._clause(offset)
        if own != clause + 1:
            return False
        start = self._starts[own - 1] - self._offset
        if not self._text.startswith(_parting().relatives, start):
            return False
        verb = _main_verb(self._sentence)
        return verb is not None and verb <= offset and self._clause(verb) == own

    @cached_property
    def _starts(self) -> list[int]:
        """Return where clauses begin; most sentences hold no cue and are never cut."""
        return _cuts(self._sentence)

    def _clause(self, offset: int) -> int:
        return sum(start <= offset for start in self._starts)


def _starts(word: Token, parting: _Parting) -> bool:
    return word.lower_ in parting.starters or is_finite(word)


class _Parting(NamedTuple):
    """Words that always part clauses, that begin one after a joint, and the joints."""

    boundaries: frozenset[str]
    starters: frozenset[str]
    joints: frozenset[str]
    relatives: tuple[str, ...]  # with the blank after them


def _between_joints(sentence: Span, hit: Match) -> tuple[int, int]:
    """Return what lies between the commas and conjunctions around a day: there it holds."""
    joints = [t.idx for t in sentence if t.lower_ in _parting().joints]
    first = max((j for j in joints if j < hit.start_char), default=sentence.start_char)
    return first, min((j for j in joints if j >= hit.end_char), default=sentence.end_char)


def _cuts(sentence: Span) -> list[int]:
    parting = _parting()
    tokens = [t for t in sentence if not t.is_space]
    cuts = []
    for token, after in pairwise(tokens):
        word = token.lower_
        if word in parting.boundaries or (word in parting.joints and _starts(after, parting)):
            cuts.append(after.idx if not word.isalnum() else token.idx)
    return cuts


def _main_verb(sentence: Span) -> int | None:
    """Return where the main verb and its auxiliaries begin; None without a parse."""
    if not sentence.doc.has_annotation("DEP"):
        return None
    root = sentence.root
    return min([root.idx, *(t.idx for t in root.lefts if t.dep_.startswith(AUXILIARIES))])


@cache
def _parting() -> _Parting:
    cues = load_voice()
    return _Parting(
        frozenset(cues.boundaries),
        frozenset(cues.starters),
        frozenset(cues.joints + cues.relatives),
        tuple(f"{word} " for word in cues.relatives),
    )


@cache
def _matcher(name: str) -> Matcher:
    cues = load_voice(name)
    patterns: dict[str, tuple[str, ...]] = {voice: words for voice, words in cues.voices.items()}
    others = {"never": cues.never, "later": cues.later, "past": cues.past, "dated": cues.dated}
    return Matcher({**patterns, **others}, source=f"{name}.yaml")
