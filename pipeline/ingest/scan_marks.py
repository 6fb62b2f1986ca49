"""Marks without a printed box: a typed x or a pen cross alone in a narrow cell of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.ingest.scan_grid import Grid, GridCell, ink_of
from pipeline.ingest.scan_ink import Square
from pipeline.ingest.scan_prepare import Pixels, Sheet

WIDEST_CELL = 75.0
SMALLEST, LARGEST = 3.2, 30.0
BOXLIKE = 20.0
# How like an x: a pen cross or typed x reaches .77, the letters N, Z and K at most .82.
CROSS, SURE_CROSS = 0.7, 0.85
DOUBT = 0.6
X = ("x", "X", "×", "xX", "Xx")
# What Tesseract makes of pen strokes.
LIKE_A_TICK = ("J", "Y", "K", "k", "y", "Z", "z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A lone blot of ink in a cell, in pixels of the sheet.

    `cross` in 0-1 is how like an x it is; `framed`: it may be a printed box that was not found;
    `check`: it goes down and then up to the right, as a check mark does; `boxlike`: the cell is so
    small that its rules may be the sides of printed boxes below each other.
    """

    cell: GridCell
    x0: int
    top: int
    x1: int
    bottom: int
    cross: float
    framed: bool
    check: bool
    boxlike: bool = False


def find_marks(sheet: Sheet, grid: Grid, squares: tuple[Square, ...]) -> tuple[Mark, ...]:
    """Find cells that hold one blot of the size of a sign and no box.

    In cells wider than 75 points only crosses and framed blots count: others may be short words.
    """
    ink = ink_of(sheet.grey)
    ink[grid.rules > 0] = 0
    found = []
    for cell in grid.cells:
        if any(cell.holds((s.x0 + s.x1) / 2, (s.top + s.bottom) / 2) for s in squares):
            continue
        wide = cell.x1 - cell.x0 > WIDEST_CELL * sheet.scale
        mark = _blot(ink, cell, sheet.scale)
        if mark and (not wide or mark.framed or mark.cross >= SURE_CROSS):
            found.append(mark)
    return tuple(found)


def without_marks(grey: Pixels, marks: tuple[Mark, ...]) -> Pixels:
    """Return the page with the marks painted over."""
    clean = grey.copy()
    for mark in marks:
        clean[mark.top - 2 : mark.bottom + 2, mark.x0 - 2 : mark.x1 + 2] = 255
    return clean


def judge(mark: Mark, read_as: str, ticked_column: bool) -> tuple[bool, float] | None:
    """Return (checked, certainty) of a mark, or None where it is text.

    `read_as` is what Tesseract made of it; `ticked_column`: the column holds clear crosses.
    """
    if mark.framed or mark.boxlike:
        return mark.cross >= CROSS, DOUBT
    letter = read_as not in X and any(c.isalnum() for c in read_as)
    if mark.cross >= CROSS and (mark.cross >= SURE_CROSS or not letter):
        return True, 0.97
    if mark.cross >= CROSS:
        return True, 0.7
    if read_as in X:
        return True, 0.95
    if mark.check:
        return True, 0.93 if ticked_column else 0.9
    if read_as in ("v", "V", "✓", "✔", "√", "/") or not any(c.isalnum() for c in read_as):
        return True, 0.92 if ticked_column else 0.75
    return (True, 0.92) if ticked_column and read_as in LIKE_A_TICK else None


def _blot(ink: Pixels, cell: GridCell, scale: float) -> Mark | None:
    import cv2

    rim = max(2, round(0.8 * scale))
    y0, x0 = round(cell.top) + rim, round(cell.x0) + rim
    inside = ink[y0 : round(cell.bottom) - rim, x0 : round(cell.x1) - rim]
    if not inside.size or not inside.any():
        return None
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    speck = 1.2 * scale
    parts = [i for i, s in enumerate(stats.tolist()) if i and max(s[2], s[3]) >= speck]
    if not parts:
        return None
    ys, xs = np.nonzero(np.isin(labels, parts))
    left, up, right, down = int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1
    if not all(SMALLEST * scale <= v <= LARGEST * scale for v in (right - left, down - up)):
        return None
    shape = inside[up:down, left:right]
    like = cross_likeness(shape)
    return Mark(
        cell,
        x0 + left,
        y0 + up,
        x0 + right,
        y0 + down,
        like,
        _is_framed(shape, scale),
        _is_check(shape),
        max(cell.x1 - cell.x0, cell.bottom - cell.top) <= BOXLIKE * scale,
    )


def _is_framed(shape: Any, scale: float) -> bool:
    """Tell whether at least three edges of the blot are ink: the remains of a printed box."""
    if min(shape.shape) < 6 * scale:
        return False
    edges = (shape[:3].any(axis=0), shape[-3:].any(axis=0))
    sides = (shape[:, :3].any(axis=1), shape[:, -3:].any(axis=1))
    return sum(float(edge.mean()) >= 0.7 for edge in (*edges, *sides)) >= 3


def cross_likeness(shape: Any) -> float:
    """Return 0-1: how much of the ink lies on the two diagonals, if all four arms are there."""
    import cv2

    size = 40
    ink = cv2.resize(shape, (size, size), interpolation=cv2.INTER_AREA) > 96
    if not 0.4 <= shape.shape[0] / shape.shape[1] <= 2.5 or not ink.any():
        return 0.0
    rows, columns = np.mgrid[0:size, 0:size]
    falling = np.abs(rows - columns) <= 7
    rising = np.abs(rows + columns - (size - 1)) <= 7
    on_cross = float(ink[falling | rising].sum() / ink.sum())
    middle = (size - 1) / 2
    arms = []
    for down, right in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        hits = []
        for step in np.linspace(0.15, 0.85, 10):
            y, x = round(middle + down * step * middle), round(middle + right * step * middle)
            hits.append(bool(ink[max(y - 4, 0) : y + 5, max(x - 4, 0) : x + 5].any()))
        arms.append(sum(hits) / len(hits))
    # K, M, R and E have a stem or a bar where an x has paper.
    near, far = round(0.4 * size), round(0.6 * size)
    deep = round(0.15 * size)
    edges = (
        ink[:deep, near:far],
        ink[-deep:, near:far],
        ink[near:far, :deep],
        ink[near:far, -deep:],
    )
    free = max(float(edge.mean()) for edge in edges) < 0.35
    return on_cross if min(arms) >= 0.7 and free else 0.3 * on_cross


def _is_check(shape: Any) -> bool:
    """Tell whether a thin line goes down in the left half and up to the top right corner."""
    height, width = shape.shape
    ink = shape > 0
    columns = np.flatnonzero(ink.any(axis=0))
    if height < 8 or width < 8 or len(columns) < 0.9 * width:
        return False
    upper = ink.argmax(axis=0)[columns] / height
    lower = 1 - ink[::-1].argmax(axis=0)[columns] / height
    # The line is thin: a letter's bowl or stem fills whole columns.
    if float(np.median(lower - upper)) > 0.42:
        return False
    path = (upper + lower) / 2
    turn = int(path.argmax())
    rising = path[turn:]
    return bool(
        0.08 * len(path) <= turn <= 0.65 * len(path)
        and path[turn] > 0.7
        and path[-1] < 0.25
        and path[0] < path[turn] - 0.15
        and float(np.mean(np.diff(rising) <= 0.02)) > 0.9
    )
