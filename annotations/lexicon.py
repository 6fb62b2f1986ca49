"""Lexicon and context cues: what the YAML files may hold, and reading them with every fault named.

Patterns are one text with commas between them. The files are data that people edit;
the rules in `pipeline/rules` give them effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from annotations.strict import DefinitionError, parse_yaml, read_text, structure
from corpus.types import Context

HERE = Path(__file__).parent / "lexicon"
SPLIT = frozenset({"patterns", "unless", "beside", "roles", "subjects"})
SKIP = "skip"  # the category of words that look like a cue and are none
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that speak for one category.

    `patterns` are in the syntax of `pipeline/rules/patterns.py`; a match that touches a match of
    `unless` does not count. `questions` limits the entry to some answers. `generic` words name a
    whole (landstinget, sjukhuset) and fall away where they only say where a more specific actor of
    the same group belongs ("BUP vid sjukhuset"). `hits` and `misses` are example
    sentences that the codebook check runs through the rules.
    """

    id: str
    category: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    generic: bool = False
    weight: float = 1.0
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    variable: str = ""
    note: str = ""


Direction = Literal["forward", "backward", "both"]
Scope = Literal["clause", "sentence", "answer"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say something about the actors around them.

    `category` is a Context value, or `skip` for words that look like a cue and are none ("inte
    minst"). `direction`: the actors it speaks about stand before it, after it, or both. `strength`
    0–1 decides between cues. `hits` are examples in which the cue acts, `misses` in which it
    must not.
    """

    id: str
    category: str
    patterns: tuple[str, ...]
    direction: Direction = "both"
    scope: Scope = "clause"
    strength: float = 0.7
    unless: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    note: str = ""


def load_entries(variable: str, folder: Path = HERE) -> tuple[Entry, ...]:
    """Return every entry under `lexicon/VARIABLE/`, in file order. Raises DefinitionError."""
    return _entries(variable, folder)


def load_cues(path: Path = HERE / "context.yaml") -> tuple[Cue, ...]:
    """Return the context cues. Raises DefinitionError."""
    return _cues(path)


@cache
def _entries(variable: str, folder: Path) -> tuple[Entry, ...]:
    files = sorted((folder / variable).glob("*.yaml"))
    if not files:
        raise DefinitionError([f"{folder / variable}: inga lexikonfiler"])
    return load_posts(files, Entry)


@cache
def _cues(path: Path) -> tuple[Cue, ...]:
    cues = load_posts([path], Cue)
    known = {SKIP, *Context}
    faults = [
        f"okänd kategori {c.category!r} @ {path.name}[{c.id}].category"
        for c in cues
        if c.category not in known
    ]
    faults += [
        f"styrkan {c.strength} är inte 0–1 @ {path.name}[{c.id}].strength"
        for c in cues
        if not 0 <= c.strength <= 1
    ]
    if faults:
        raise DefinitionError(faults)
    return cues


def load_posts(files: Iterable[Path], kind: type[T]) -> tuple[T, ...]:
    """Return the posts (- id: …) of the files in order. Raises DefinitionError."""
    loaded: list[T] = []
    faults: list[str] = []
    for file in files:
        try:
            raw = parse_yaml(read_text(file), file.name)
            if not isinstance(raw, list):
                raise DefinitionError([f"en lista av poster (- id: …) väntas @ {file.name}"])
            for item in raw:
                name = item.get("id", "?") if isinstance(item, dict) else "?"
                loaded.append(structure(_split(item), kind, f"{file.name}[{name}]"))
        except DefinitionError as error:
            faults += error.faults
    counts = Counter(str(getattr(item, "id", "")) for item in loaded)
    faults += [f"id {name!r} förekommer {n} gånger" for name, n in counts.items() if n > 1]
    if faults:
        raise DefinitionError(faults)
    return tuple(loaded)


def _split(item: Any) -> Any:
    """Patterns may be one text with commas between them: no quoting of * and ? is needed then."""
    if not isinstance(item, dict):
        return item
    return {
        key: [" ".join(part.split()) for part in value.split(",") if part.strip()]
        if key in SPLIT and isinstance(value, str)
        else value
        for key, value in item.items()
    }
