"""How a clause speaks: says, denies, plans, wishes, or tells of others. Cues are data."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Span, Token

from annotations.statements import Voice
from annotations.voice import COMMON, load_voice
from pipeline.language.verbs import is_finite
from pipeline.rules.patterns import Matcher

# What wins when a clause holds several: "vi borde inte planera" is a denial.
ORDER: tuple[Voice, ...] = ("others", "dropped", "negated", "wished", "planned")
NO_SUBJECT = 14  # "diskuterades men lyftes ut": a verb this few characters into its clause


class Clauses:
    """A sentence cut into clauses, each with the voices that are heard in it.

    `own` names a file of further words, for the cues that ask for it.
    """

    def __init__(self, sentence: Span, own: str = "") -> None:
        self._starts = _cuts(sentence)
        self._cues: list[tuple[Voice, int, int]] = []
        hits = [h for name in (COMMON, own) if name for h in _matcher(name).find(sentence)]
        never = [(h.start_char, h.end_char) for h in hits if h.key == "never"]
        past = {self._clause(h.start_char) for h in hits if h.key == "past"}
        for hit in hits:
            if any(a <= hit.start_char and hit.end_char <= b for a, b in never):
                continue
            if hit.key == "later" and self._clause(hit.start_char) not in past:
                self._cues.append(("planned", hit.start_char, hit.end_char))
            elif hit.key in ORDER:
                self._cues.append((hit.key, hit.start_char, hit.end_char))

    def voice(self, start: int, end: int) -> Voice:
        """Return how the clauses that `start:end` touches speak, the words in it included."""
        first, last = self._clause(start), self._clause(max(start, end - 1))
        heard = {
            voice
            for voice, a, _ in self._cues
            if first <= self._clause(a) <= last or (voice == "dropped" and self._tells_of(a, last))
        }
        return next((voice for voice in ORDER if voice in heard), "says")

    def _tells_of(self, offset: int, clause: int) -> bool:
        """Whether the cue's clause has no subject of its own and goes on about `clause`."""
        own = self._clause(offset)
        return own == clause + 1 and offset - self._starts[own - 1] <= NO_SUBJECT

    def _clause(self, offset: int) -> int:
        return sum(start <= offset for start in self._starts)


def _starts(word: Token, parting: _Parting) -> bool:
    return word.lower_ in parting.starters or is_finite(word)


class _Parting(NamedTuple):
    """Words that always part clauses, that begin one after a joint, and the joints."""

    boundaries: frozenset[str]
    starters: frozenset[str]
    joints: frozenset[str]


def _cuts(sentence: Span) -> list[int]:
    parting = _parting()
    tokens = [t for t in sentence if not t.is_space]
    cuts = []
    for token, after in pairwise(tokens):
        word = token.lower_
        if word in parting.boundaries or (word in parting.joints and _starts(after, parting)):
            cuts.append(after.idx if not word.isalnum() else token.idx)
    return cuts


@cache
def _parting() -> _Parting:
    cues = load_voice()
    return _Parting(
        frozenset(cues.boundaries),
        frozenset(cues.starters),
        frozenset(cues.joints + cues.relatives),
    )


@cache
def _matcher(name: str) -> Matcher:
    cues = load_voice(name)
    patterns: dict[str, tuple[str, ...]] = {voice: words for voice, words in cues.voices.items()}
    others = {"never": cues.never, "later": cues.later, "past": cues.past}
    return Matcher({**patterns, **others}, source=f"{name}.yaml")
