"""Find printed squares on a scanned page: four straight sides, square corners, no letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.ingest.scan_grid import ink_of
from pipeline.ingest.scan_ink import Rect, Square, exits, measured
from pipeline.ingest.scan_prepare import Pixels, Sheet

SMALLEST = 6.7
LARGEST = 20.0
THICKEST = 4.0
SIDE_INKED = 0.9
STRUCK = 0.93


@dataclass(frozen=True, slots=True)
class _Run:
    """A straight run of ink: `a0`-`a1` along its direction, `b0`-`b1` across it."""

    a0: int
    a1: int
    b0: int
    b1: int


def find_squares(sheet: Sheet, rules: Pixels) -> tuple[Square, ...]:
    """Find boxes of 6-20 points that stand alone; `rules` are the page's long lines."""
    ink = ink_of(sheet.grey)
    ink[rules > 0] = 0
    least, most = SMALLEST * sheet.scale, LARGEST * sheet.scale
    flat = _runs(ink, sheet.scale, across=True)
    tall = _runs(ink, sheet.scale, across=False)
    found: list[Rect] = []
    for top, bottom in _pairs(flat, least, most):
        rect = _close(top, bottom, tall)
        if rect and _is_box(sheet.grey, ink, snug := _snug(ink, rect)):
            found.append(snug)
    rects = _credible(ink, _distinct(found))
    rects += _struck(sheet.grey, ink, rects)
    return tuple(measured(sheet, ink, rect) for rect in sorted(rects, key=lambda r: (r[1], r[0])))


def _runs(ink: Pixels, scale: float, *, across: bool) -> list[_Run]:
    import cv2

    shortest = int(0.68 * SMALLEST * scale)

    def kernel(length: int, breadth: int) -> Any:
        return np.ones((breadth, length) if across else (length, breadth), np.uint8)

    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel(3, 1))
    broad = cv2.dilate(whole, kernel(1, 3))
    runs = cv2.morphologyEx(broad, cv2.MORPH_OPEN, kernel(shortest, 1))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = []
    for number, (x, y, w, h) in enumerate(stats[1:, :4].tolist(), start=1):
        if max(w, h) <= 1.6 * LARGEST * scale:
            part = labels[y : y + h, x : x + w] == number
            run = _straight(part) if across else _straight(part.T)
            a, b = (x, y) if across else (y, x)
            found.append(_Run(a + run.a0, a + run.a1, b + run.b0 + 1, b + run.b1 - 1))
    return found


def _straight(part: Any) -> _Run:
    """Return the run itself, without the pen strokes that cross it."""
    lengths = part.sum(axis=1)
    rows = np.flatnonzero(lengths >= 0.6 * lengths.max())
    long = part[rows[0] : rows[-1] + 1]
    starts = long.argmax(axis=1)
    ends = long.shape[1] - long[:, ::-1].argmax(axis=1)
    return _Run(int(np.median(starts)), int(np.median(ends)), int(rows[0]), int(rows[-1]) + 1)


