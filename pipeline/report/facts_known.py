"""Which facts the report's texts may use, as data: `fakta.yaml`, with what each means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.strict import DefinitionError, load

PATH = Path(__file__).with_name("fakta.yaml")


@dataclass(frozen=True)
class KnownFact:
    """A fact or a filter: how it is written, what it means, how it may look in a text.

    `sometimes` says when it is not known: a text then needs a condition around it.
    """

    name: str
    means: str
    example: str
    sometimes: str = ""


@dataclass(frozen=True)
class KnownFacts:
    """The whole document: facts, functions that look up figures in tables, filters, insets."""

    facts: tuple[KnownFact, ...]
    functions: tuple[KnownFact, ...]
    filters: tuple[KnownFact, ...]
    insets: tuple[KnownFact, ...]

    def groups(self) -> Mapping[str, frozenset[str]]:
        """Return the facts by their first name: its second names, none where it stands alone."""
        found: dict[str, set[str]] = {}
        for fact in self.facts:
            first, _, second = fact.name.partition(".")
            found.setdefault(first, set()).update({second} if second else set())
        return {first: frozenset(seconds) for first, seconds in found.items()}


@cache
def load_facts(path: Path = PATH) -> KnownFacts:
    """Read the document. Raises DefinitionError with every fault and its place."""
    known = load(path, KnownFacts)
    parts = (known.facts, known.functions, known.filters, known.insets)
    names = [[one.name for one in part] for part in parts]
    twice = sorted({n for part in names for n in part if part.count(n) > 1})
    if twice:
        raise DefinitionError([f"{name} står två gånger @ {path.name}" for name in twice])
    return known
