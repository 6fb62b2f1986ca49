"""What the head of a list says of the names below it: "Inbjudna men inte närvarande:"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from annotations.scope import load_scope
from pipeline.language.verbs import is_finite
from pipeline.rules.context import Reading, read_all
from pipeline.rules.scenes import scene

CLEAR = 0.7  # strength of what a head says, below which the names stand for themselves
SURE = 0.8  # strength of what stands in a list under a clear head
LAST = 3  # words at the end of a sentence in which "enligt nedan" is looked for
UNSAID = Reading(None, 0.0)


class Lists:
    """The head of the list that a text is in, sentence by sentence."""

    def __init__(self, question: str) -> None:
        """Start an answer to `question`, outside all lists."""
        self._question = question
        self._head = UNSAID
        self._waits = False  # the list has not begun, and a sentence may come before it

    def voice(self, sentence: Span, tokens: Sequence[Token]) -> Reading:
        """Return what the head of its list says of those named in a sentence."""
        if not tokens:
            return UNSAID
        end, points = tokens[-1].lower_, _points_down(tokens)
        if points or end in load_scope().lists.heads:
            said = read_all(scene(sentence, (), self._question))
            clear = said.context is not None and said.strength >= CLEAR
            self._head = replace(said, strength=max(said.strength, SURE)) if clear else UNSAID
            self._waits = points
            return UNSAID
        if self._head.context is None:
            return UNSAID
        if any(is_finite(t) for t in tokens):
            if not self._waits:
                self._head = UNSAID
            return UNSAID
        self._waits = False
        return self._head


def _points_down(tokens: Sequence[Token]) -> bool:
    """Whether a sentence says that a list follows: "besökte dem som anges nedan."."""
    return not load_scope().lists.below.isdisjoint(t.lower_ for t in tokens[-LAST:])
