"""What people did in a round's review, as the report tells it: how much, how long, how alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bounded:
    """A figure with the ends of its 95 % interval, None where there is too little to tell them."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far two blind coders agree on a variable, or on everything (`variable` "").

    `agreed` of `items` questions were answered alike. `alpha` is Krippendorff's, None where only
    one answer was ever given: then there is nothing to agree on by chance.
    """

    variable: str
    items: int
    agreed: int
    alpha: Bounded | None


@dataclass(frozen=True, slots=True)
class AuditedShare:
    """Of `audited` automatic answers to a variable (to all: "") that people checked, the wrong.

    `low` and `high` bound the share (0–1) of wrong ones at 95 %, exactly (Clopper–Pearson).
    """

    variable: str
    audited: int
    wrong: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effort:
    """The review of one round as it stands.

    Questions: `asked` of a person in all, of which `decided`, `undecidable`, `disputed` (two blind
    coders differ) and the rest waiting. `changed` were decided otherwise than proposed. `people`
    have decisions that stand. `seconds` is their time at work, reckoned from `timed` decisions on
    the page (those from a workbook have no times); `first` and `last` are days. `drawn` automatic
    questions are the audit sample, `audited` what it has shown so far.
    """

    asked: int = 0
    decided: int = 0
    undecidable: int = 0
    disputed: int = 0
    changed: int = 0
    people: int = 0
    seconds: float = 0.0
    timed: int = 0
    first: date | None = None
    last: date | None = None
    drawn: int = 0
    audited: tuple[AuditedShare, ...] = ()
    agreement: tuple[Agreed, ...] = ()