def _pairs(flat: list[_Run], least: float, most: float) -> Iterator[tuple[_Run, _Run]]:
    """Yield runs that begin and end alike and lie as far apart as the sides of a box."""
    shelves: dict[int, list[_Run]] = defaultdict(list)
    shelf = round(most)
    for run in flat:
        shelves[run.a0 // shelf].append(run)
    for top in flat:
        for near in (-1, 0, 1):
            for bottom in shelves.get(top.a0 // shelf + near, ()):
                height = bottom.b1 - top.b0
                slack = 2 + 0.12 * height
                if (
                    least <= height <= most
                    and abs(top.a0 - bottom.a0) <= slack
                    and abs(top.a1 - bottom.a1) <= slack
                ):
                    yield top, bottom


def _close(top: _Run, bottom: _Run, tall: list[_Run]) -> Rect | None:
    """Return x0, top, x1, bottom where the two runs and two upright ones close a square."""
    height = bottom.b1 - top.b0
    width = max(top.a1, bottom.a1) - min(top.a0, bottom.a0)
    slack = 2 + 0.12 * height
    if not 0.55 * height <= width <= 1.45 * height:
        return None
    near = [
        v
        for v in tall
        if v.a0 <= top.b1 + 0.3 * height
        and v.a1 >= bottom.b0 - 0.3 * height
        and v.a1 - v.a0 <= 1.35 * height
    ]
    corner = 2 + 0.25 * height
    left = [v for v in near if abs(v.b0 - top.a0) <= corner and v.b0 <= top.a0 + slack]
    right = [v for v in near if abs(v.b1 - top.a1) <= corner and v.b1 >= top.a1 - slack]
    if not left or not right:
        return None
    x0, x1 = min(v.b0 for v in left), max(v.b1 for v in right)
    if not 0.72 * height <= x1 - x0 <= 1.38 * height:
        return None
    return x0, top.b0, x1, bottom.b1


def _snug(ink: Pixels, rect: Rect) -> Rect:
    """Grow a rectangle by a pixel or two to where the ink of its sides begins."""
    x0, top, x1, bottom = rect
    trim = round(0.15 * (x1 - x0))

    def inked(strip: Any) -> bool:
        return strip.size > 0 and float((strip > 0).mean()) > 0.25

    for _ in range(2):
        top -= top > 0 and inked(ink[top - 1, x0 + trim : x1 - trim])
        bottom += inked(ink[bottom : bottom + 1, x0 + trim : x1 - trim])
        x0 -= x0 > 0 and inked(ink[top + trim : bottom - trim, x0 - 1])
        x1 += inked(ink[top + trim : bottom - trim, x1 : x1 + 1])
    return x0, top, x1, bottom


def _is_box(grey: Pixels, ink: Pixels, rect: Rect) -> bool:
    return _sides(ink, rect) and _corners(grey, rect) and _alone(ink, rect)


def _sides(ink: Pixels, rect: Rect) -> bool:
    """Tell whether ink runs straight along each of the four sides (round corners may lack it)."""
    x0, top, x1, bottom = rect
    body = ink[top:bottom, x0:x1] > 0
    for side in (body, body[::-1], body.T, body.T[::-1]):
        corner = round(0.14 * side.shape[1])
        middle = side[:4, corner:-corner]
        # A letter's stroke is as thick as a border but bends: where does the ink begin?
        begins = np.where(middle.any(axis=0), middle.argmax(axis=0), 9)
        if max(float(((begins == i) | (begins == i + 1)).mean()) for i in (0, 1)) < SIDE_INKED:
            return False
    return True


def _corners(grey: Pixels, rect: Rect) -> bool:
    """Tell whether the corners are square or nearly so: O, D and 8 have round ones.

    Ink here is what is nearly as dark as the sides, for blur fills the corners of small letters.
    """
    x0, top, x1, bottom = rect
    body = grey[top:bottom, x0:x1]
    sides = np.concatenate([s[:4].min(axis=0) for s in (body, body[::-1], body.T, body.T[::-1])])
    border = float(np.median(sides))
    dark = body < border + 0.4 * (250 - border)
    near = max(2, round(0.08 * min(body.shape)))
    return all(
        bool(np.diagonal(corner)[: near + 1].any())
        for corner in (dark, dark[:, ::-1], dark[::-1], dark[::-1, ::-1])
    )


def _alone(ink: Pixels, rect: Rect) -> bool:
    """Tell whether the sides end at the corners: a cell of a grid is not a box to tick."""
    x0, top, x1, bottom = rect
    out = max(round(0.4 * (x1 - x0)), 4)
    gap = 2
    going_on = 0
    for x in (slice(x0, x0 + 3), slice(x1 - 3, x1)):
        for y in (
            slice(max(top - gap - out, 0), top - gap),
            slice(bottom + gap, bottom + gap + out),
        ):
            strip = ink[y, x]
            going_on += strip.size > 0 and float((strip.max(axis=1) > 0).mean()) > 0.9
    return going_on < 2


def _credible(ink: Pixels, rects: list[Rect]) -> list[Rect]:
    """Drop what is or may be a letter.

    Letters of a word stand close by. Ink that hangs together with the box may be a pen stroke: the
    box is believed where others of its size stand alone, above or below it or with one such stroke.
    """
    beside = {rect: _beside(ink, rect) for rect in rects}
    lone = [rect for rect in rects if beside[rect] == (False, 0)]

    def believed(rect: Rect) -> bool:
        elsewhere, strokes = beside[rect]
        twins = [other for other in lone if _alike(rect, other)]
        in_column = any(abs(rect[0] - other[0]) <= 0.35 * (rect[2] - rect[0]) for other in twins)
        return in_column or bool(twins and not elsewhere and strokes == 1)

    return [rect for rect in rects if rect in lone or believed(rect)]


def _alike(rect: Rect, other: Rect) -> bool:
    width, height = other[2] - other[0], other[3] - other[1]
    return (
        abs(rect[2] - rect[0] - width) <= 2 + 0.06 * width
        and abs(rect[3] - rect[1] - height) <= 2 + 0.06 * height
    )


def _beside(ink: Pixels, rect: Rect) -> tuple[bool, int]:
    """Return whether something else stands close beside, and on how many sides its own ink goes on.

    Only the band at half height counts: crosses leave a box at its corners.
    """
    import cv2

    x0, top, x1, bottom = rect
    quarter = round(0.25 * (bottom - top))
    far, close = max(6, round(0.3 * (x1 - x0))), max(4, round(0.16 * (x1 - x0)))
    left = max(x0 - far, 0)
    window = ink[top:bottom, left : x1 + far]
    _, labels = cv2.connectedComponents(window, connectivity=8)
    own = np.isin(labels, np.unique(labels[:, x0 - left : x1 - left])) & (labels > 0)
    other = (labels > 0) & ~own
    band = slice(quarter, bottom - top - quarter)
    here, there = x0 - left - 1, x1 - left + 1
    near = other[band, max(here - close + 1, 0) : here].any() or (
        other[band, there : there + close - 1].any()
    )
    return bool(near), int(own[band, :here].any()) + int(own[band, there:].any())


def _distinct(found: list[Rect]) -> list[Rect]:
    """Keep the largest of rectangles that overlap."""
    kept: list[Rect] = []
    for rect in sorted(set(found), key=lambda r: (r[0] - r[2]) * (r[3] - r[1])):
        if all(
            rect[0] >= k[2] or rect[2] <= k[0] or rect[1] >= k[3] or rect[3] <= k[1] for k in kept
        ):
            kept.append(rect)
    return sorted(kept, key=lambda r: (r[1], r[0]))


def _struck(grey: Pixels, ink: Pixels, rects: list[Rect]) -> list[Rect]:
    """Find boxes in the columns of those found whose sides are lost under heavy pen strokes."""
    kinds: list[list[Rect]] = []
    for rect in rects:
        alike = (k for k in kinds if _alike(rect, k[0]) and abs(rect[0] - k[0][0]) <= 5)
        if kind := next(alike, None):
            kind.append(rect)
        else:
            kinds.append([rect])
    taken = list(rects)
    found: list[Rect] = []
    for kind in kinds:
        if len(kind) < 2:
            continue
        x0, _, x1, _ = (round(float(np.median([r[i] for r in kind]))) for i in range(4))
        height = round(float(np.median([r[3] - r[1] for r in kind])))
        for rect in _probe(ink, x0, x1, height):
            free = all(
                rect[1] >= t[3] or rect[3] <= t[1] or rect[0] >= t[2] or rect[2] <= t[0]
                for t in taken
            )
            # The R or B of a heading may fill all four sides; its corners are round, or the next
            # letter touches it. Strokes of a cross leave the box above and below, or all round.
            if (
                free
                and _corners(grey, rect)
                and (_beside(ink, rect) == (False, 0) or exits(ink, rect) >= 3)
            ):
                taken.append(rect)
                found.append(rect)
    return found


def _probe(ink: Pixels, x0: int, x1: int, height: int) -> list[Rect]:
    """Return the places in a column where ink runs along all four sides of a box, best first."""
    import cv2

    dark = (ink > 0).astype(np.uint8)
    level = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    upright = cv2.dilate(dark, np.ones((1, 3), np.uint8))
    scored: list[tuple[float, Rect]] = []
    for shift in range(-4, 5):
        a, b = x0 + shift, x1 + shift
        if a < 1 or b > ink.shape[1] - 1:
            continue
        rows = level[:, a:b].mean(axis=1)
        sums = np.vstack([np.zeros((1, 2)), upright[:, [a + 1, b - 2]].cumsum(axis=0)])
        sides = ((sums[height:] - sums[:-height]) / height).min(axis=1)
        count = len(sides) - 2
        scores = np.minimum(
            np.minimum(rows[1 : count + 1], rows[height - 2 : height - 2 + count]), sides[:count]
        )
        for y in np.flatnonzero(scores >= STRUCK):
            scored.append((float(scores[y]), (a, int(y), b, int(y) + height)))
    return [rect for _, rect in sorted(scored, reverse=True)]
