"""Boosted trees: applied as scikit-learn applies them, and the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier

from models import trees

GROWTH = trees.Growth(rounds=60, rate=0.1, depth=3, least=8, rows=0.7, features=0.5)


def examples(n=300):
    numbers = np.random.default_rng(1).random((n, 6)).astype(np.float32).round(2)
    target = np.where(numbers[:, 0] > 0.6, "a", np.where(numbers[:, 1] > 0.5, "b", "c"))
    rows = [{f"x{i}": float(v) for i, v in enumerate(row)} for row in numbers]
    return numbers, rows, target.tolist()


def grown(numbers, target):
    return GradientBoostingClassifier(
        n_estimators=GROWTH.rounds,
        learning_rate=GROWTH.rate,
        max_depth=GROWTH.depth,
        min_samples_leaf=GROWTH.least,
        subsample=GROWTH.rows,
        max_features=GROWTH.features,
        random_state=trees.SEED,
    ).fit(numbers, target)


def test_the_arrays_say_what_scikit_learn_says():
    numbers, rows, target = examples()
    own = trees.fit(rows, target, GROWTH)
    peer = grown(numbers, target)
    said = np.array([list(p.values()) for p in own.probabilities(rows)])
    assert own.outputs == tuple(peer.classes_)
    np.testing.assert_allclose(said, peer.predict_proba(numbers), atol=1e-9)


def test_outputs_by_themselves_say_what_scikit_learn_says_of_each():
    numbers, rows, target = examples()
    targets = {c: [t == c for t in target] for c in "cab"}
    own = trees.fit_each(rows, targets, GROWTH)
    assert own.outputs == ("c", "a", "b")
    said = [own.chances(row) for row in rows]
    for c, answers in targets.items():
        wanted = grown(numbers, answers).predict_proba(numbers)[:, 1]
        np.testing.assert_allclose([one[c] for one in said], wanted, atol=1e-9)


def test_an_output_without_two_answers_gets_the_odds_of_laplaces_rule():
    _, rows, target = examples()
    n = len(rows)
    targets = {"a": [t == "a" for t in target], "never": [False] * n, "always": [True] * n}
    said = trees.fit_each(rows, targets, GROWTH).chances(rows[0])
    assert said["never"] == pytest.approx(1 / (n + 2))
    assert said["always"] == pytest.approx((n + 1) / (n + 2))


def test_a_name_too_rare_to_part_a_leaf_is_left_out():
    _, rows, target = examples()
    seldom = [{**row, "rare": 1.0} if i < GROWTH.least - 1 else row for i, row in enumerate(rows)]
    assert "rare" not in trees.fit(seldom, target, GROWTH).names


def test_it_learns_and_a_feature_it_does_not_know_changes_nothing():
    _, rows, target = examples()
    model = trees.fit(rows, target, GROWTH)
    said = model.probabilities(rows)
    assert said == model.probabilities([{**row, "nobody": 1.0} for row in rows])
    right = [max(p, key=p.__getitem__) == wanted for p, wanted in zip(said, target, strict=True)]
    assert sum(right) / len(rows) > 0.95
    assert model.probabilities([]) == []


def test_two_trainings_give_the_same_arrays():
    _, rows, target = examples()
    one, two = trees.fit(rows, target, GROWTH), trees.fit(rows, target, GROWTH)
    for name in ("start", "roots", "feature", "limit", "left", "right", "value"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_two_classes_are_refused():
    with pytest.raises(ValueError, match="three classes"):
        trees.fit([{"a": 1.0}, {"a": 0.0}], ["x", "y"], GROWTH)
