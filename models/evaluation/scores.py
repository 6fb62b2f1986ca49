"""Precision, recall, F1, roles, automatic cells and table error, from counts and resamples.

Agrees with the development material's scorer: a precision or recall of nothing counts as 0, F1
is over positive cells, macro F1 and table error over categories with enough gold.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from annotations.codebook import Codebook
from models.evaluation.bootstrap import at_most, estimate, resampled
from models.evaluation.tally import (
    AUTO,
    AUTO_WRONG,
    CELLS,
    CODED,
    FN,
    FP,
    GOLD,
    ROLES,
    ROLES_RIGHT,
    TP,
    Tally,
)
from models.evaluation.types import GROUPS, Scores

ENOUGH = 3  # projects with the code in gold, for a category to weigh in macro F1 and table error
Figures = npt.NDArray[np.float64]


def score(
    tally: Tally, codebook: Codebook, seed: int, resamples: int
) -> tuple[Scores, tuple[Scores, ...], tuple[Scores, ...]]:
    """Return the scores of everything, of each variable and of each category.

    The groups of the partners stand as a variable of their own, last; they are in the table
    error of everything and in nothing else of it.
    """
    sums = resampled(tally.counts, seed, resamples)
    leaves = list(range(tally.leaves))
    names = [v.id for v in codebook.variables]
    if len(tally.columns) > tally.leaves:
        names.append(GROUPS)
    return (
        _scores(sums, "", "", leaves, range(len(tally.columns))),
        tuple(_scores(sums, name, "", tally.where(name)) for name in names),
        tuple(_scores(sums, *cell, [i]) for i, cell in enumerate(tally.columns)),
    )


def _scores(
    sums: Figures,
    variable: str,
    category: str,
    columns: Sequence[int],
    tabled: Sequence[int] | None = None,
) -> Scores:
    pooled = sums[..., columns].sum(axis=-1)
    tp, fp, fn = pooled[:, TP], pooled[:, FP], pooled[:, FN]
    precision, recall, f1 = _prf(tp, fp, fn)
    gold = sums[0, GOLD]
    frequent = [i for i in columns if gold[i] >= ENOUGH]
    tabled = [i for i in (columns if tabled is None else tabled) if gold[i] >= ENOUGH]
    apart = np.abs(sums[:, GOLD, tabled] - sums[:, CODED, tabled]).sum(axis=-1)
    whole = [int(n) for n in pooled[0]]
    return Scores(
        variable=variable,
        category=category,
        gold=whole[GOLD],
        coded=whole[CODED],
        tp=whole[TP],
        fp=whole[FP],
        fn=whole[FN],
        cells=whole[CELLS],
        automatic=whole[AUTO],
        automatic_wrong=whole[AUTO_WRONG],
        precision=estimate(precision),
        recall=estimate(recall),
        f1=estimate(f1),
        macro_f1=estimate(_macro(sums, frequent)),
        role_accuracy=estimate(_share(pooled[:, ROLES_RIGHT], pooled[:, ROLES])),
        coverage=estimate(_share(pooled[:, AUTO], pooled[:, CELLS])),
        auto_error=estimate(_share(pooled[:, AUTO_WRONG], pooled[:, AUTO])),
        at_most=at_most(whole[AUTO_WRONG], whole[AUTO]),
        table_error=estimate(_share(apart, sums[:, GOLD, tabled].sum(axis=-1))),
    )


def _prf(tp: Figures, fp: Figures, fn: Figures) -> tuple[Figures, Figures, Figures]:
    """Return precision, recall and F1; undefined (nan) only where nobody coded anything."""
    seen = tp + fp + fn > 0
    precision = np.where(seen, np.nan_to_num(_share(tp, tp + fp)), np.nan)
    recall = np.where(seen, np.nan_to_num(_share(tp, tp + fn)), np.nan)
    f1 = np.nan_to_num(_share(2 * precision * recall, precision + recall))
    return precision, recall, np.where(seen, f1, np.nan)


def _macro(sums: Figures, columns: Sequence[int]) -> Figures:
    """Return the mean F1 of categories; one that a resample has lost is left out of its mean."""
    f1 = _prf(sums[:, TP, columns], sums[:, FP, columns], sums[:, FN, columns])[2]
    return _share(np.nansum(f1, axis=-1), (~np.isnan(f1)).sum(axis=-1).astype(np.float64))


def _share(part: Figures, whole: Figures) -> Figures:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)
