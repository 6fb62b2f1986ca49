"""How a clause speaks: says, denies, plans, wishes, or tells of others. Cues are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import cast

from spacy.tokens import Span

from annotations.statements import LEXICON, Voice
from annotations.strict import load
from pipeline.language.verbs import is_finite
from pipeline.rules.patterns import Matcher

# What wins when a clause holds several: "vi borde inte planera" is a denial.
ORDER: tuple[Voice, ...] = ("others", "dropped", "negated", "wished", "planned")
RELATIVE = frozenset({"som", "vilka", "vilket", "där"})
NO_SUBJECT = 14  # "diskuterades men lyftes ut": a verb this few characters into its clause


@dataclass(frozen=True)
class VoiceCues:
    """`voices` are patterns by voice, `never` patterns whose words are no cue after all.

    `boundaries` always part clauses; `starters` begin a clause after a comma or "och".
    """

    voices: Mapping[Voice, tuple[str, ...]]
    never: tuple[str, ...]
    boundaries: tuple[str, ...]
    starters: tuple[str, ...]
    joints: tuple[str, ...]


class Clauses:
    """A sentence cut into clauses, each with the voices that are heard in it."""

    def __init__(self, sentence: Span) -> None:
        self._starts = _cuts(sentence)
        self._cues: list[tuple[Voice, int, int]] = []
        hits = list(_matcher().find(sentence))
        never = [(h.start_char, h.end_char) for h in hits if h.key == "never"]
        for hit in hits:
            if hit.key == "never":
                continue
            if not any(a <= hit.start_char and hit.end_char <= b for a, b in never):
                self._cues.append((cast(Voice, hit.key), hit.start_char, hit.end_char))

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


def _cuts(sentence: Span) -> list[int]:
    cues = load_voice()
    boundaries, starters, joints = map(frozenset, (cues.boundaries, cues.starters, cues.joints))
    tokens = [t for t in sentence if not t.is_space]
    cuts = []
    for token, after in pairwise(tokens):
        word = token.lower_
        follows = after.lower_ in starters or is_finite(after)
        if word in boundaries or (word in joints and follows) or (word in RELATIVE and follows):
            cuts.append(after.idx if not word.isalnum() else token.idx)
    return cuts


@cache
def load_voice() -> VoiceCues:
    """Read the words. Raises DefinitionError."""
    return load(LEXICON / "statements" / "voice.yaml", VoiceCues)


@cache
def _matcher() -> Matcher:
    cues = load_voice()
    patterns: dict[str, tuple[str, ...]] = {voice: words for voice, words in cues.voices.items()}
    return Matcher({**patterns, "never": cues.never}, source="voice.yaml")
