"""Cues for what a free-form document is and which question each of its sections answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from annotations.strict import DefinitionError, load
from corpus.types import DocumentKind

FOLDER = Path(__file__).with_name("kinds")
MEASURED = ("length", "short")  # signals that are measured, not found by cues


@dataclass(frozen=True)
class Cue:
    """A regular expression over folded text and what each hit is worth, for at most `times`."""

    find: str
    points: float
    where: Literal["head", "top", "any"] = "any"
    times: int = 1


@dataclass(frozen=True)
class Signal:
    """A trait of a document: the sum of its cues, at most `cap`; silent above `longest`."""

    id: str
    label: str
    cap: float
    cues: tuple[Cue, ...]
    longest: int = 0


@dataclass(frozen=True)
class Absent:
    """A trait of texts that have less than `below` points of a signal."""

    id: str
    signal: str
    below: float
    points: float


@dataclass(frozen=True)
class Kind:
    """A document kind as a weighted sum of signals. `label` ends the sentence "Läses som …"."""

    kind: DocumentKind
    label: str
    bias: float
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Kinds:
    """All signals and kinds, and the lengths (in letters) from which a text is long or short."""

    signals: tuple[Signal, ...]
    kinds: tuple[Kind, ...]
    pages_letters: float
    short_letters: float
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True)
class HeadingRule:
    """Headings (regular expressions, folded) whose sections answer `question`."""

    question: str
    find: tuple[str, ...]


@dataclass(frozen=True)
class Headings:
    """Rules for headings, in order, and patterns for a project's title in running text."""

    headings: tuple[HeadingRule, ...]
    titles: tuple[str, ...]


@cache
def load_kinds(path: Path = FOLDER / "kinds.yaml") -> Kinds:
    """Read the cues for document kinds. Raises DefinitionError with all faults."""
    kinds = load(path, Kinds)
    signals = {s.id for s in kinds.signals}
    known = signals | set(MEASURED) | {a.id for a in kinds.absent}
    faults = [
        f"okänd signal {a.signal!r} @ {path.name}.absent ({a.id})"
        for a in kinds.absent
        if a.signal not in signals
    ]
    faults += [
        f"okänd signal {name!r} @ {path.name}.kinds ({kind.kind})"
        for kind in kinds.kinds
        for name in kind.weights
        if name not in known
    ]
    cues = [(s.id, c.find) for s in kinds.signals for c in s.cues]
    _raise(faults + _bad_patterns(cues, path.name))
    return kinds


@cache
def load_headings(path: Path = FOLDER / "headings.yaml") -> Headings:
    """Read the heading rules. Raises DefinitionError with all faults."""
    headings = load(path, Headings)
    cues = [(r.question, f) for r in headings.headings for f in r.find]
    cues += [("titles", t) for t in headings.titles]
    _raise(_bad_patterns(cues, path.name))
    return headings


def _bad_patterns(cues: list[tuple[str, str]], name: str) -> list[str]:
    faults = []
    for where, pattern in cues:
        try:
            re.compile(pattern)
        except re.error as error:
            faults.append(f"ogiltigt mönster {pattern!r}: {error} @ {name} ({where})")
    return faults


def _raise(faults: list[str]) -> None:
    if faults:
        raise DefinitionError(faults)
