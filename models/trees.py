"""Boosted trees over named features: fitted by scikit-learn, applied by numpy alone.

Gradient boosting after Friedman (2001): one tree an output and round, on the deviance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from models.shares import of_classes

Features = Mapping[str, float]
Numbers = npt.NDArray[np.int32]
Values = npt.NDArray[np.float64]
_Indexes = npt.NDArray[np.intp]
LEAF = -1
SEED = 0


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees grow: rounds, learning rate, depth, cases in a leaf, and what each tree sees.

    A share of rows and of features, so that the trees do not all say the same.
    """

    rounds: int
    rate: float
    depth: int
    least: int
    rows: float
    features: float


@dataclass(frozen=True)
class Trees:
    """Trees as flat arrays, one entry a node.

    `feature` is the column a node asks about (LEAF for none); at most `limit` goes to `left`, else
    to `right`; `value` is what a leaf adds to the score of the tree's output. `roots` has shape
    (rounds, outputs); `start` is each output's score before any tree. Outputs are the classes of
    one question (`probabilities`) or questions of their own (`chances`).
    """

    outputs: tuple[str, ...]
    names: tuple[str, ...]
    start: Values
    roots: Numbers
    feature: Numbers
    limit: Values
    left: Numbers
    right: Numbers
    value: Values

    @cached_property
    def _column(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.names)}

    def probabilities(self, rows: Sequence[Features]) -> list[dict[str, float]]:
        """Return the probability of each class for each row, not yet calibrated."""
        return of_classes(self.outputs, self._scores(rows))

    def chances(self, row: Features) -> dict[str, float]:
        """Return the probability of each output of a row by itself, not yet calibrated."""
        shares = (1 / (1 + np.exp(-self._scores([row])[0]))).tolist()
        return dict(zip(self.outputs, shares, strict=True))

    @cached_property
    def _walk(self) -> tuple[_Indexes, _Indexes, Values, _Indexes]:
        """Return all roots, what each node asks, its limit, and where it leads.

        Where node n leads stands at `2n`, and above its limit at `2n + 1`. A leaf asks the last
        column, which is always 0, and leads to itself.
        """
        leaf = self.feature == LEAF
        asked = np.where(leaf, len(self.names), self.feature)
        limit = np.where(leaf, np.inf, self.limit)
        own = np.arange(len(leaf))
        onward = [np.where(leaf, own, side) for side in (self.left, self.right)]
        roots, ways = self.roots.ravel(), np.stack(onward, axis=1).ravel()
        return roots.astype(np.intp), asked.astype(np.intp), limit, ways.astype(np.intp)

    @cached_property
    def _depth(self) -> int:
        """Return how many questions the longest way from a root to a leaf asks."""
        at, depth = self.roots.ravel(), 0
        while (at := at[self.feature[at] != LEAF]).size:
            at, depth = np.concatenate([self.left[at], self.right[at]]), depth + 1
        return depth

    def _scores(self, rows: Sequence[Features]) -> Values:
        width = len(self.names) + 1
        known = self._column
        told = [0.0] * (len(rows) * width)  # a list: quicker than an array to set one by one
        for i, features in enumerate(rows):
            for name, value in features.items():
                if name in known:
                    told[i * width + known[name]] = value
        cells = np.array(told, np.float32)
        roots, asked, limit, onward = self._walk
        first = (np.arange(len(rows)) * width)[:, None]
        at = np.broadcast_to(roots, (len(rows), len(roots)))
        for _ in range(self._depth):
            above = cells.take(first + asked.take(at)) > limit.take(at)
            at = onward.take(2 * at + above)
        added = self.value.take(at).reshape(len(rows), *self.roots.shape)
        scores: Values = self.start + added.sum(axis=1)
        return scores


def fit(rows: Sequence[Features], target: Sequence[str], growth: Growth) -> Trees:
    """Fit the classes of one question; deterministic. Raises ValueError with fewer than three."""
    if len(set(target)) < 3:  # scikit-learn then keeps one tree a round instead of one a class
        raise ValueError("boosted trees need at least three classes")
    names, matrix = _matrix(rows, growth.least)
    model = _model(growth).fit(matrix, list(target))
    shares = np.array([list(target).count(c) for c in model.classes_]) / len(target)
    columns = [[tree.tree_ for tree in column] for column in model.estimators_.T]
    outputs = tuple(str(c) for c in model.classes_)
    return _flat(outputs, names, np.log(shares), columns, growth)


def fit_each(
    rows: Sequence[Features], targets: Mapping[str, Sequence[bool]], growth: Growth
) -> Trees:
    """Fit yes or no for each output by itself, on the same rows; deterministic.

    An output that is always yes, or always no, gets no trees and the odds of Laplace's rule.
    """
    names, matrix = _matrix(rows, growth.least)
    columns: list[list[Any]] = []
    start: list[float] = []
    for answers in targets.values():
        yes = sum(answers)
        sure = yes in (0, len(answers))
        start.append(log((yes + sure) / (len(answers) - yes + sure)))
        if sure:
            columns.append([])
        else:
            model = _model(growth).fit(matrix, list(answers))
            columns.append([tree.tree_ for tree in model.estimators_[:, 0]])
    return _flat(tuple(targets), names, np.array(start), columns, growth)


def _matrix(
    rows: Sequence[Features], least: int
) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    """Return the names that could part `least` rows from the others, and the rows as numbers."""
    seen = Counter(name for row in rows for name in row)
    names = tuple(sorted(name for name, n in seen.items() if n >= least))
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)), np.float32)
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                matrix[i, column[name]] = value
    return names, matrix


def _model(growth: Growth) -> Any:
    from sklearn.ensemble import GradientBoostingClassifier

    return GradientBoostingClassifier(
        n_estimators=growth.rounds,
        learning_rate=growth.rate,
        max_depth=growth.depth,
        min_samples_leaf=growth.least,
        subsample=growth.rows,
        max_features=growth.features,
        random_state=SEED,
    )


def _flat(
    outputs: tuple[str, ...],
    names: tuple[str, ...],
    start: Values,
    columns: Sequence[Sequence[Any]],
    growth: Growth,
) -> Trees:
    """Return the trees of all outputs as one; node 0 is a leaf that adds nothing."""
    roots = np.zeros((growth.rounds, len(columns)), np.int32)
    parts: list[tuple[Any, ...]] = [([LEAF], [0.0], [0], [0], [0.0])]
    nodes = 1
    for j, trees in enumerate(columns):
        for i, t in enumerate(trees):
            leaf = t.children_left == LEAF
            onward = [np.where(leaf, 0, c + nodes) for c in (t.children_left, t.children_right)]
            added = growth.rate * t.value[:, 0, 0]
            parts.append((np.where(leaf, LEAF, t.feature), t.threshold, *onward, added))
            roots[i, j] = nodes
            nodes += t.node_count
    feature, limit, left, right, value = (np.concatenate(one) for one in zip(*parts, strict=True))
    feature, left, right = (one.astype(np.int32) for one in (feature, left, right))
    return Trees(outputs, names, start, roots, feature, limit, left, right, value)
