"""The interval of a change, hand-reckoned and by simulation; when chance hardly explains it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.intervals import Pool, interval
from pipeline.tables.rounds_change import Measured, chance, counted, difference, improbable

EXACT = Measured(10, 10, 10)


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        # (13 [10, 14]) - (8 [4, 12]): 5 - √(3² + 4²) = 0, 5 + √(1² + 4²) = 9.12 → 9
        (Measured(13, 10, 14), Measured(8, 4, 12), Measured(5, 0, 9)),
        # Beside a figure without error the change is as sure as the other one.
        (Measured(13, 10, 14), EXACT, Measured(3, 0, 4)),
        (EXACT, Measured(13, 10, 14), Measured(-3, -4, 0)),
        (EXACT, Measured(4, 4, 4), Measured(6, 6, 6)),
    ],
)
def test_change_of_counts(now, then, expected):
    assert counted(difference(now, then)) == expected


def test_change_of_shares_is_of_each_rounds_own_projects():
    found = difference(Measured(30, 27, 31).of(100), Measured(20, 16, 20).of(40))
    assert (found.value, found.lower, found.upper) == pytest.approx(
        (-0.2, -0.2 - 0.03, -0.2 + np.hypot(0.01, 0.1))
    )


MEASURED = st.tuples(st.integers(0, 200), st.integers(0, 30), st.integers(0, 30)).map(
    lambda t: Measured(t[0], max(0, t[0] - t[1]), t[0] + t[2])
)


@given(MEASURED, MEASURED)
def test_change_turned_around_is_the_same_with_the_other_sign(a, b):
    one, other = difference(a, b), difference(b, a)
    assert (one.value, one.lower, one.upper) == pytest.approx(
        (-other.value, -other.upper, -other.lower)
    )
    assert one.lower <= one.value <= one.upper


@pytest.mark.slow
@pytest.mark.parametrize(
    ("projects", "share", "doubt", "least", "most"),
    [
        (148, 0.5, 0.4, 0.93, 0.97),
        (148, 0.5, 0.1, 0.93, 0.97),
        (148, 0.3, 0.2, 0.94, 0.995),
        (1000, 0.5, 0.2, 0.93, 0.97),
        # Where hardly anything is in doubt whole numbers hold the truth more often than 95 %.
        (148, 0.05, 0.1, 0.97, 1.0),
    ],
)
def test_interval_of_a_change_holds_the_true_one(projects, share, doubt, least, most):
    """Pairs of rounds whose codings are right as often as they say, the truth drawn 200 times."""
    rng = np.random.default_rng(20)
    held = []
    for _ in range(150):
        now, true_now = _coded(rng, projects, share, doubt)
        then, true_then = _coded(rng, int(projects * 0.7), min(share * 1.2, 0.6), doubt)
        change = counted(difference(now, then))
        true = true_now - true_then
        held.append(((true >= change.lower) & (true <= change.upper)).mean())
    assert least <= np.mean(held) <= most


def _coded(rng, projects, share, doubt):
    chances = np.where(
        rng.random(projects) < share,
        1 - doubt * rng.random(projects),
        doubt * rng.random(projects),
    )
    holds = chances > 0.5
    pools = [Pool(1 - chances[holds], missing=False), Pool(chances[~holds], missing=True)]
    count = int(holds.sum())
    found = interval(count, pools)
    truths = (rng.random((200, projects)) < chances).sum(axis=1)
    return Measured(count, found.lower, found.upper), truths


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # The tea tasting: 3 of 4 against 1 of 4 → (16 + 1 + 16 + 1) / 70
        ((3, 4), (1, 4), 34 / 70),
        ((4, 4), (0, 4), 2 / 70),
        ((5, 10), (5, 10), 1.0),
        ((0, 3), (0, 7), 1.0),
    ],
)
def test_chance(first, second, expected):
    assert chance(*first, *second) == pytest.approx(expected)
    assert chance(*second, *first) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (Measured(90, 85, 95), Measured(30, 30, 30), True),
        (Measured(50, 48, 52), Measured(45, 45, 45), False),  # small
        (Measured(60, 35, 65), Measured(38, 38, 40), False),  # what was coded may explain it
        (Measured(15, 15, 15), Measured(38, 38, 38), False),  # less than a fifth of 148
    ],
)
def test_only_large_changes_that_nothing_explains_are_told(now, then, expected):
    assert improbable(now, 148, then, 148) is expected


def test_few_projects_may_differ_by_chance():
    assert not improbable(Measured(3, 3, 3), 4, Measured(1, 1, 1), 4)
