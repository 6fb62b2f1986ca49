"""Boosted trees: applied as scikit-learn applies them, and the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier

from models import trees


def examples(n=300):
    numbers = np.random.default_rng(1).random((n, 6)).astype(np.float32).round(2)
    target = np.where(numbers[:, 0] > 0.6, "a", np.where(numbers[:, 1] > 0.5, "b", "c"))
    rows = [{f"x{i}": float(v) for i, v in enumerate(row)} for row in numbers]
    return numbers, rows, target.tolist()


def test_the_arrays_say_what_scikit_learn_says():
    numbers, rows, target = examples()
    own = trees.fit(rows, target)
    peer = GradientBoostingClassifier(
        n_estimators=trees.ROUNDS,
        learning_rate=trees.RATE,
        max_depth=trees.DEPTH,
        min_samples_leaf=trees.LEAST,
        subsample=trees.SHARE_OF_ROWS,
        max_features=trees.SHARE_OF_FEATURES,
        random_state=trees.SEED,
    ).fit(numbers, target)
    said = np.array([list(p.values()) for p in own.probabilities(rows)])
    assert own.classes == tuple(peer.classes_)
    np.testing.assert_allclose(said, peer.predict_proba(numbers), atol=1e-9)


def test_it_learns_and_a_feature_it_does_not_know_changes_nothing():
    _, rows, target = examples()
    model = trees.fit(rows, target)
    said = model.probabilities(rows)
    assert said == model.probabilities([{**row, "nobody": 1.0} for row in rows])
    right = [max(p, key=p.__getitem__) == wanted for p, wanted in zip(said, target, strict=True)]
    assert sum(right) / len(rows) > 0.95
    assert model.probabilities([]) == []


def test_two_trainings_give_the_same_arrays():
    _, rows, target = examples()
    one, two = trees.fit(rows, target), trees.fit(rows, target)
    for name in ("start", "roots", "feature", "limit", "left", "right", "value"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_two_classes_are_refused():
    with pytest.raises(ValueError, match="three classes"):
        trees.fit([{"a": 1.0}, {"a": 0.0}], ["x", "y"])
