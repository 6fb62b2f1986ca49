"""What the audit sample says of the automatic cells' errors: how many per one that was expected.

Each rate has a gamma prior about that of the level above it (all cells, variable, category), and
the errors found are Poisson: credibility weighting after Bühlmann & Straub (1970). Cells where the
machine says yes and cells where it says no are kept apart, as are their errors in a count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.tables.margins_assumed import Spread, says_counted
from pipeline.tables.types import Audit

Name = tuple[str, ...]  # () all cells, (variable,), (variable, category)


@dataclass(frozen=True, slots=True)
class Rate:
    """Errors per expected error: `mean`, and the relative `variance` of what is known of it."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Seen:
    """Of audited cells: how many errors their probabilities let expect, and how many there were."""

    expected: float = 0.0
    wrong: float = 0.0


@dataclass(frozen=True)
class Rates:
    """The rates of every category, by what the machine says (True: it counts)."""

    spread: Mapping[str, Spread]
    seen: Mapping[tuple[Name, bool], Seen]

    def of(self, variable: str, category: str, says: bool) -> Rate:
        """Return the rate of the automatic cells of one category."""
        rate, spread = Rate(1.0, 0.0), self._spread(variable)
        levels: tuple[tuple[Name, float], ...] = (
            ((), spread.round),
            ((variable,), spread.variable),
            ((variable, category), spread.category),
        )
        for name, variance in levels:
            rate = _posterior(rate, variance, self.seen.get((name, says), Seen()))
        return rate

    def unaudited(self, variable: str) -> Rate:
        """Return the rate of cells that no audit speaks of: those that wait for a person."""
        spread = self._spread(variable)
        return Rate(1.0, spread.round + spread.variable + spread.waiting)

    def _spread(self, variable: str) -> Spread:
        return self.spread.get(variable) or self.spread["*"]


def rates(audits: Iterable[Audit], spread: Mapping[str, Spread]) -> Rates:
    """Count what the audits found, level by level."""
    expected: dict[tuple[Name, bool], float] = defaultdict(float)
    wrong: dict[tuple[Name, bool], float] = defaultdict(float)
    for audit in audits:
        machine = audit.machine
        says = says_counted(machine)
        for name in ((), (machine.variable,), (machine.variable, machine.category)):
            expected[name, says] += min(max(1.0 - machine.confidence, 0.0), 1.0)
            wrong[name, says] += says != says_counted(audit.decided)
    return Rates(spread, {key: Seen(expected[key], wrong[key]) for key in expected})


def _posterior(above: Rate, variance: float, seen: Seen) -> Rate:
    """Return the rate of one level, given that of the level above and what was seen at this one."""
    if variance <= 0.0:
        return above
    shape = 1.0 / variance
    prior = shape / above.mean
    mean = (shape + seen.wrong) / (prior + seen.expected)
    # What is not known of the level above matters as far as this one still leans on it.
    leaning = shape / (prior + seen.expected) / mean
    return Rate(mean, 1.0 / (shape + seen.wrong) + leaning**2 * above.variance)
