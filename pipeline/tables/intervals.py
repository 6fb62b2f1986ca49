"""How far a count may be from the truth: exact quantiles of a sum of independent yes/no answers.

Assumptions: each probability is right (calibrated) and projects are independent of each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.tables.types import Interval

LEVEL = 0.95
_ROUNDING = 1e-12


def interval(count: int, probabilities: Sequence[float], level: float = LEVEL) -> Interval:
    """Return the central interval of the true count, widened to hold the count itself.

    `probabilities[i]` is the probability (0–1) that project i truly counts. The widening matters
    where many small doubts lie on one side of the count; it can only raise the coverage.
    """
    chances = np.asarray(probabilities, dtype=float)
    certain = int((chances >= 1.0).sum())
    open_ones = chances[(chances > 0.0) & (chances < 1.0)]
    cumulative = np.cumsum(poisson_binomial(open_ones))
    tail = (1.0 - level) / 2.0
    lower = certain + int(np.searchsorted(cumulative, tail - _ROUNDING))
    upper = certain + int(np.searchsorted(cumulative, 1.0 - tail - _ROUNDING))
    return Interval(min(lower, count), max(min(upper, len(chances)), count))


def poisson_binomial(chances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return P(sum = k) for k = 0 … n of n independent yes/no answers, by convolution.

    The answers' distributions are convolved pair by pair, all pairs of a round at once in the
    frequency domain: n log² n operations, error below 1e-12.
    """
    n = len(chances)
    if n == 0:
        return np.ones(1)
    rows = 1 << (n - 1).bit_length()
    pmf = np.zeros((rows, 2))
    pmf[:, 0] = 1.0
    pmf[:n, 0] = 1.0 - chances
    pmf[:n, 1] = chances
    while len(pmf) > 1:
        length = 2 * pmf.shape[1] - 1
        size = 1 << (length - 1).bit_length()
        spectrum = np.fft.rfft(pmf, size, axis=1)
        pmf = np.fft.irfft(spectrum[0::2] * spectrum[1::2], size, axis=1)[:, :length]
    whole = np.clip(pmf[0, : n + 1], 0.0, None)
    return np.asarray(whole / whole.sum())
