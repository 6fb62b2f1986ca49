"""Boosted trees over named features: fitted by scikit-learn, applied by numpy alone.

Gradient boosting after Friedman (2001): one tree a class and round, on the multinomial deviance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Features = Mapping[str, float]
Numbers = npt.NDArray[np.int32]
Values = npt.NDArray[np.float64]
LEAF = -1
ROUNDS, RATE, DEPTH, LEAST = 200, 0.05, 3, 10  # rounds, learning rate, depth, cases in a leaf
SHARE_OF_ROWS, SHARE_OF_FEATURES = 0.7, 0.3  # what each tree sees; the rest keeps trees apart
SEED = 0


@dataclass(frozen=True)
class Trees:
    """Trees as flat arrays, one entry a node.

    `feature` is the column a node asks about (LEAF for none); at most `limit` goes to `left`, else
    to `right`; `value` is what a leaf adds to the score of the tree's class. `roots` has shape
    (rounds, classes); `start` is each class's score before any tree.
    """

    classes: tuple[str, ...]
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
        table = np.zeros((len(rows), len(self.names) + 1), np.float32)  # the last column is LEAF's
        column = self._column
        for i, features in enumerate(rows):
            known = [name for name in features if name in column]
            table[i, [column[name] for name in known]] = [features[name] for name in known]
        each = np.arange(len(rows))[:, None, None]
        at = np.broadcast_to(self.roots, (len(rows), *self.roots.shape))
        while ((asked := self.feature[at]) != LEAF).any():
            onward = np.where(table[each, asked] <= self.limit[at], self.left[at], self.right[at])
            at = np.where(asked == LEAF, at, onward)
        scores = self.start + self.value[at].sum(axis=1)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = (odds / odds.sum(axis=1, keepdims=True)).tolist()
        return [dict(zip(self.classes, row, strict=True)) for row in shares]


def fit(rows: Sequence[Features], target: Sequence[str]) -> Trees:
    """Fit on feature rows; deterministic. Raises ValueError with fewer than three classes."""
    from sklearn.ensemble import GradientBoostingClassifier

    if len(set(target)) < 3:  # scikit-learn then keeps one tree a round instead of one a class
        raise ValueError("boosted trees need at least three classes")
    names = tuple(sorted({name for row in rows for name in row}))
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)), np.float32)
    for i, row in enumerate(rows):
        for name, value in row.items():
            matrix[i, column[name]] = value
    model = GradientBoostingClassifier(
        n_estimators=ROUNDS,
        learning_rate=RATE,
        max_depth=DEPTH,
        min_samples_leaf=LEAST,
        subsample=SHARE_OF_ROWS,
        max_features=SHARE_OF_FEATURES,
        random_state=SEED,
    ).fit(matrix, list(target))
    shares = np.array([list(target).count(c) for c in model.classes_]) / len(target)
    return _flat(tuple(str(c) for c in model.classes_), names, np.log(shares), model.estimators_)


def _flat(classes: tuple[str, ...], names: tuple[str, ...], start: Values, grown: Any) -> Trees:
    trees = [one.tree_ for one in grown.ravel()]
    first = np.cumsum([0, *(t.node_count for t in trees[:-1])])
    leaves = [t.children_left == LEAF for t in trees]
    return Trees(
        classes,
        names,
        start,
        first.reshape(grown.shape).astype(np.int32),
        np.concatenate(
            [np.where(e, LEAF, t.feature) for t, e in zip(trees, leaves, strict=True)]
        ).astype(np.int32),
        np.concatenate([t.threshold for t in trees]),
        np.concatenate([t.children_left + n for t, n in zip(trees, first, strict=True)]).astype(
            np.int32
        ),
        np.concatenate([t.children_right + n for t, n in zip(trees, first, strict=True)]).astype(
            np.int32
        ),
        RATE * np.concatenate([t.value[:, 0, 0] for t in trees]),
    )
