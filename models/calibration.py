"""From a model's score to the probability that a decided value is right, and when to trust it.

Isotonic calibration after Zadrozny & Elkan (2002), by variable, in steps of many cells. One
threshold on the probability for all variables, by fixed-sequence testing of the error rate
(Angelopoulos et al. 2021, Learn then Test): from the surest cells downwards, as long as an exact
binomial test over cells and a t bound over writers both say that the share of wrong cells among the
automatic ones is below the promise, the latter for a batch by as few as BATCH new writers. And none
is automatic that is wrong oftener than one in twenty by its own probability: what is sure enough on
the whole may hide doubtful cells among many plain ones.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import mean, stdev
from typing import NamedTuple

PROMISE = 0.01  # share of wrong cells among the automatic ones
DELTA = 0.05  # how often the promise may fail to hold for new reports like these
SURE = 0.95  # the least probability of any automatic cell
NEVER = 2.0  # no probability reaches it
BATCH = 1  # writers in the smallest batch the promise is to hold for
STEP = 100  # cells a probability rests on at least, so that its standard error is at most .05


@dataclass(frozen=True, slots=True)
class Calibration:
    """A step function from scores to probabilities: `values[i]` holds from `scores[i]` on.

    It was fitted on `cells` cells, of which `wrong` had a wrong value.
    """

    scores: tuple[float, ...]
    values: tuple[float, ...]
    cells: int
    wrong: int

    def probability(self, score: float) -> float:
        """Return the probability that a value decided with this score is right."""
        return self.values[max(bisect_right(self.scores, score) - 1, 0)]


def calibrate(scores: Sequence[float], right: Sequence[bool], least: int = STEP) -> Calibration:
    """Fit on cells that were not trained on: their scores (0–1) and whether the value was right.

    Each step rests on at least `least` cells, where there are so many: isotonic regression alone
    follows the chance of a handful of cells, and new reports then bear out its low steps badly.
    """
    from sklearn.isotonic import IsotonicRegression

    fitted = IsotonicRegression(y_min=0.0, y_max=1.0).fit(list(scores), [float(r) for r in right])
    steps = _merged(_steps(fitted.predict(list(scores)), scores, right), least)
    # Laplace's rule keeps a step without a wrong cell from promising certainty.
    values = accumulate(((step.right + 1) / (step.cells + 2) for step in steps), max)
    return Calibration(
        tuple(step.score for step in steps), tuple(values), len(right), len(right) - sum(right)
    )


def threshold(
    probabilities: Sequence[float],
    right: Sequence[bool],
    writers: Sequence[str],
    promise: float = PROMISE,
) -> float:
    """Return the lowest probability, SURE at least, down to which the promise is shown to hold.

    Shown twice: over cells, and for a batch by BATCH new writers.
    `writers` says who wrote the report of each cell. Too few cells to show it give NEVER, which no
    probability reaches.
    """
    from scipy.stats import binom

    found = NEVER
    cells = list(zip(probabilities, right, writers, strict=True))
    for level in sorted({p for p in probabilities if p >= SURE}, reverse=True):
        kept = [(ok, w) for p, ok, w in cells if p >= level]
        wrong = sum(not ok for ok, _ in kept)
        # The surest cells may be too few to show anything; testing begins where it can succeed.
        if (1 - promise) ** len(kept) > DELTA:
            continue
        if binom.cdf(wrong, len(kept), promise) > DELTA or _by_writer(kept) > promise:
            break
        found = level
    return found


def _by_writer(kept: Sequence[tuple[bool, str]]) -> float:
    """Return the upper bound of the share of wrong cells in a batch by BATCH new writers.

    One writer's mistakes come together, which a test cell by cell does not know: Student's t
    prediction bound of the mean of BATCH writers like these.
    """
    from scipy.stats import t

    told: dict[str, list[bool]] = {}
    for ok, writer in kept:
        told.setdefault(writer, []).append(ok)
    shares = [1 - sum(oks) / len(oks) for oks in told.values()]
    if len(shares) < 2:
        return 1.0
    of_mean = stdev(shares) * math.sqrt(1 / len(shares) + 1 / BATCH)
    return mean(shares) + float(t.ppf(1 - DELTA, len(shares) - 1)) * of_mean


class _Step(NamedTuple):
    score: float  # the lowest in the step
    cells: int
    right: int


def _steps(fitted: Sequence[float], scores: Sequence[float], right: Sequence[bool]) -> list[_Step]:
    """Return the steps of the fitted curve, by rising score."""
    blocks: dict[float, list[tuple[float, bool]]] = {}
    for value, score, ok in zip(fitted, scores, right, strict=True):
        blocks.setdefault(float(value), []).append((score, ok))
    return sorted(
        _Step(min(s for s, _ in block), len(block), sum(ok for _, ok in block))
        for block in blocks.values()
    )


def _merged(steps: list[_Step], least: int) -> list[_Step]:
    """Merge the smallest step with the neighbour most like it until all have `least` cells."""
    steps = list(steps)
    while len(steps) > 1:
        i = min(range(len(steps)), key=lambda i: steps[i].cells)
        if steps[i].cells >= least:
            break
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(steps)]
        j = min(beside, key=lambda j: abs(_share(steps[j]) - _share(steps[i])))
        lower, upper = steps[min(i, j)], steps[max(i, j)]
        both = _Step(lower.score, lower.cells + upper.cells, lower.right + upper.right)
        steps[min(i, j) : max(i, j) + 1] = [both]
    return steps


def _share(step: _Step) -> float:
    return step.right / step.cells
