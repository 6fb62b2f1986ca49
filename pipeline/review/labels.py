"""Swedish words for what is asked and what may be answered, from one codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.codebook import Codebook
from annotations.decisions.types import NO, YES, options

UNDECIDABLE = "Går ej att avgöra"


@dataclass(frozen=True)
class Labels:
    """The words of one codebook. What it does not know (any more) keeps its id."""

    codebook: Codebook
    # A codebook is too large to be a key: to hash one is to go through all of it.
    _choices: dict[str, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)
    _meant: dict[str, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)

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
        if variable not in self._choices:
            self._choices[variable] = choices(self.codebook, variable)
        return self._choices[variable]

    def read(self, variable: str, words: str) -> str:
        """Return the choice that somebody's words mean, "" where they mean none."""
        if variable not in self._meant:
            known = self.choices(variable).items()
            self._meant[variable] = {folded(meant): choice for choice, meant in known}
        return self._meant[variable].get(folded(words), "")


def folded(text: str) -> str:
    """Return words without what nobody means anything by: capitals and spaces."""
    return " ".join(text.split()).casefold()


def choices(codebook: Codebook, variable: str) -> Mapping[str, str]:
    """Return every choice of a variable with its words; empty for an unknown variable."""
    try:
        found = codebook.variable(variable)
    except KeyError:
        return {}
    words = {YES: "Ja", NO: "Nej"}
    words |= {role.id.value: f"Ja, {_lower(role.label)}" for role in found.roles}
    if found.kind == "one":
        words = {category.id: category.label for category in found.categories}
    return {choice: words[choice] for choice in options(codebook, variable)}


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
