"""Whether a confidence is the probability that the counted value is right.

ECE after Naeini, Cooper & Hauskrecht (2015) for the value that was given, also where it is "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from annotations.codebook import Codebook
from models.evaluation.bootstrap import estimate, resampled
from models.evaluation.tally import Cells, uncounted_values
from models.evaluation.types import Bin, Calibration, GoldReport

BINS = 10
_CHANCE_DRAWS = 200
Floats = npt.NDArray[np.float64]


def calibrate(
    gold: Sequence[GoldReport],
    coded: Mapping[str, Cells],
    codebook: Codebook,
    seed: int,
    resamples: int,
) -> tuple[Calibration, tuple[Calibration, ...]]:
    """Return the calibration of all variables together and of each.

    Cells without confidence, and those that the results lack, are left out.
    """
    names = [v.id for v in codebook.variables]
    rows = np.array(list(_judged(gold, coded, names, uncounted_values(codebook))))
    rows = rows.reshape(-1, 4)
    projects = len(gold)
    return (
        _calibration("", rows, projects, seed, resamples),
        tuple(
            _calibration(name, rows[rows[:, 1] == i], projects, seed, resamples)
            for i, name in enumerate(names)
        ),
    )


def _judged(
    gold: Sequence[GoldReport],
    coded: Mapping[str, Cells],
    names: Sequence[str],
    uncounted: frozenset[str],
) -> Iterable[tuple[float, float, float, float]]:
    """Yield project, variable, confidence and whether the counted value was right."""
    for project, report in enumerate(gold):
        for cell, mine in coded.get(report.id, {}).items():
            if mine.confidence is not None:
                right = (report.values[cell] in uncounted) == (mine.value in uncounted)
                yield project, names.index(cell[0]), mine.confidence, right


def _calibration(
    variable: str, rows: Floats, projects: int, seed: int, resamples: int
) -> Calibration:
    confidence, right = rows[:, 2], rows[:, 3]
    if not len(rows):
        nothing = estimate(np.array([np.nan]))
        return Calibration(variable, 0, None, None, nothing, None, None, None, ())
    at = _equal_width(confidence)
    return Calibration(
        variable=variable,
        cells=len(rows),
        confidence=float(confidence.mean()),
        right=float(right.mean()),
        ece=estimate(_ece(_by_project(rows, at, projects, seed, resamples))),
        ece_equal_mass=float(_ece(_sums(confidence, right, _equal_mass(confidence)))),
        ece_by_chance=_by_chance(confidence, at, seed),
        brier=float(((confidence - right) ** 2).mean()),
        bins=_bins(confidence, right, at),
    )


def _equal_width(confidence: Floats) -> npt.NDArray[np.intp]:
    """Return each cell's bin: 0 for 0–0.1 … 9 for 0.9–1, the upper end in the upper bin."""
    return np.minimum((confidence * BINS + 1e-9).astype(np.intp), BINS - 1)


def _equal_mass(confidence: Floats) -> npt.NDArray[np.intp]:
    """Return each cell's bin of ten about equally large ones; equal confidences stay together."""
    edges = np.unique(np.quantile(confidence, np.linspace(0, 1, BINS + 1)[1:-1]))
    return np.searchsorted(edges, confidence, side="left").astype(np.intp)


def _sums(confidence: Floats, right: Floats, at: npt.NDArray[np.intp]) -> Floats:
    """Return sums[kind, bin]: cells, confidence, right."""
    size = max(BINS, int(at.max()) + 1)
    return np.stack([np.bincount(at, w, size) for w in (np.ones(len(at)), confidence, right)])


def _ece(sums: Floats) -> Floats:
    """Return Σ |right − confidence| / cells; the last axes of `sums` are kind and bin."""
    cells = sums[..., 0, :].sum(axis=-1)
    apart = np.abs(sums[..., 2, :] - sums[..., 1, :]).sum(axis=-1)
    return np.asarray(np.divide(apart, cells, out=np.full_like(apart, np.nan), where=cells > 0))


def _by_project(
    rows: Floats, at: npt.NDArray[np.intp], projects: int, seed: int, resamples: int
) -> Floats:
    sums = np.zeros((projects, 3, BINS))
    project = rows[:, 0].astype(np.intp)
    for kind, weight in enumerate((np.ones(len(rows)), rows[:, 2], rows[:, 3])):
        np.add.at(sums[:, kind], (project, at), weight)
    return resampled(sums, seed, resamples)


def _by_chance(confidence: Floats, at: npt.NDArray[np.intp], seed: int) -> float:
    random = np.random.default_rng(seed)
    drawn = (
        _ece(_sums(confidence, (random.random(len(confidence)) < confidence).astype(float), at))
        for _ in range(_CHANCE_DRAWS)
    )
    return float(np.mean(list(drawn)))


def _bins(confidence: Floats, right: Floats, at: npt.NDArray[np.intp]) -> tuple[Bin, ...]:
    sums = _sums(confidence, right, at)
    return tuple(
        Bin(i / BINS, (i + 1) / BINS, int(n), float(c / n), float(r / n))
        for i, (n, c, r) in enumerate(sums.T)
        if n
    )
