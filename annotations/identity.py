"""Points for and against two submissions being about one project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.strict import load

FILE = Path(__file__).with_name("identity.yaml")


@dataclass(frozen=True)
class IdentityPoints:
    """`identity.yaml`: what each kind of evidence is worth, and the thresholds."""

    join: float
    sure: float
    conflict: float
    same_number: float
    title_same: float
    title_alike: float
    title_other: float
    title_unlike: float
    title_same_from: float
    title_alike_from: float
    title_other_below: float
    period_same: float
    period_start: float
    period_overlap: float
    period_apart: float
    amount_same: float
    amount_other: float
    amount_applied: float
    goal_same: float
    goal_same_from: float
    goal_other: float
    goal_other_below: float
    stages: float
    same_stage: float
    same_interim: float
    copy: float
    place_unknown: float


@cache
def load_identity(path: Path = FILE) -> IdentityPoints:
    """Read the points. Raises DefinitionError."""
    return load(path, IdentityPoints)
