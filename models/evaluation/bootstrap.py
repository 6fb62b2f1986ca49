"""Percentile bootstrap over projects, seeded, and the exact bound where no error was seen.

Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13. Cells of one project depend
on each other, so whole projects are drawn.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

import numpy as np
import numpy.typing as npt

from models.evaluation.types import Estimate

LEVEL = 0.95
_CHUNK = 50  # resamples at a time; keeps twenty thousand projects under 100 MB


def resampled(
    counts: npt.NDArray[np.generic], seed: int, resamples: int
) -> npt.NDArray[np.float64]:
    """Return sums over projects: `counts[project, …]` → `[1 + resamples, …]`, the real sum first.

    Two arrays with as many projects and the same seed are resampled alike.
    """
    projects, shape = len(counts), counts.shape[1:]
    flat = counts.reshape(projects, -1).astype(np.float64)
    random = np.random.default_rng(seed)
    even = np.full(projects, 1 / projects)
    sums = [flat.sum(axis=0, keepdims=True)]
    for done in range(0, resamples, _CHUNK):
        drawn = random.multinomial(projects, even, size=min(_CHUNK, resamples - done))
        sums.append(drawn.astype(np.float64) @ flat)
    return np.concatenate(sums).reshape(-1, *shape)


def estimate(figures: npt.NDArray[np.float64]) -> Estimate:
    """Return a figure with its interval; `figures[0]` is the figure, nan where undefined.

    Resamples in which the figure is undefined are left out.
    """
    value, drawn = figures[0], figures[1:]
    drawn = drawn[~np.isnan(drawn)]
    if np.isnan(value):
        return Estimate(None)
    if not len(drawn):
        return Estimate(float(value))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Estimate(float(value), float(low), float(high))


def at_most(wrong: int, of: int) -> float | None:
    """Return the exact (Clopper–Pearson) 97.5 % upper bound of a share; None of nothing."""
    if of == 0:
        return None
    if wrong == of:
        return 1.0
    low, high = wrong / of, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, of, middle) > 0.025 else (low, middle)
    return high


def _at_most(wrong: int, of: int, share: float) -> float:
    """Return P(X ≤ wrong) of a binomial."""
    if share >= 1:
        return 0.0
    a, b = log(share), log1p(-share)
    return sum(
        exp(lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * a + (of - k) * b)
        for k in range(wrong + 1)
    )
