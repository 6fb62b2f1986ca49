"""How far a count may be from the truth: the exact distribution of the errors behind it.

A count is wrong by the projects it misses less those it should not hold. Each pool of possible
errors is a sum of independent yes/no answers whose odds share one unknown factor: what the
probabilities say may be too little or too much for a whole row (docs/margins.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.tables.types import Interval

LEVEL = 0.95
NODES = 7  # of the quadrature over the unknown factor
_ROUNDING = 1e-9
_SURE = 1e-9
_MOST = 48  # different chances; more are gathered into as many bins of equal chances' means
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pool:
    """Possible errors of one kind: `chances[i]` (0–1) that the verdict on project i is wrong.

    `missing` errors are projects that should count and do not, the others the reverse. The odds
    of all are multiplied by one log-normal factor of mean `factor` and log deviation `spread`.
    """

    chances: npt.ArrayLike
    missing: bool
    factor: float = 1.0
    spread: float = 0.0


def interval(count: int, pools: Iterable[Pool], level: float = LEVEL) -> Interval:
    """Return the central interval of the true count (mid-P), widened to hold `count` itself."""
    below, above = np.ones(1), np.ones(1)
    for pool in pools:
        errors = distribution(pool)
        if pool.missing:
            above = np.convolve(above, errors)
        else:
            below = np.convolve(below, errors)
    lower, upper = _central(np.convolve(below[::-1], above), len(below) - 1, level)
    return Interval(count - lower, count + upper)


def distribution(pool: Pool) -> Floats:
    """Return P(errors = k) for k = 0 …, cut where nothing above 1e-9 is left."""
    chances = np.asarray(pool.chances, dtype=float)
    chances, times = np.unique(chances[chances > 0.0], return_counts=True)
    if not len(chances):
        return np.ones(1)
    if len(chances) > _MOST:
        chances, times = _binned(chances, times)
    odds = chances / np.maximum(1.0 - chances, _SURE)
    factors, weights = _factors(pool.spread)
    scaled = pool.factor * factors[:, None] * odds
    mixed = np.clip(weights @ _poisson_binomials(scaled / (1.0 + scaled), times), 0.0, None)
    kept = mixed[: int(np.searchsorted(np.cumsum(mixed), mixed.sum() - _ROUNDING)) + 1]
    return np.asarray(kept / kept.sum())


def poisson_binomial(chances: npt.ArrayLike) -> Floats:
    """Return P(sum = k) for k = 0 … n of n independent yes/no answers."""
    values, times = np.unique(np.asarray(chances, dtype=float), return_counts=True)
    n = int(times.sum())
    pmf = np.zeros(n + 1)
    found = _poisson_binomials(values[None, :], times)[0, : n + 1] if n else np.ones(1)
    pmf[: len(found)] = np.clip(found, 0.0, None)
    return pmf


def _binned(chances: Floats, times: npt.NDArray[np.int64]) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return neighbouring chances as their mean: the sum's mean stays, its variance all but."""
    parts = np.array_split(np.arange(len(chances)), _MOST)
    number = np.array([times[part].sum() for part in parts])
    means = np.array([chances[part] @ times[part] for part in parts]) / number
    return means, number


def _factors(spread: float) -> tuple[Floats, Floats]:
    """Return nodes and weights of a log-normal distribution of mean 1 (Gauss–Hermite)."""
    if spread <= 0.0:
        return np.ones(1), np.ones(1)
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return np.exp(spread * nodes - spread**2 / 2), weights / weights.sum()


def _poisson_binomials(chances: Floats, times: npt.NDArray[np.int64]) -> Floats:
    """Return one distribution for each row of `chances`, whose columns occur `times` times.

    From the characteristic function, at no more frequencies than the sum is likely to need: what
    lies beyond 9 standard deviations and 20 (less than 1e-12) folds back.
    """
    means, variances = chances @ times, (chances * (1.0 - chances)) @ times
    need = int(min((means + 9.0 * np.sqrt(variances)).max() + 20.0, times.sum())) + 1
    size = 1 << (need - 1).bit_length()
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size) - 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(1.0 + chances[:, :, None] * turn)
        spectrum = np.exp(np.einsum("u,kuf->kf", times.astype(float), logs))
    return np.asarray(np.fft.irfft(np.nan_to_num(spectrum), size, axis=1))[:, :need]


def _central(pmf: Floats, zero: int, level: float) -> tuple[int, int]:
    """Return how far below and above index `zero` the central range of mass `level` reaches.

    By mid-P: half of a value's probability lies on either side of it.
    """
    middle = (np.cumsum(pmf) - pmf / 2.0) / pmf.sum()
    tail = (1.0 - level) / 2.0
    inside = np.flatnonzero((middle >= tail - _ROUNDING) & (middle <= 1.0 - tail + _ROUNDING))
    if not len(inside):  # one value has nearly all of it, or two have half each
        inside = np.array([int(pmf.argmax())])
    return max(zero - int(inside[0]), 0), max(int(inside[-1]) - zero, 0)
