"""Tables from ruled lines: pdfium's segments through pdfplumber's own table algorithm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.types import Box

SNAP = 3.0
"""Lines closer than this many points are one line, and ends closer than this meet."""

MAX_CROSSINGS = 20_000
"""Beyond this a page is a chart or a map, not a form."""

FRAME_WIDTH, FRAME_HEIGHT = 40.0, 12.0

Cell = tuple[float, float, float, float]
"""Left, top, right and bottom, as pdfplumber has it."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell with its row and column, counted from 0 at the table's top left."""

    box: Box
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with its cells row by row."""

    box: Box
    cells: tuple[TableCell, ...]

    def cell_at(self, x: float, y: float) -> TableCell | None:
        """Return the cell that holds a point."""
        return next(
            (c for c in self.cells if c.box.top <= y <= c.box.bottom and c.box.x0 <= x <= c.box.x1),
            None,
        )


def find_tables(lines: Sequence[Box]) -> list[Table]:
    """Return the tables that thin boxes (ruled lines) of a page make, from the top down.

    A frame around an answer is a table of one cell; a frame around other frames is none.
    """
    upright = [b for b in lines if b.bottom - b.top > b.x1 - b.x0]
    level = [b for b in lines if b.bottom - b.top <= b.x1 - b.x0]
    if len(upright) < 2 or len(level) < 2:
        return []
    # Loaded late: most pages have no ruled lines and pdfplumber takes a third of a second.
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    edges = merge_edges([*_edges(upright, "v"), *_edges(level, "h")], 0, 0, SNAP, SNAP)
    count = sum(1 for edge in edges if edge["orientation"] == "v")
    if count * (len(edges) - count) > MAX_CROSSINGS:
        return []
    cells = intersections_to_cells(edges_to_intersections(edges, SNAP, SNAP))
    groups = cells_to_tables(cells)
    grouped = {cell for group in groups for cell in group}
    frames = [[cell] for cell in cells if cell not in grouped and _is_frame(cell, cells)]
    return sorted((_table(g) for g in groups + frames), key=lambda t: (t.box.top, t.box.x0))


def _is_frame(cell: Cell, cells: list[Cell]) -> bool:
    """Tell whether a cell that belongs to no table frames a piece of text and no other cells."""
    x0, top, x1, bottom = cell
    if x1 - x0 < FRAME_WIDTH or bottom - top < FRAME_HEIGHT:
        return False
    return not any(
        other != cell
        and x0 <= other[0]
        and top <= other[1]
        and other[2] <= x1
        and other[3] <= bottom
        for other in cells
    )


def _edges(lines: list[Box], orientation: str) -> list[dict[str, Any]]:
    """Return pdfplumber's edges, those that nearly coincide snapped to exactly one place.

    pdfplumber snaps by adding a difference, which leaves rounding errors between equal lines.
    """
    upright = orientation == "v"
    at = {id(b): (b.x0 + b.x1) / 2 if upright else (b.top + b.bottom) / 2 for b in lines}
    ordered = sorted(lines, key=lambda b: at[id(b)])
    edges: list[dict[str, Any]] = []
    group: list[Box] = []

    def close() -> None:
        place = sum(at[id(b)] for b in group) / len(group)
        for b in group:
            x0, x1 = (place, place) if upright else (b.x0, b.x1)
            top, bottom = (b.top, b.bottom) if upright else (place, place)
            edges.append(
                {
                    "orientation": orientation,
                    "x0": x0,
                    "x1": x1,
                    "top": top,
                    "bottom": bottom,
                    "doctop": top,
                    "width": x1 - x0,
                    "height": bottom - top,
                }
            )

    for line in ordered:
        if group and at[id(line)] - at[id(group[-1])] > SNAP:
            close()
            group = []
        group.append(line)
    close()
    return edges


def _table(boxes: list[Cell]) -> Table:
    tops = {top: i for i, top in enumerate(sorted({b[1] for b in boxes}))}
    lefts = {x0: i for i, x0 in enumerate(sorted({b[0] for b in boxes}))}
    cells = [TableCell(Box(*b), tops[b[1]], lefts[b[0]]) for b in boxes]
    cells.sort(key=lambda c: (c.row, c.column))
    whole = Box(
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return Table(whole, tuple(cells))
