"""Whether two phrases name the same quantity, by their own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.check.words import Words, stems


@dataclass(frozen=True, slots=True)
class Meaning:
    """What tells a phrase from others: its stems, whether it denies, its words of contrast."""

    stems: frozenset[str]
    negated: bool
    contrast: frozenset[str]

    def within(self, clause: Meaning) -> bool:
        """Tell whether a clause says this label's words, and hardly anything more."""
        more = len(clause.stems - self.stems)
        return (
            bool(self.stems)
            and self.stems <= clause.stems
            and more <= min(2, len(self.stems))
            and self.negated == clause.negated
            and self.contrast == clause.contrast
        )


def meaning(phrase: str, words: Words) -> Meaning:
    """Return what a phrase names, without its units (projekt, kommuner …)."""
    units = stems(" ".join(words.units), words)
    contrast = re.findall(words.text.contrast, phrase.lower())
    return Meaning(
        stems(phrase, words) - units,
        re.search(words.text.negated, phrase, re.IGNORECASE) is not None,
        frozenset(word[:3] for word in contrast),
    )


def of_label(label: str, words: Words) -> Meaning:
    """Return what a row's or column's label names, without what it adds after a colon."""
    return meaning(re.split(r"[:(]", label)[0], words)
