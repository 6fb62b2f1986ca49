"""`flow.yaml`: why projects go no further, the list's columns, thresholds; strictly read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.strict import DefinitionError, load
from pipeline.projects.types import Step

FILE = Path(__file__).with_name("flow.yaml")


@dataclass(frozen=True)
class StepWords:
    """How a step is told in Swedish: those that reached it, that did not, that nobody knows of."""

    label: str
    not_: str
    unknown: str


@dataclass(frozen=True)
class Reason:
    """Why a project goes no further than the step before `step`."""

    id: str
    step: Step
    label: str
    about: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of the list of granted projects, with the other names it is known by."""

    id: str
    label: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewRules:
    """From how many points papers that are not joined are shown to a person, and how many."""

    near: float
    most: int
    weak: tuple[str, ...]


@dataclass(frozen=True)
class CopyRules:
    """From which likeness (0–1) two papers are the same, and two answers (0–100) say the same."""

    text: float
    scanned: float
    letters: int
    same_answer: float
    same_scanned: float


@dataclass(frozen=True)
class VersionRules:
    """How much two reports of one period must be alike for one to be the other's new version."""

    alike: float


@dataclass(frozen=True)
class FlowWords:
    """The whole of flow.yaml."""

    steps: dict[str, dict[str, str]]
    reasons: tuple[Reason, ...]
    columns: tuple[Column, ...]
    example: dict[str, str]
    review: ReviewRules
    versions: VersionRules
    copies: CopyRules
    newer: tuple[str, ...]

    def reason(self, id: str) -> Reason:
        """Return a reason by its id; raises KeyError."""
        return {r.id: r for r in self.reasons}[id]

    def step(self, step: Step) -> StepWords:
        """Return how a step is told."""
        words = self.steps[step.value]
        return StepWords(words["label"], words["not"], words["unknown"])


@cache
def load_words(path: Path = FILE) -> FlowWords:
    """Read flow.yaml. Raises DefinitionError with all faults."""
    words = load(path, FlowWords)
    if faults := [f"{fault} @ {path.name}" for fault in _faults(words)]:
        raise DefinitionError(faults)
    return words


def _faults(words: FlowWords) -> Iterator[str]:
    if set(words.steps) != {s.value for s in Step}:
        yield "steps ska vara precis: " + ", ".join(Step)
    for name, said in words.steps.items():
        if set(said) != {"label", "not", "unknown"}:
            yield f"steps.{name} ska ha precis label, not och unknown"
    ids = [r.id for r in words.reasons]
    yield from (f"skälet {id!r} står två gånger" for id in set(ids) if ids.count(id) > 1)
    names = [n for c in words.columns for n in (c.id, *c.names)]
    yield from (f"kolumnen {n!r} står två gånger" for n in set(names) if names.count(n) > 1)
    if set(words.example) != {c.id for c in words.columns}:
        yield "example ska ha precis listans kolumner"
    for pattern in words.newer:
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"newer: {pattern!r} är inget mönster ({error})"
