"""Logistic regression over named features: fitted by scikit-learn, applied by numpy alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import numpy.typing as npt

Features = Mapping[str, float]
Matrix = npt.NDArray[np.float32]
Row = tuple[npt.NDArray[np.intp], Matrix]


@dataclass(frozen=True)
class Linear:
    """A multinomial logistic regression.

    `weights` has shape (classes, names), `bias` (classes,). Features it does not know are ignored.
    """

    classes: tuple[str, ...]
    names: tuple[str, ...]
    weights: Matrix
    bias: Matrix

    @cached_property
    def _column(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.names)}

    def knows(self, name: str) -> bool:
        """Whether a feature was seen often enough in training to count."""
        return name in self._column

    def probabilities(self, features: Features) -> dict[str, float]:
        """Return the probability of each class, not yet calibrated."""
        return self.of(self.row(features))

    def row(self, features: Features) -> Row:
        """Return the known features as columns and values; models that share `names` share it."""
        count = len(features)
        columns = np.fromiter(map(self._column.get, features, repeat(-1)), np.intp, count)
        values = np.fromiter(features.values(), np.float32, count)
        known = columns >= 0
        return columns[known], values[known]

    def of(self, row: Row) -> dict[str, float]:
        """Return the probabilities of a row of this model, or of one with the same `names`."""
        columns, values = row
        scores = self.weights[:, columns] @ values + self.bias
        odds = np.exp(scores - scores.max())
        return dict(zip(self.classes, (odds / odds.sum()).tolist(), strict=True))


def fit(rows: Sequence[Features], target: Sequence[str], strength: float, least: int = 2) -> Linear:
    """Fit on feature rows; `strength` is scikit-learn's C, `least` how often a feature must occur.

    With one class only, a model that always says that class.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    classes = tuple(sorted(set(target)))
    seen = Counter(name for row in rows for name in row)
    names = tuple(sorted(name for name, n in seen.items() if n >= least))
    column = {name: i for i, name in enumerate(names)}
    if len(classes) == 1:
        return Linear(classes, (), np.zeros((1, 0), np.float32), np.zeros(1, np.float32))
    entries = [
        (i, column[n], v) for i, row in enumerate(rows) for n, v in row.items() if n in column
    ]
    at, of, values = zip(*entries, strict=True)
    matrix = csr_matrix((values, (at, of)), shape=(len(rows), len(names)))
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-3).fit(matrix, list(target))
    # Half precision is what is stored; a coder just trained and one loaded say the same.
    weights = model.coef_.astype(np.float16).astype(np.float32)
    bias = model.intercept_.astype(np.float32)
    if len(classes) == 2:  # scikit-learn keeps one row for two classes
        weights = np.vstack([np.zeros_like(weights), weights])
        bias = np.concatenate([np.zeros_like(bias), bias])
    return Linear(tuple(str(c) for c in model.classes_), names, weights, bias)
