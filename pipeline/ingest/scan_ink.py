"""What stands in a printed square: how much ink, where, and what that says about the tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.ingest.scan_grid import ink_of
from pipeline.ingest.scan_prepare import Pixels, Sheet

Rect = tuple[int, int, int, int]

# Share of the inside that is ink: measured on drawn and printed boxes in 200 dpi scans. Empty
# ones lie below .02, the thinnest tick (a slash in a large box) above .05.
EMPTY_BELOW = 0.02
MARKED_ABOVE = 0.045
# Dirt is round; even the faintest tick spans more of the box.
SPECK = 0.3
# Filled rather than ticked: perhaps a tick struck out. A cross fills more of a little box.
BLOT_ABOVE, BLOT_ABOVE_LITTLE = 0.62, 0.9
LITTLE = 20
# So many boxes on a page tell of what shape they are.
COMPANY = 4


@dataclass(frozen=True, slots=True)
class Square:
    """A printed box in pixels of the sheet, with what stands in it.

    `inside` is the width within the border, `ink` the inked share of the inside, `reach` how much
    of its width or height the longest stroke spans, `outside` the inked share of a frame around
    the box that hangs together with it.
    """

    x0: int
    top: int
    x1: int
    bottom: int
    inside: int
    ink: float
    reach: float
    outside: float

    @property
    def side(self) -> float:
        """Mean length of its sides in pixels."""
        return (self.x1 - self.x0 + self.bottom - self.top) / 2


def measured(sheet: Sheet, ink: Pixels, rect: Rect) -> Square:
    """Return the box at x0, top, x1, bottom with what stands in it; `ink` is the page's ink."""
    import cv2

    x0, top, x1, bottom = rect
    left, up, right, down = _inside(ink, rect)
    inner = sheet.grey[up:down, left:right]
    dark = _darker(inner, sheet.grey[top:bottom, x0:x1])
    share = float(dark.mean()) if dark.size else 0.0
    reach = 0.0
    if dark.any():
        _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
        reach = max(max(w / dark.shape[1], h / dark.shape[0]) for w, h in stats[1:, 2:4].tolist())
    return Square(x0, top, x1, bottom, right - left, share, reach, _overshoot(ink, rect))


def exits(ink: Pixels, rect: Rect) -> int:
    """Return on how many of its four sides ink leaves the box: a cross drawn beyond it, on all."""
    outside, (x0, top, x1, bottom) = _own_ink_around(ink, rect)
    sides = (outside[:top], outside[bottom:], outside[:, :x0], outside[:, x1:])
    return sum(bool(side.any()) for side in sides)


def judge(square: Square) -> tuple[bool, float]:
    """Return whether the box is ticked, and the probability that this is right."""
    if square.ink >= (BLOT_ABOVE if square.inside > LITTLE else BLOT_ABOVE_LITTLE):
        return True, 0.8
    if square.ink >= MARKED_ABOVE and square.reach >= 0.4:
        return True, 0.99
    if square.ink < EMPTY_BELOW and square.reach < SPECK and square.outside < 0.02:
        return False, 0.99
    if square.ink < EMPTY_BELOW / 2 and square.outside < 0.06:
        return False, 0.95
    marked = square.ink >= (EMPTY_BELOW + MARKED_ABOVE) / 2 and square.reach >= 0.3
    return marked, 0.6


def verdicts(squares: Sequence[Square]) -> list[tuple[bool, float]]:
    """Return the verdict on each box of a page; one of a shape of its own is in doubt.

    A ruled line that cuts a taller shape in two looks like a tick in it.
    """
    found = []
    for square in squares:
        checked, certainty = judge(square)
        twins = sum(_alike(square, other) for other in squares)
        odd = len(squares) >= COMPANY and twins < 2 and not 0.85 <= _shape(square) <= 1.18
        found.append((checked, min(certainty, 0.6) if odd else certainty))
    return found


def _alike(a: Square, b: Square) -> bool:
    return abs(a.side - b.side) <= 0.1 * b.side and abs(_shape(a) - _shape(b)) <= 0.12


def _shape(square: Square) -> float:
    return (square.bottom - square.top) / max(square.x1 - square.x0, 1)


def without_squares(grey: Pixels, squares: tuple[Square, ...]) -> Pixels:
    """Return the page with the boxes, and pen strokes that leave them, painted over."""
    import cv2

    clean = grey.copy()
    ink = ink_of(grey)
    for square in squares:
        room = round(0.6 * square.side)
        y0, y1 = max(square.top - room, 0), square.bottom + room
        x0, x1 = max(square.x0 - room, 0), square.x1 + room
        _, labels = cv2.connectedComponents(ink[y0:y1, x0:x1], connectivity=8)
        inner = labels[square.top - y0 : square.bottom - y0, square.x0 - x0 : square.x1 - x0]
        own = np.isin(labels, np.unique(inner[inner > 0])).astype(np.uint8)
        mine = cv2.dilate(own, np.ones((3, 3), np.uint8))
        clean[y0:y1, x0:x1][np.asarray(mine) > 0] = 255
        clean[square.top - 1 : square.bottom + 1, square.x0 - 1 : square.x1 + 1] = 255
    return clean


def _inside(ink: Pixels, rect: Rect) -> Rect:
    """Return the rectangle within the border, a pixel or two of blur left out."""
    x0, top, x1, bottom = rect
    deepest = round(0.25 * (x1 - x0))

    def depth(lines: Any) -> int:
        shares = [float((line > 0).mean()) for line in lines]
        inked = [i for i, s in enumerate(shares) if s > 0.7]
        solid = 0
        for i in inked:
            if i <= solid + 1:
                solid = i + 1
        return min(solid, deepest) + 2

    body = ink[top:bottom, x0:x1]
    return (
        x0 + depth(body.T[:deepest]),
        top + depth(body[:deepest]),
        x1 - depth(body.T[::-1][:deepest]),
        bottom - depth(body[::-1][:deepest]),
    )


def _darker(inner: Pixels, around: Pixels) -> Any:
    """Return where the inside is clearly darker than paper, measured by the box's own border."""
    border = float(np.percentile(around, 10))
    limit = min(250 - 0.35 * (250 - border), 205.0)
    return inner < limit


def _overshoot(ink: Pixels, rect: Rect) -> float:
    """Return the share of a frame around the box that is ink hanging together with the box."""
    outside, _ = _own_ink_around(ink, rect)
    frame = outside.size - (rect[3] - rect[1]) * (rect[2] - rect[0])
    return float(outside.sum() / max(frame, 1))


def _own_ink_around(ink: Pixels, rect: Rect) -> tuple[Any, Rect]:
    """Return a window around the box, only the ink that leaves it, and the box in the window."""
    import cv2

    x0, top, x1, bottom = rect
    room = max(round(0.3 * (x1 - x0)), 4)
    y0, left = max(top - room, 0), max(x0 - room, 0)
    window = ink[y0 : bottom + room, left : x1 + room]
    _, labels = cv2.connectedComponents(window, connectivity=8)
    inner = (x0 - left, top - y0, x1 - left, bottom - y0)
    body = labels[inner[1] : inner[3], inner[0] : inner[2]]
    mine = np.isin(labels, np.unique(body[body > 0]))
    edge = 2
    mine[max(inner[1] - edge, 0) : inner[3] + edge, max(inner[0] - edge, 0) : inner[2] + edge] = (
        False
    )
    return mine, inner
