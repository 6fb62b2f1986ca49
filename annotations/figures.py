"""Words for shares of goals and for goals set in figures: data with a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from annotations.phrases import Expressions, Phrase, compiled
from annotations.statements import LEXICON
from annotations.strict import load

PATH = LEXICON / "statements" / "figures.yaml"


@dataclass(frozen=True)
class Figures:
    """The whole file; see its own head."""

    counts: Mapping[str, int]
    larger: Mapping[str, int]
    fractions: Mapping[str, float]
    before_percent: tuple[str, ...]
    words: Mapping[str, str]
    phrases: tuple[Phrase, ...]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The value of every number in words."""
        return {**self.counts, **self.larger}

    @cached_property
    def expressions(self) -> Expressions:
        """The compiled phrases by id. Raises DefinitionError."""
        several = [word for word, n in self.numbers.items() if n > 1]
        numbers = {
            "tal": r"(\d{1,3}(?: \d{3})+|\d{1,4}|" + "|".join(self.counts) + ")",
            "antal": r"(?<![\d:.,/§-])(\d{1,3}(?: \d{3})+|\d{1,4}|"
            + "|".join(several)
            + r")\b(?![/:.,–-]\d)",
        }
        return compiled(self.phrases, {**self.words, **numbers}, PATH.name)


@cache
def load_figures() -> Figures:
    """Read the words and compile the phrases. Raises DefinitionError."""
    figures = load(PATH, Figures)
    figures.expressions  # noqa: B018  # faults are raised here
    return figures
