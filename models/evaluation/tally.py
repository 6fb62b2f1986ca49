"""Counts of one comparison as an array, project by project, so that projects can be resampled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotations.codebook import Codebook
from annotations.gold import Cell
from models.evaluation.types import GROUPS, CodedCell, GoldReport

TP, FP, FN, GOLD, CODED, CELLS, AUTO, AUTO_WRONG, ROLES, ROLES_RIGHT = range(10)
KINDS = 10
Cells = Mapping[Cell, CodedCell]


@dataclass(frozen=True, slots=True)
class Tally:
    """`counts[project, kind of count, column]` is 0 or 1; `columns` are leaves, then groups.

    Groups have no status of their own, so they count towards none of the automatic cells.
    """

    columns: tuple[Cell, ...]
    leaves: int
    counts: npt.NDArray[np.int8]

    def where(self, variable: str, category: str = "") -> list[int]:
        """Return the columns of a variable or of one category."""
        return [
            i for i, c in enumerate(self.columns) if c[0] == variable and category in ("", c[1])
        ]


def tally(gold: Sequence[GoldReport], coded: Mapping[str, Cells], codebook: Codebook) -> Tally:
    """Compare every cell. A cell that the results lack is not coded, and automatic."""
    leaves = tuple((c.variable, c.id) for c in codebook.leaves())
    groups = {
        (GROUPS, g.id): [leaves.index((v.id, c.id)) for c in v.parts(g.id)]
        for v in codebook.variables
        for g in v.groups
    }
    counts = np.zeros((len(gold), KINDS, len(leaves) + len(groups)), dtype=np.int8)
    roled = {i for i, cell in enumerate(leaves) if codebook.variable(cell[0]).roles}
    uncounted = uncounted_values(codebook)
    for row, report in zip(counts, gold, strict=True):
        _fill(row, report, coded.get(report.id, {}), leaves, uncounted, roled)
        for column, parts in enumerate(groups.values(), start=len(leaves)):
            row[GOLD, column] = row[GOLD, parts].max()
            row[CODED, column] = row[CODED, parts].max()
    true, found = counts[:, GOLD], counts[:, CODED]
    counts[:, TP] = true & found
    counts[:, FP] = found & (1 - true)
    counts[:, FN] = true & (1 - found)
    counts[:, AUTO_WRONG] = counts[:, AUTO] & (true ^ found)
    return Tally((*leaves, *groups), len(leaves), counts)


def uncounted_values(codebook: Codebook) -> frozenset[str]:
    """Return the values of a cell that count as not coded: "", and roles that tables leave out."""
    roles = (r for v in codebook.variables for r in v.roles)
    return frozenset({"", *(r.id.value for r in roles if not r.counted)})


def _fill(
    row: npt.NDArray[np.int8],
    report: GoldReport,
    coded: Cells,
    leaves: Sequence[Cell],
    uncounted: frozenset[str],
    roled: Collection[int],
) -> None:
    for column, cell in enumerate(leaves):
        true, mine = report.values[cell], coded.get(cell)
        value = mine.value if mine else ""
        holds, held = true not in uncounted, value not in uncounted
        row[GOLD, column], row[CODED, column] = holds, held
        row[CELLS, column] = 1
        row[AUTO, column] = mine is None or mine.automatic
        if holds and held and column in roled:
            row[ROLES, column], row[ROLES_RIGHT, column] = 1, true == value
