"""Classes of a map: few, side by side, over the whole range; nought apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.drawing import PAPER, contrast
from pipeline.report.map_classes import MOST, NOUGHT, SHADES, class_of, classes

PUBLISHED = (4, 5, 2, 4, 7, 2, 3, 3, 1, 10, 13, 6, 8, 5, 9, 22, 10, 11, 19, 4, 3)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (PUBLISHED, ["1–3", "4–5", "6–9", "10–22"]),
        ((0, 0, 0), ["0"]),
        ((7,), ["7"]),
        ((0, 5, 5), ["0", "5"]),
        ((None, None), []),
        ((1, 2, 3, 4), ["1", "2", "3", "4"]),
        ((3, 3, 3, 900_000_000), ["3", "900000000"]),
        ((-2, 0, 2), ["−2", "0", "2"]),
        (
            (117, 233, 412, 451, 780, 960, 1_240, 2_110),
            ["117–400", "401–500", "501–1000", "1001–2110"],
        ),
    ],
)
def test_classes_have_round_limits_where_they_may(values, labels):
    found = [c.label.replace("\N{NO-BREAK SPACE}", "") for c in classes(values)]
    assert found == labels


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**12), st.integers(0, 9)), max_size=21))
def test_every_value_has_one_class_and_no_class_is_empty(values):
    found = classes(values)
    known = [v for v in values if v is not None]
    assert len(found) <= MOST + 1
    for value in known:
        assert sum(c.low <= value <= c.high for c in found) == 1
        assert class_of(value, found).low <= value
    for one in found:
        assert any(one.low <= v <= one.high for v in known)
    if known:
        assert (found[0].low, found[-1].high) == (min(known), max(known))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=21))
def test_classes_lie_side_by_side_and_darken(values):
    found = classes(values)
    positive = [c for c in found if c.low > 0]
    if len(set(values) - {0}) > MOST:
        assert all(a.high + 1 == b.low for a, b in pairwise(positive))
    darkness = [contrast(c.shade, PAPER) for c in found]
    assert darkness == sorted(set(darkness))


def test_nought_is_a_class_of_its_own_and_white():
    nought, *rest = classes((0, 1, 1, 5, 9, 30, 31))
    assert (nought.low, nought.high, nought.shade) == (0, 0, NOUGHT)
    assert all(c.shade != NOUGHT for c in rest)


def test_shades_differ_in_grey_by_like_steps():
    steps = [contrast(a, b) for a, b in pairwise((NOUGHT, *SHADES))]
    assert min(steps) > 1.4
    assert contrast(NOUGHT, SHADES[-1]) > 7
