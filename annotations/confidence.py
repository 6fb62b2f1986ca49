"""First probabilities that a coding is right, by what it rests on: measured shares, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.strict import load

PATH = Path(__file__).with_name("lexicon") / "confidence.yaml"


@dataclass(frozen=True)
class Confidence:
    """`shares[variable][basis]` is the share of such codings that were right, `*` for the rest.

    Codings below `review_below` are looked at by a person.
    """

    review_below: float
    shares: Mapping[str, Mapping[str, float]]

    def of(self, variable: str, basis: str) -> float:
        """Return the probability that a coding of this variable on this basis is right."""
        own = self.shares.get(variable, {})
        return own.get(basis, self.shares["*"].get(basis, self.shares["*"]["*"]))


@cache
def load_confidence() -> Confidence:
    """Read the table. Raises DefinitionError with every fault and its place."""
    return load(PATH, Confidence)
