"""Swedish words for what is asked and what may be answered, from one codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from annotations.codebook import Codebook
from annotations.decisions.types import NO, YES, options

UNDECIDABLE = "Går ej att avgöra"


@dataclass(frozen=True)
class Labels:
    """The words of one codebook. What it does not know (any more) keeps its id."""

    codebook: Codebook

    def question(self, variable: str, category: str) -> str:
        """Return what an item asks: `Samverkansparter: Polis`, or the variable alone."""
        try:
            found = self.codebook.variable(variable)
            if not category:
                return found.label
            return f"{found.label}: {found.category(category).label}"
        except KeyError:
            return f"{variable}: {category}" if category else variable

    def choice(self, variable: str, choice: str) -> str:
        """Return the words of a choice: `Ja`, `Ja, inbjuden`, `Delvis uppnådda`; "" for none."""
        return self.choices(variable).get(choice, choice)

    def choices(self, variable: str) -> Mapping[str, str]:
        """Return every choice of a variable with its words; empty for an unknown variable."""
        return _choices(self, variable)


@cache
def _choices(labels: Labels, variable: str) -> Mapping[str, str]:
    try:
        found = labels.codebook.variable(variable)
    except KeyError:
        return {}
    words = {YES: "Ja", NO: "Nej"}
    words |= {role.id.value: f"Ja, {role.label.lower()}" for role in found.roles}
    if found.kind == "one":
        words = {category.id: category.label for category in found.categories}
    return {choice: words[choice] for choice in options(labels.codebook, variable)}
