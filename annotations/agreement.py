"""How far two coders agree: Krippendorff's α, F1 and raw agreement, by category and variable.

α after Krippendorff (2004), Content Analysis, ch. 11, nominal scale. A unit is one report and one
category; of a variable all its categories' units are taken together, so an α of a variable is no
mean of its categories' and is not flattered by categories that nobody ever codes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from krippendorff import alpha as krippendorff_alpha

from annotations.gold import Cell

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one category, or on a whole variable where `category` is empty.

    `both`, `first_only` and `second_only` count reports (of a variable: cells). `alpha` compares
    yes with no, `alpha_roles` the roles too (partners only; else the same as `alpha`). α is None
    where nobody coded the category: there is nothing to agree on. `f1` takes the first coder as
    the truth; it is the same the other way round.
    """

    variable: str
    category: str
    units: int
    both: int
    first_only: int
    second_only: int
    alpha: float | None
    alpha_roles: float | None
    f1: float | None

    @property
    def raw(self) -> float:
        """Share of units with the same answer, 0–1."""
        return 1 - (self.first_only + self.second_only) / self.units


def agreement(
    first: Mapping[str, Mapping[Cell, str]], second: Mapping[str, Mapping[Cell, str]]
) -> list[Agreement]:
    """Compare two coders' cells on the reports both coded; variables first, then categories.

    Both map report ids to every cell's value (see `annotations.gold.cells`).
    Raises ValueError where they have no report in common.
    """
    ids = sorted(set(first) & set(second))
    if not ids:
        raise ValueError("the two coders have no report in common")
    by_category: dict[Cell, list[Pair]] = defaultdict(list)
    by_variable: dict[Cell, list[Pair]] = defaultdict(list)
    for id in ids:
        for cell, value in first[id].items():
            pair = (value, second[id][cell])
            by_category[cell].append(pair)
            by_variable[cell[0], ""].append(pair)
    return [_compare(cell, pairs) for cell, pairs in (by_variable | by_category).items()]


def alpha(pairs: Sequence[Pair]) -> float | None:
    """Return α of two coders on a nominal scale, or None where only one value was ever used."""
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return None
    number = {value: i for i, value in enumerate(values)}
    data = np.array([[number[a] for a, _ in pairs], [number[b] for _, b in pairs]])
    domain = list(range(len(values)))
    return float(krippendorff_alpha(data, value_domain=domain, level_of_measurement="nominal"))


def _compare(cell: Cell, pairs: Sequence[Pair]) -> Agreement:
    both = sum(bool(a) and bool(b) for a, b in pairs)
    first = sum(bool(a) and not b for a, b in pairs)
    second = sum(bool(b) and not a for a, b in pairs)
    coded = 2 * both + first + second
    return Agreement(
        variable=cell[0],
        category=cell[1],
        units=len(pairs),
        both=both,
        first_only=first,
        second_only=second,
        alpha=alpha([("ja" if a else "", "ja" if b else "") for a, b in pairs]),
        alpha_roles=alpha(pairs),
        f1=2 * both / coded if coded else None,
    )
