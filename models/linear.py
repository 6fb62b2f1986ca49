"""Logistic regression over named features: fitted by scikit-learn, applied by numpy alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, repeat
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from models.shares import Matrix, of_classes, of_questions

Features = Mapping[str, float]


@dataclass(frozen=True)
class Linear:
    """Logistic regressions on the same features.

    `weights` has shape (outputs, names), `bias` (outputs,). Features it does not know are ignored.
    Outputs are the classes of one question (`probabilities`) or questions of their own (`chances`).
    """

    outputs: tuple[str, ...]
    names: tuple[str, ...]
    weights: Matrix
    bias: Matrix

    @cached_property
    def _column(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.names)}

    @cached_property
    def _by_name(self) -> Matrix:
        """Return the weights with a row for each name; the last, -1, is of unknown names."""
        return np.vstack([self.weights.T, np.zeros((1, len(self.outputs)), np.float32)])

    def knows(self, name: str) -> bool:
        """Whether a feature was seen often enough in training to count."""
        return name in self._column

    def probabilities(self, rows: Sequence[Features]) -> list[dict[str, float]]:
        """Return the probability of each class for each row, not yet calibrated."""
        return of_classes(self.outputs, self._scores(rows))

    def chances(self, row: Features) -> dict[str, float]:
        """Return the probability of each output of a row by itself, not yet calibrated."""
        return dict(zip(self.outputs, self.shares([row])[0].tolist(), strict=True))

    def shares(self, rows: Sequence[Features]) -> Matrix:
        """Return `chances` of many rows, shape (rows, outputs)."""
        return of_questions(self._scores(rows))

    def _scores(self, rows: Sequence[Features]) -> Matrix:
        """Return each row's scores, shape (rows, outputs); all rows are looked up in one pass."""
        scores = np.tile(self.bias, (len(rows), 1))
        told = [i for i, row in enumerate(rows) if row]
        if told:
            ends = list(accumulate(len(rows[i]) for i in told))
            named = map(self._column.get, chain.from_iterable(rows), repeat(-1))
            values = chain.from_iterable(row.values() for row in rows)
            parts = self._by_name[np.fromiter(named, np.intp, ends[-1])]
            parts *= np.fromiter(values, np.float32, ends[-1])[:, None]
            scores[told] += np.add.reduceat(parts, [0, *ends[:-1]])
        return scores


def fit(rows: Sequence[Features], target: Sequence[str], strength: float, least: int = 2) -> Linear:
    """Fit the classes of one question; deterministic.

    `strength` is scikit-learn's C, `least` how often a feature must occur. With one class only, or
    no feature that occurs so often, the model says how common each class is.
    """
    classes = tuple(sorted(set(target)))
    names, matrix = _matrix(rows, least)
    if len(classes) == 1 or not names:
        counted = Counter(target)
        shares = [log(counted[c] / len(target)) for c in classes]
        return _stored(classes, (), np.zeros((len(classes), 0)), shares)
    model = _model(strength).fit(matrix, list(target))
    weights, bias = model.coef_, model.intercept_
    if len(classes) == 2:  # scikit-learn keeps one row for two classes
        weights = np.vstack([np.zeros_like(weights), weights])
        bias = np.concatenate([np.zeros_like(bias), bias])
    return _stored(classes, names, weights, bias)


def fit_each(
    rows: Sequence[Features], targets: Mapping[str, Sequence[bool]], strength: float, least: int = 2
) -> Linear:
    """Fit yes or no for each output by itself, on the same rows; deterministic.

    An output that is always yes, or always no, or that no feature could tell, has the odds of
    Laplace's rule.
    """
    names, matrix = _matrix(rows, least)
    weights = np.zeros((len(targets), len(names)))
    bias = np.zeros(len(targets))
    for i, answers in enumerate(targets.values()):
        yes = sum(answers)
        if not names or yes in (0, len(answers)):
            bias[i] = log((yes + 1) / (len(answers) - yes + 1))
        else:
            model = _model(strength).fit(matrix, list(answers))
            weights[i], bias[i] = model.coef_[0], model.intercept_[0]
    return _stored(tuple(targets), names, weights, bias)


def _matrix(rows: Sequence[Features], least: int) -> tuple[tuple[str, ...], Any]:
    """Return the names seen in at least `least` rows, and the rows as a sparse matrix."""
    from scipy.sparse import csr_matrix

    seen = Counter(name for row in rows for name in row)
    names = tuple(sorted(name for name, n in seen.items() if n >= least))
    column = {name: i for i, name in enumerate(names)}
    known = [[(column[name], v) for name, v in row.items() if name in column] for row in rows]
    ends = [0, *accumulate(map(len, known))]
    columns = [i for row in known for i, _ in row]
    values = [v for row in known for _, v in row]
    return names, csr_matrix((values, columns, ends), shape=(len(rows), len(names)))


def _model(strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=400, tol=1e-3)


def _stored(
    outputs: Sequence[str], names: tuple[str, ...], weights: npt.ArrayLike, bias: npt.ArrayLike
) -> Linear:
    """Return the model in half precision, as it is stored: just trained or loaded, it says one."""
    half = np.asarray(weights, np.float16).astype(np.float32)
    return Linear(tuple(map(str, outputs)), names, half, np.asarray(bias, np.float32))
