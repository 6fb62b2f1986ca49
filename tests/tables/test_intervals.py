"""Intervals of counts: exact, inside the possible, and never blaming what a person decided."""

from __future__ import annotations

from itertools import product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.intervals import Pool, distribution, interval, poisson_binomial
from pipeline.tables.types import Interval

chances = st.lists(st.floats(0.0, 1.0), max_size=40)


@pytest.mark.parametrize(
    ("count", "missed", "wrong", "expected"),
    [
        (0, [], [], Interval(0, 0)),
        (2, [0.0], [0.0, 0.0], Interval(2, 2)),  # reviewed: certain
        (1, [], [0.5], Interval(0, 1)),
        (1, [0.5], [], Interval(1, 2)),
        (60, [0.001] * 10, [0.0] * 60, Interval(60, 60)),
        (3, [0.0], [0.1, 0.1, 0.1], Interval(2, 3)),  # both wrong: 2.8 %
        (3, [], [0.2, 0.2, 0.2], Interval(1, 3)),
    ],
)
def test_known_intervals(count, missed, wrong, expected):
    assert interval(count, [Pool(missed, True), Pool(wrong, False)]) == expected


def test_many_small_doubts_on_one_side_widen_the_interval_to_the_count():
    found = interval(0, [Pool([0.05] * 148, True)])  # 7.4 are expected, none was counted
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
    spread = data.draw(st.floats(0.0, 1.5))
    wrong = Pool(probabilities[:count], False, 1.3, spread)
    missed = Pool(probabilities[count:], True, 0.7, spread)
    found = interval(count, [wrong, missed])
    assert 0 <= found.lower <= count <= found.upper <= len(probabilities)


def test_interval_covers_the_truth_as_often_as_it_claims():
    rng = np.random.default_rng(7)
    probabilities = rng.uniform(0.02, 0.98, 60)
    held = probabilities > 0.5
    wrong, missed = Pool(1 - probabilities[held], False), Pool(probabilities[~held], True)
    found = interval(int(held.sum()), [wrong, missed])
    truths = (rng.random((4000, 60)) < probabilities).sum(axis=1)
    covered = ((truths >= found.lower) & (truths <= found.upper)).mean()
    assert 0.94 <= covered < 0.98


def test_an_unknown_error_rate_widens_an_interval_but_moves_its_middle_little():
    chances = [0.03] * 100
    sure, unsure = distribution(Pool(chances, True)), distribution(Pool(chances, True, 1.0, 0.8))
    mean, mean_unsure = (d @ np.arange(len(d)) for d in (sure, unsure))
    assert mean == pytest.approx(3.0, abs=1e-6)
    assert mean_unsure == pytest.approx(3.0, abs=0.15)
    missed = [interval(5, [Pool(chances, True, 1.0, s)]).upper for s in (0.0, 0.4, 0.8)]
    assert missed == sorted(missed)
    assert missed[0] < missed[2]


def test_ten_thousand_projects_have_the_spread_that_theory_says():
    rng = np.random.default_rng(3)
    chances = rng.random(10_000) * 0.1
    found = interval(5000, [Pool(chances, True, 1.0, 0.5), Pool(chances, False, 1.0, 0.5)])
    spread = 1.96 * np.sqrt(2 * (chances.sum() ** 2 * np.expm1(0.25)))
    assert (found.upper - found.lower) / 2 == pytest.approx(spread, rel=0.2)
