from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from pipeline.export.small_counts import Count, Relation, SuppressionError, hide

LEAST = 5


def interval(
    cell: int, values: Sequence[int], relations: Sequence[Relation], hidden: frozenset[int]
) -> tuple[float, float, float, float]:
    """What an attacker reckons out: least and greatest value, in fractions and in whole numbers."""
    n = len(values)
    rows = np.zeros((len(relations), n))
    for r, relation in enumerate(relations):
        for i, factor in relation.terms:
            rows[r, i] += factor
    equal = np.array([r.equal for r in relations], dtype=bool)
    bounds = [(0, 10_000) if i in hidden else (v, v) for i, v in enumerate(values)]
    goal = np.zeros(n)
    goal[cell] = 1
    found: list[float] = []
    for sign in (1, -1):
        answer = linprog(
            sign * goal,
            A_ub=rows[~equal] if (~equal).any() else None,
            b_ub=np.zeros((~equal).sum()) if (~equal).any() else None,
            A_eq=rows[equal] if equal.any() else None,
            b_eq=np.zeros(equal.sum()) if equal.any() else None,
            bounds=bounds,
        )
        assert answer.status == 0
        found.append(sign * answer.fun)
    for sign in (1, -1):
        whole = milp(
            sign * goal,
            integrality=np.ones(n),
            bounds=Bounds([b[0] for b in bounds], [b[1] for b in bounds]),
            constraints=LinearConstraint(
                rows, np.where(equal, 0, -np.inf), np.zeros(len(relations))
            ),
        )
        found.append(sign * whole.fun)
    return found[0], found[1], found[2], found[3]


def grid(rows: list[list[int]]) -> tuple[list[Count], list[Relation]]:
    """A table with its row sums, column sums and grand total."""
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    width = len(full[0])
    counts = [Count(v) for row in full for v in row]
    relations = [
        Relation(((r * width + width - 1, 1), *((r * width + c, -1) for c in range(width - 1))))
        for r in range(len(full))
    ]
    last = (len(full) - 1) * width
    relations += [
        Relation(((last + c, 1), *((r * width + c, -1) for r in range(len(full) - 1))))
        for c in range(width)
    ]
    return counts, relations


def check(counts: list[Count], relations: list[Relation]) -> frozenset[int]:
    """Hide, then audit every small cell; returns what was hidden."""
    values = [c.value for c in counts]
    assert all(r.holds(values) for r in relations)
    hidden = hide(counts, relations, LEAST)
    for i, value in enumerate(values):
        if 0 < value < LEAST:
            assert i in hidden
            low, high, whole_low, whole_high = interval(i, values, relations, hidden)
            assert high - low >= LEAST - 2 - 1e-6
            assert whole_low <= 1
            assert whole_high >= LEAST - 1
    return hidden


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=2, max_size=5
        )
    )
)
def test_no_small_cell_of_a_table_with_sums_can_be_reckoned_out(rows: list[list[int]]) -> None:
    check(*grid(rows))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2**4 - 1), min_size=5, max_size=40))
def test_nor_of_parts_within_wholes(projects: list[int]) -> None:
    """Three parts that overlap, the group of what has any of them, and all projects, known."""
    parts = [sum(p >> k & 1 for p in projects) for k in range(3)]
    group = sum(p & 7 > 0 for p in projects)
    rest = len(projects) - group
    counts = [*map(Count, parts), Count(group, 3), Count(rest), Count(len(projects), None)]
    relations = [Relation(((k, 1), (3, -1)), equal=False) for k in range(3)]
    relations.append(Relation(((3, 1), (0, -1), (1, -1), (2, -1)), equal=False))
    relations.append(Relation(((5, 1), (3, -1), (4, -1))))
    check(counts, relations)


@pytest.mark.parametrize(
    ("rows", "least_hidden"),
    [
        # One small cell in a table with sums needs three more: the corners of a rectangle.
        ([[3, 20, 30], [20, 20, 20], [30, 20, 20]], 4),
        # Two in one row hide each other there, but not in their columns.
        ([[3, 3, 30], [20, 20, 20], [30, 20, 20]], 4),
        # Four corners are all small: nothing more.
        ([[4, 4, 30], [4, 4, 20], [30, 20, 20]], 4),
        ([[20, 20], [30, 30]], 0),
        ([[0, 20], [30, 30]], 0),
    ],
)
def test_no_more_is_hidden_than_needed(rows: list[list[int]], least_hidden: int) -> None:
    assert len(check(*grid(rows))) == least_hidden


def test_one_and_one_tell_two_when_the_sum_is_shown() -> None:
    # 1 + 1 = 2 is all small; 1 + 0 + 5 = 6 must not leave the 1 alone.
    assert check(*_column([1, 1])) == {0, 1, 2}
    assert {0, 2} <= check(*_column([1, 0, 5]))


def _column(values: list[int]) -> tuple[list[Count], list[Relation]]:
    counts = [*map(Count, values), Count(sum(values), 9)]
    total = len(values)
    return counts, [Relation(((total, 1), *((i, -1) for i in range(total))))]


def test_what_is_known_anyway_cannot_be_hidden() -> None:
    counts = [Count(2), Count(3, None), Count(5, None)]
    with pytest.raises(SuppressionError, match="går inte att dölja"):
        hide(counts, [Relation(((2, 1), (0, -1), (1, -1)))], LEAST)


def test_dear_cells_are_left_where_cheap_ones_do() -> None:
    counts = [Count(2), Count(20, 1), Count(20, 50), Count(42, 100)]
    assert hide(counts, [Relation(((3, 1), (0, -1), (1, -1), (2, -1)))], LEAST) == {0, 1}


def test_the_auditor_does_find_a_leak() -> None:
    counts, relations = _column([3, 20, 30])
    low, high, *_ = interval(0, [c.value for c in counts], relations, frozenset({0}))
    assert (low, high) == (3, 3)
