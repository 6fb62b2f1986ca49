"""Words by which an answer about the goals tells what came of them: data with a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from annotations.statements import LEXICON
from annotations.strict import load

Family = Literal["reached", "begun", "failed", "partly", "direction", "unknown", "later", "opinion"]
Apart = Literal["aside", "before", "hedged", "meant", "set"]


@dataclass(frozen=True)
class Outcomes:
    """Patterns by what they tell; the file explains each, `joints` to `past_endings` are words.

    `weight` is what an answer's clauses count together, `details` what its single words keep then;
    `elsewhere` what other answers count, by their sentences with `near` and those after a `goal`.
    `set_in` and `worked_in` are the questions that ask for the goals and for the work done; in the
    answers to `opening` the first words may be the verdict.
    """

    weight: float
    details: float
    elsewhere: float
    set_in: str
    worked_in: str
    opening: tuple[str, ...]
    heading: tuple[str, ...]
    near: tuple[str, ...]
    near_told: tuple[str, ...]
    pointing: tuple[str, ...]
    speaking: tuple[str, ...]
    goal: tuple[str, ...]
    narrow: tuple[str, ...]
    joints: tuple[str, ...]
    joined: tuple[str, ...]
    contrast: tuple[str, ...]
    bare: tuple[str, ...]
    none: tuple[str, ...]
    joint_pairs: tuple[str, ...]
    even_if: tuple[str, ...]
    answers: tuple[str, ...]
    refusal: tuple[str, ...]
    except_for: tuple[str, ...]
    all: tuple[str, ...]
    some: tuple[str, ...]
    of: tuple[str, ...]
    times: tuple[str, ...]
    that: tuple[str, ...]
    relative: tuple[str, ...]
    back: tuple[str, ...]
    points: tuple[str, ...]
    nominal: tuple[str, ...]
    fillers: tuple[str, ...]
    no_verbs: tuple[str, ...]
    past_endings: tuple[str, ...]
    families: Mapping[Family, tuple[str, ...]]
    findings: tuple[str, ...]
    can: tuple[str, ...]
    apart: Mapping[Apart, tuple[str, ...]]
    whole: tuple[str, ...]
    every: tuple[str, ...]
    parts: tuple[str, ...]
    summing: tuple[str, ...]
    products: Mapping[str, tuple[str, ...]]
    effects: tuple[str, ...]
    drafts: tuple[str, ...]
    purpose: tuple[str, ...]
    negations: tuple[str, ...]
    limits: tuple[str, ...]
    praise: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    minor: tuple[str, ...]
    disclaimed: tuple[str, ...]

    def patterns(self) -> dict[str, tuple[str, ...]]:
        """Return all patterns by name."""
        by_name: dict[str, tuple[str, ...]] = {}
        by_name.update((str(name), words) for name, words in self.families.items())
        by_name.update((str(name), words) for name, words in self.apart.items())
        return by_name | {
            "near": self.near,
            "near_told": self.near_told,
            "goal": self.goal,
            "findings": self.findings,
            "can": self.can,
            "whole": self.whole,
            "every": self.every,
            "parts": self.parts,
            "summing": self.summing,
            "negations": self.negations,
            "limits": self.limits,
            "praise": self.praise,
            "yes": self.yes,
            "no": self.no,
            "minor": self.minor,
            "disclaimed": self.disclaimed,
        }


@cache
def load_outcomes() -> Outcomes:
    """Read the words. Raises DefinitionError."""
    return load(LEXICON / "statements" / "outcomes.yaml", Outcomes)
