"""Intervals of counts: exact, inside the possible, and never blaming what a person decided."""

from __future__ import annotations

from itertools import product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.intervals import interval, poisson_binomial
from pipeline.tables.types import Interval

chances = st.lists(st.floats(0.0, 1.0), max_size=40)


@pytest.mark.parametrize(
    ("count", "probabilities", "expected"),
    [
        (0, [], Interval(0, 0)),
        (2, [1.0, 1.0, 0.0], Interval(2, 2)),  # reviewed: certain
        (1, [0.5], Interval(0, 1)),
        (60, [1.0] * 60 + [0.001] * 10, Interval(60, 60)),
        (3, [0.9, 0.9, 0.9, 0.0], Interval(1, 3)),
    ],
)
def test_known_intervals(count, probabilities, expected):
    assert interval(count, probabilities) == expected


def test_many_small_doubts_on_one_side_widen_the_interval_to_the_count():
    found = interval(0, [0.05] * 148)  # 7.4 are expected, none was counted
    assert found.lower == 0
    assert found.upper >= 12


def test_equal_chances_give_the_binomial_distribution():
    n, p = 200, 0.3
    expected = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    assert np.allclose(poisson_binomial(np.full(n, p)), expected, atol=1e-12)


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8))
def test_distribution_equals_enumeration(probabilities):
    expected = [0.0] * (len(probabilities) + 1)
    for outcome in product((0, 1), repeat=len(probabilities)):
        expected[sum(outcome)] += prod(
            p if yes else 1 - p for p, yes in zip(probabilities, outcome, strict=True)
        )
    assert np.allclose(poisson_binomial(np.array(probabilities)), expected, atol=1e-12)


@given(chances, st.data())
def test_interval_holds_the_count_and_stays_within_the_possible(probabilities, data):
    count = data.draw(st.integers(0, len(probabilities)))
    found = interval(count, probabilities)
    assert 0 <= found.lower <= count <= found.upper <= len(probabilities)


def test_interval_covers_the_truth_as_often_as_it_claims():
    rng = np.random.default_rng(7)
    probabilities = rng.uniform(0.02, 0.98, 60)
    found = interval(int((probabilities > 0.5).sum()), list(probabilities))
    truths = (rng.random((4000, 60)) < probabilities).sum(axis=1)
    covered = ((truths >= found.lower) & (truths <= found.upper)).mean()
    assert 0.95 <= covered < 0.995
