"""The intervals of all figures of a round at once: the same numbers as `pipeline.tables.intervals`.

One recursion over projects for all pools of errors together, in place of one transform a pool.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.tables import intervals

LONGEST = 64  # errors of one pool; figures that may need more go to the product's own code
Floats = npt.NDArray[np.float64]


def bounds(
    counts: npt.NDArray[np.int64], chances: Floats, factors: Floats, spreads: Floats
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return lower and upper bounds of each figure.

    `chances[project, figure, pool]` are those of four pools, nought where a project is not in it:
    the first two of projects that are missing, the others of projects that are too many. `factors`
    and `spreads` are `[figure, pool]`.
    """
    projects, figures, pools = chances.shape
    flat = -np.sort(-chances.reshape(projects, -1), axis=0)
    lengths = (flat > 0).sum(axis=0)
    order = np.argsort(-lengths, kind="stable")
    nodes, weights = np.polynomial.hermite_e.hermegauss(intervals.NODES)
    weights = weights / weights.sum()
    spread = spreads.reshape(-1)[order, None]
    scale = factors.reshape(-1)[order, None] * np.exp(spread * nodes - spread**2 / 2)
    odds = flat[:, order] / np.maximum(1.0 - flat[:, order], 1e-9)
    scaled = odds[:, :, None] * scale
    scaled = scaled / (1.0 + scaled)
    means, variances = scaled.sum(axis=0), (scaled * (1 - scaled)).sum(axis=0)
    long = np.zeros(len(order), dtype=bool)
    long[order] = (
        np.minimum(means + 9 * np.sqrt(variances) + 20, lengths[order, None]).max(axis=1) >= LONGEST
    )
    pmf = np.zeros((len(order), len(nodes), LONGEST))
    pmf[:, :, 0] = 1.0
    for t in range(int(lengths.max(initial=0))):
        n = int((lengths > t).sum())
        now, chance = pmf[:n], scaled[t, :n, :, None]
        moved = now[:, :, :-1] * chance
        now *= 1.0 - chance
        now[:, :, 1:] += moved
    mixed = np.empty((len(order), LONGEST))
    mixed[order] = np.einsum("k,pkl->pl", weights, pmf)
    spectrum = np.fft.rfft(mixed.reshape(figures, pools, LONGEST), 4 * LONGEST, axis=2)
    both = spectrum[:, 0] * spectrum[:, 1] * np.conj(spectrum[:, 2] * spectrum[:, 3])
    errors = np.roll(np.fft.irfft(both, 4 * LONGEST, axis=1), 2 * LONGEST, axis=1)
    lower, upper = counts.copy(), counts.copy()
    for f in np.flatnonzero(chances.any(axis=(0, 2))):
        if long.reshape(figures, pools)[f].any():
            found = intervals.interval(
                int(counts[f]),
                [
                    intervals.Pool(chances[:, f, p], p < 2, factors[f, p], spreads[f, p])
                    for p in range(pools)
                ],
            )
            lower[f], upper[f] = found.lower, found.upper
        else:
            below, above = intervals._central(np.clip(errors[f], 0, None), 2 * LONGEST, 0.95)
            lower[f], upper[f] = counts[f] - below, counts[f] + above
    return lower, upper
