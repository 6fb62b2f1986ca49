"""Whether the words a coding rests on are words the learnt coder has met."""

from __future__ import annotations

import re

from corpus.types import Document, Span
from models.coder import Coder

WEAK = "Stödet i texten är svagt; modellen är inte säker nog."
_WORD = re.compile(r"(?<!\w)[a-zåäöé]{5,}(?!\w)")
_SHOWN = 3


def doubt(evidence: Span, document: Document | None, coder: Coder) -> str:
    """Return in Swedish why the model is not sure: words it has not met, or weak support."""
    if document is None:
        return WEAK
    unseen = unseen_words(document.text[evidence.start : evidence.end], coder)
    if not unseen:
        return WEAK
    words = ", ".join(f"”{word}”" for word in unseen[:_SHOWN])
    return f"Ovant ordval: modellen har inte mött {words}."


def unseen_words(text: str, coder: Coder) -> tuple[str, ...]:
    """Return the words of five letters or more that the coder knows neither whole nor by stem.

    Capitalised words are names, which nobody needs to have met.
    """
    return tuple(word for word in dict.fromkeys(_WORD.findall(text)) if not coder.has_met(word))
