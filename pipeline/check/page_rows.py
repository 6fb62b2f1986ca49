"""The rows of a page: words that stand level, parted into cells where the gaps are wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.check.grids import value

_LEVEL = 0.5
"""Words whose baselines differ by less than this many heights stand in one row."""

_GAP = 0.75
"""Cells of a row stand further apart than this many heights; words within one do not."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or the words of one cell."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row of the page, its cells from left to right."""

    cells: tuple[Piece, ...]

    @property
    def top(self) -> float:
        """Where it begins."""
        return min(c.top for c in self.cells)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return max(c.bottom for c in self.cells)

    @property
    def text(self) -> str:
        """Its cells' words."""
        return " ".join(c.text for c in self.cells)

    @property
    def figures(self) -> bool:
        """Whether all cells but a label are figures, and there is one."""
        given = [value(c.text) for c in self.cells]
        rest = given[1:] if given[0].hidden else given
        return bool(rest) and len(given) > 1 and all(not v.hidden for v in rest)


def page_rows(pieces: Sequence[Piece]) -> list[PageRow]:
    """Put words into rows by their middles, and a row's words into cells by the gaps."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.top + p.bottom) / 2):
        middle = (piece.top + piece.bottom) / 2
        last = rows[-1] if rows else []
        height = piece.bottom - piece.top
        if last and abs((last[0].top + last[0].bottom) / 2 - middle) < _LEVEL * height:
            last.append(piece)
        else:
            rows.append([piece])
    return [PageRow(tuple(_cells(sorted(row, key=lambda p: p.x0)))) for row in rows]


def _cells(row: Sequence[Piece]) -> Iterator[Piece]:
    group = [row[0]]
    for before, piece in pairwise(row):
        if piece.x0 - before.x1 > _GAP * (piece.bottom - piece.top):
            yield _merged(group)
            group = []
        group.append(piece)
    yield _merged(group)


def _merged(group: Sequence[Piece]) -> Piece:
    return Piece(
        " ".join(p.text for p in group),
        min(p.x0 for p in group),
        max(p.x1 for p in group),
        min(p.top for p in group),
        max(p.bottom for p in group),
    )
