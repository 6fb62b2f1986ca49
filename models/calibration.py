"""From a model's score to the probability that a decided value is right, and when to trust it.

Isotonic calibration after Zadrozny & Elkan (2002), by variable. One threshold on the probability
for all variables, by fixed-sequence testing of the error rate (Angelopoulos et al. 2021, Learn then
Test): from the surest cells downwards, as long as an exact binomial test says that the share of
wrong cells among the automatic ones is below the promise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

PROMISE = 0.01  # share of wrong cells among the automatic ones
DELTA = 0.1  # how often the promise may fail to hold for new reports like these
NEVER = 2.0  # no probability reaches it


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


def calibrate(scores: Sequence[float], right: Sequence[bool]) -> Calibration:
    """Fit on cells that were not trained on: their scores (0–1) and whether the value was right."""
    from sklearn.isotonic import IsotonicRegression

    fitted = IsotonicRegression(y_min=0.0, y_max=1.0).fit(list(scores), [float(r) for r in right])
    xs, ys = _steps(fitted.predict(list(scores)), scores, right)
    return Calibration(xs, ys, len(right), len(right) - sum(right))


def threshold(
    probabilities: Sequence[float], right: Sequence[bool], promise: float = PROMISE
) -> float:
    """Return the lowest probability down to which the promise is shown to hold at every step.

    Too few cells to show it give NEVER, which no probability reaches.
    """
    from scipy.stats import binom

    order = sorted(zip(probabilities, right, strict=True), key=lambda pair: -pair[0])
    found = NEVER
    for level in sorted({p for p, _ in order}, reverse=True):
        kept = [ok for p, ok in order if p >= level]
        # The surest cells may be too few to show anything; testing begins where it can succeed.
        if (1 - promise) ** len(kept) > DELTA:
            continue
        if binom.cdf(len(kept) - sum(kept), len(kept), promise) > DELTA:
            break
        found = level
    return found


def _steps(
    fitted: Sequence[float], scores: Sequence[float], right: Sequence[bool]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the steps. Laplace's rule keeps a step of few cells from promising certainty."""
    blocks: dict[float, list[tuple[float, bool]]] = {}
    for value, score, ok in zip(fitted, scores, right, strict=True):
        blocks.setdefault(float(value), []).append((score, ok))
    steps = sorted(
        (min(s for s, _ in block), (sum(ok for _, ok in block) + 1) / (len(block) + 2))
        for block in blocks.values()
    )
    rising: list[float] = []
    for _, value in steps:
        rising.append(max(value, rising[-1]) if rising else value)
    return tuple(s for s, _ in steps), tuple(rising)
