"""Ruling lines of a scanned page: where they are, which cells they form, the page without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.ingest.scan_prepare import Pixels, Sheet

SHORTEST_RULE = 22.0
THICKEST_RULE = 4.0
SNAP = 3.0
LARGEST_DOT, DOT_GAP = 1.9, 4.5
INK_BELOW = 190


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a ruled table in pixels of the sheet, counted as in `corpus.types.Cell`."""

    table: int
    row: int
    column: int
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the cell."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells in reading order, and `rules`: 255 where lines and leaders run."""

    cells: tuple[GridCell, ...]
    rules: Pixels


def find_grid(sheet: Sheet) -> Grid:
    """Find ruling lines (22 points or longer) and the tables that they form."""
    from pdfplumber import table as plumber

    ink = ink_of(sheet.grey)
    across, level = _rules(ink, sheet.scale, across=True)
    down, upright = _rules(ink, sheet.scale, across=False)
    snap = SNAP * sheet.scale
    edges = plumber.merge_edges(across + down, snap, snap, 2 * snap, 2 * snap)
    crossings = plumber.edges_to_intersections(edges, snap, snap)
    tables = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    cells = [c for number, boxes in enumerate(tables) for c in _cells(number, boxes)]
    return Grid(tuple(cells), level | upright | _leaders(ink, sheet.scale))


def ink_of(grey: Pixels) -> Pixels:
    """Return 255 where a pixel is darker than paper (thin lines and pencil too), else 0."""
    return np.where(grey < INK_BELOW, 255, 0).astype(np.uint8)


def without_rules(grey: Pixels, rules: Pixels) -> Pixels:
    """Return the page with its ruling lines painted over."""
    import cv2

    wide = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    return np.where(wide > 0, 255, grey).astype(np.uint8)


def _rules(ink: Pixels, scale: float, *, across: bool) -> tuple[list[dict[str, Any]], Pixels]:
    """Return the straight lines of one direction as pdfplumber edges, and their pixels."""
    import cv2

    shortest = int(SHORTEST_RULE * scale)
    thickest = THICKEST_RULE * scale

    def kernel(length: int, breadth: int) -> Any:
        return np.ones((breadth, length) if across else (length, breadth), np.uint8)

    # A line that is a hair off level steps by a pixel: widen before asking for long runs.
    broad = cv2.dilate(ink, kernel(1, 3))
    runs = cv2.morphologyEx(broad, cv2.MORPH_OPEN, kernel(shortest, 1))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    edges = []
    pixels = np.zeros_like(ink)
    for number in range(1, count):
        x, y, w, h = (int(v) for v in stats[number][:4])
        length, breadth = (w, h) if across else (h, w)
        if breadth > thickest + 2 + 0.02 * length:
            continue
        part = labels[y : y + h, x : x + w] == number
        pixels[y : y + h, x : x + w][part] = 255
        edges.append(_edge(x, y, w, h, across))
    return edges, pixels


def _leaders(ink: Pixels, scale: float) -> Pixels:
    """Return the rows of dots that lead to a page number or are there to write on."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = (stats[:, 2] <= LARGEST_DOT * scale) & (stats[:, 3] <= LARGEST_DOT * scale)
    small[0] = False
    dots = np.where(small[labels], 255, 0).astype(np.uint8)
    gap, shortest = round(DOT_GAP * scale), round(SHORTEST_RULE * scale)
    rows = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    runs = cv2.morphologyEx(rows, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    near = cv2.dilate(runs, np.ones((5, 3), np.uint8))
    return np.where(near > 0, dots, 0).astype(np.uint8)


def _edge(x: int, y: int, w: int, h: int, across: bool) -> dict[str, Any]:
    if across:
        y, h = y + h // 2, 0
    else:
        x, w = x + w // 2, 0
    return {
        "orientation": "h" if across else "v",
        "x0": float(x),
        "x1": float(x + w),
        "top": float(y),
        "bottom": float(y + h),
        "width": float(w),
        "height": float(h),
        "object_type": "line",
    }


def _cells(table: int, boxes: list[tuple[float, float, float, float]]) -> list[GridCell]:
    lefts = sorted({b[0] for b in boxes})
    tops = sorted({b[1] for b in boxes})
    return [
        GridCell(table, tops.index(top), lefts.index(x0), x0, top, x1, bottom)
        for x0, top, x1, bottom in sorted(boxes, key=lambda b: (b[1], b[0]))
    ]
