"""How far a change between two rounds may be from the truth, and when chance hardly explains it.

Docs: docs/rounds.md. Only the counts and their intervals are needed, so that a round of which
nothing but its tables is left can be compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, floor, lgamma, sqrt

LARGE = 0.2  # of all projects: the least change of a share that is worth a person's look
RARE = 0.001  # how seldom chance alone may give so different shares
_ROUNDING = 1e-7


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure and the ends of its interval; a figure without one has itself as both ends."""

    value: float
    lower: float
    upper: float

    def of(self, whole: int) -> Measured:
        """Return the same as a share (0–1) of `whole` projects."""
        return Measured(self.value / whole, self.lower / whole, self.upper / whole)


def difference(now: Measured, then: Measured) -> Measured:
    """Return now - then with its 95 % interval, the two figures' errors independent (MOVER).

    Each end is as far from the difference as the two ends behind it are together, added as
    standard deviations are (Zou and Donner 2008).
    """
    value = now.value - then.value
    below = sqrt((now.value - now.lower) ** 2 + (then.upper - then.value) ** 2)
    above = sqrt((now.upper - now.value) ** 2 + (then.value - then.lower) ** 2)
    return Measured(value, value - below, value + above)


def counted(change: Measured) -> Measured:
    """Return a change of counts in whole projects, its ends to the nearest one away from it."""
    below = floor(change.value - change.lower + 0.5)
    above = floor(change.upper - change.value + 0.5)
    return Measured(change.value, change.value - below, change.value + above)


def improbable(now: Measured, projects_now: int, then: Measured, projects_then: int) -> bool:
    """Tell whether a change is large, and neither errors of coding nor chance explain it.

    Of all counts that the intervals allow, the two that differ least are compared: were all
    projects of both rounds one lot, so unequal shares would come less than once in 1 000 times.
    """
    shares = now.of(projects_now), then.of(projects_then)
    if abs(shares[0].value - shares[1].value) < LARGE:
        return False
    if shares[0].lower > shares[1].upper:
        nearest = round(now.lower), round(then.upper)
    elif shares[0].upper < shares[1].lower:
        nearest = round(now.upper), round(then.lower)
    else:
        return False
    return chance(nearest[0], projects_now, nearest[1], projects_then) < RARE


def chance(first: int, of_first: int, second: int, of_second: int) -> float:
    """Return how probable shares at least as unequal are by chance (Fisher's exact test)."""
    total, holding = of_first + of_second, first + second
    whole = _log_choose(total, holding)

    def log_probability(k: int) -> float:
        return _log_choose(of_first, k) + _log_choose(of_second, holding - k) - whole

    seen = log_probability(first) + _ROUNDING
    possible = range(max(0, holding - of_second), min(of_first, holding) + 1)
    return min(1.0, sum(exp(p) for k in possible if (p := log_probability(k)) <= seen))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
