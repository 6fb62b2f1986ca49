"""The Swedish words of the results: labels from the codebook, who decided, what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotations.codebook import Codebook
from corpus.types import Coding, Project, Role
from pipeline.tables.judge import decider
from pipeline.tables.numbers import whole
from pipeline.tables.types import Decider

DECIDERS: Mapping[Decider, str] = {
    Decider.PERSON: "Granskare",
    Decider.TICK: "Kryss",
    Decider.RULE: "Regel",
    Decider.MODEL: "Modell",
}
LONGEST_QUOTE = 600


@dataclass(frozen=True)
class Words:
    """The labels of one codebook."""

    variables: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[tuple[str, str], str] = field(default_factory=dict)
    roles: Mapping[Role, str] = field(default_factory=dict)

    def category(self, coding: Coding) -> str:
        """Return a category's label, its id where the codebook does not know it."""
        return self.categories.get((coding.variable, coding.category), coding.category)

    def variable(self, coding: Coding) -> str:
        """Return a variable's label, its id where the codebook does not know it."""
        return self.variables.get(coding.variable, coding.variable)

    def role(self, role: Role | None) -> str:
        """Return a role's label; empty without role."""
        return self.roles.get(role, role.value) if role else ""

    def proposal(self, coding: Coding) -> str:
        """Say what is proposed: Ja, Ja (inbjuden) or Nej."""
        if not coding.value:
            return "Nej"
        return f"Ja ({self.role(coding.role).lower()})" if coding.role else "Ja"


def words(codebook: Codebook) -> Words:
    """Collect the codebook's labels."""
    return Words(
        {v.id: v.label for v in codebook.variables},
        {(v.id, c.id): c.label for v in codebook.variables for c in v.categories},
        {r.id: r.label for v in codebook.variables for r in v.roles},
    )


def decided_by(coding: Coding) -> str:
    """Say who or what decided a coding."""
    return DECIDERS[decider(coding)]


def told_deciders(decided: Iterable[tuple[Decider, int]]) -> str:
    """Say how many each decided: granskare 3, regel 26; "" where nothing is coded."""
    return ", ".join(f"{DECIDERS[who].lower()} {whole(count)}" for who, count in decided if count)


def short(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Cut a long quote at a word; kodningar.csv has the whole."""
    if len(text) <= longest:
        return text
    cut = text.rfind(" ", longest // 2, longest)
    return text[: cut if cut > 0 else longest] + " …"


def some(names: Sequence[str], most: int = 5) -> str:
    """Name the first few and say how many more there are: a, b, c, d, e och 3 till."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" och {whole(more)} till" if more > 0 else "")


def place(document: str, page: int | None) -> str:
    """Say where words stand: blankett.docx, s. 2."""
    return f"{document}, s.\N{NO-BREAK SPACE}{page}" if page else document


def county(project: Project) -> str:
    """Return the project's county as the documents tell it, or that it is unknown."""
    return project.header.lan or "Okänt"


def municipality(project: Project) -> str:
    """Return the project's municipality, or that it is unknown."""
    return project.header.kommun or "Okänd"
