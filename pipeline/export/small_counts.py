"""Small counts hidden so that no reader can reckon them out again.

Method: cell suppression with exact protection levels. The small cells are hidden first; then, for
one small cell after another, the cheapest further cells are hidden so that two whole-number tables
exist that agree with all that is still shown, one in which the cell is at most 1 and one in which
it is at least the largest small count. Kelly, Golden and Assad (1992), "Cell suppression:
disclosure protection for sensitive tabular data", Networks 22, 397–417, for the order of work;
Fischetti and Salazar (2000), "Models and algorithms for optimizing cell suppression in tabular data
with linear constraints", JASA 95, 916–928, for the model with fixed costs that is solved here, cell
by cell (so the number of hidden cells is small, not proven least). Hundepool et al. (2012),
"Statistical Disclosure Control", Wiley, chapter 4, for the audit.

What a reader is taken to know: every shown figure, every relation given, that counts are whole and
not negative. Not: which of the hidden cells were small, for all are marked alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

SECONDS = 20.0  # for one cell; what is found by then protects, though more may be hidden than need


class SuppressionError(Exception):
    """No choice of cells to hide protects the small ones. The text is Swedish."""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure. `cost` is what hiding it costs; None for what is known whatever is printed."""

    value: int
    cost: float | None = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """What holds between cells: the sum of factor × cell is nought, or at most nought.

    ```
    total = a + b        →  Relation(((0, 1), (1, -1), (2, -1)))
    part is within whole →  Relation(((3, 1), (0, -1)), equal=False)
    ```
    """

    terms: tuple[tuple[int, int], ...]
    equal: bool = True

    def holds(self, values: Sequence[int]) -> bool:
        """Tell whether the relation is true of some values."""
        total = sum(factor * values[cell] for cell, factor in self.terms)
        return total == 0 if self.equal else total <= 0


def hide(counts: Sequence[Count], relations: Sequence[Relation], least: int) -> frozenset[int]:
    """Return the cells to hide so that counts 1 … `least` - 1 stay unknown within that range.

    Relations must be true of the counts. Raises SuppressionError where nothing protects them,
    which can only be where small figures are known whatever is printed.
    """
    small = [i for i, c in enumerate(counts) if 0 < c.value < least and c.cost is not None]
    hidden = set(small)
    for part in _connected(counts, relations):
        if hidden.isdisjoint(part):
            continue
        own = [r for r in relations if not part.isdisjoint(cell for cell, _ in r.terms)]
        inside = part | {cell for relation in own for cell, _ in relation.terms}
        _protect(sorted(inside), counts, own, least, hidden)
    return frozenset(hidden)


def _protect(
    inside: list[int],
    counts: Sequence[Count],
    relations: Sequence[Relation],
    least: int,
    hidden: set[int],
) -> None:
    """Hide more of the cells `inside` (which nothing unknown ties to others) until all are safe."""
    model = _Model(inside, counts, relations, least)
    small = [i for i in inside if i in hidden]
    low = {i for i in small if counts[i].value <= 1}
    high = {i for i in small if counts[i].value >= least - 1}
    # Cells that can hide behind few others first: what they need often serves the rest too.
    for cell in sorted(small, key=lambda i: (-counts[i].value, i)):
        for done, at_most in ((low, True), (high, False)):
            if cell in done:
                continue
            table = model.another(cell, at_most, hidden)
            hidden |= {i for i in inside if table[i] != counts[i].value}
            # A table that agrees with all that is shown vouches for every small cell in it.
            low |= {i for i in small if table[i] <= 1}
            high |= {i for i in small if table[i] >= least - 1}


class _Model:
    """The mixed-integer programme of one connected part, built once and asked many times.

    Columns: the cells' values, then for each cell whether it may differ from what is printed.
    """

    def __init__(
        self,
        inside: list[int],
        counts: Sequence[Count],
        relations: Sequence[Relation],
        least: int,
    ) -> None:
        self._inside = inside
        self._counts = counts
        self._least = least
        n = len(inside)
        at = {cell: column for column, cell in enumerate(inside)}
        self._values = np.array([counts[i].value for i in inside], dtype=float)
        # Enough room for any cell to grow by what one protected cell may need, and its sums too.
        self._most = float(self._values.max() + n * least)
        matrix = np.zeros((len(relations), 2 * n))
        for row, relation in enumerate(relations):
            for cell, factor in relation.terms:
                matrix[row, at[cell]] += factor
        self._matrix = matrix
        self._lower = np.array([0.0 if r.equal else -np.inf for r in relations])

    def another(self, cell: int, at_most: bool, hidden: Collection[int]) -> dict[int, int]:
        """Return a table with the cell low or high that differs where it costs least."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        n, values = len(self._inside), self._values
        free = np.array([i in hidden for i in self._inside])
        costs = [self._counts[i].cost for i in self._inside]
        fixed = np.array([c is None for c in costs])
        lower = np.concatenate([np.where(fixed, values, 0), np.zeros(n)])
        upper = np.concatenate([np.where(fixed, values, self._most), np.ones(n)])
        column = self._inside.index(cell)
        if at_most:
            upper[column] = 1
        else:
            lower[column] = self._least - 1
        price = np.array([0.0 if c is None or f else c for c, f in zip(costs, free, strict=True)])
        # A printed cell moves only where its switch is on: |x - value| <= room × switch.
        tied = np.flatnonzero(~free & ~fixed)
        above, below = np.zeros((len(tied), 2 * n)), np.zeros((len(tied), 2 * n))
        for row, k in enumerate(tied):
            above[row, [k, n + k]] = 1, -(self._most - values[k])
            below[row, [k, n + k]] = 1, values[k]
        answer = milp(
            np.concatenate([np.zeros(n), price]),
            integrality=np.ones(2 * n),
            bounds=Bounds(lower, upper),
            constraints=[
                LinearConstraint(self._matrix, self._lower, np.zeros(len(self._lower))),
                LinearConstraint(above, -np.inf, values[tied]),
                LinearConstraint(below, values[tied], np.inf),
            ],
            options={"time_limit": SECONDS},
        )
        if answer.x is None:
            raise SuppressionError(
                "Små tal går inte att dölja: för mycket är känt ändå. Redovisa större grupper."
            )
        return dict(zip(self._inside, (round(x) for x in answer.x[:n]), strict=True))


def _connected(counts: Sequence[Count], relations: Iterable[Relation]) -> list[set[int]]:
    """Part the cells into sets that no relation ties together. What is known ties nothing."""
    home = {i: {i} for i, count in enumerate(counts) if count.cost is not None}
    for relation in relations:
        together: set[int] = set()
        for cell, _ in relation.terms:
            together |= home.get(cell, set())
        for cell in together:
            home[cell] = together
    parts = {min(part): part for part in home.values()}
    return [parts[first] for first in sorted(parts)]
