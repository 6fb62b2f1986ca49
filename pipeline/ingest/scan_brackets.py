"""Typed boxes, [ ] and [x], on a scanned page: Tesseract reads them as 1, I, J or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.ingest.scan_ink import Rect
from pipeline.ingest.scan_marks import cross_likeness
from pipeline.ingest.scan_prepare import Pixels

LOWEST, HIGHEST = 6.5, 20.0
NARROWEST, WIDEST = 1.2, 7.0
FARTHEST = 26.0
CROSS = 0.6


@dataclass(frozen=True, slots=True)
class Brackets:
    """A pair of square brackets in pixels of the sheet, ticked when an x stands between them."""

    x0: int
    top: int
    x1: int
    bottom: int
    ticked: bool


def find_brackets(ink: Pixels, scale: float) -> tuple[Brackets, ...]:
    """Find pairs that hold nothing or an x; `ink` is the page without rules and printed boxes."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left: list[Rect] = []
    right: list[Rect] = []
    for number, (x, y, w, h) in enumerate(stats[:, :4].tolist()):
        if not (
            number
            and LOWEST * scale <= h <= HIGHEST * scale
            and NARROWEST * scale <= w <= WIDEST * scale
            and h >= 2 * w
        ):
            continue
        shape = labels[y : y + h, x : x + w] == number
        if _opens(shape):
            left.append((x, y, x + w, y + h))
        elif _opens(shape[:, ::-1]):
            right.append((x, y, x + w, y + h))
    found = (_pair(ink, bracket, right, scale) for bracket in left)
    return tuple(pair for pair in found if pair)


def without_brackets(grey: Pixels, found: tuple[Brackets, ...]) -> Pixels:
    """Return the page with the typed boxes painted over."""
    clean = grey.copy()
    for pair in found:
        clean[pair.top - 2 : pair.bottom + 2, pair.x0 - 2 : pair.x1 + 2] = 255
    return clean


def _opens(shape: Any) -> bool:
    """Tell whether a blot is a [: a stem on the left and a serif at either end, nothing between."""
    height, width = shape.shape
    stem = max(1, round(0.45 * width))
    serif = max(2, round(0.14 * height))
    free = shape[2 * serif : -2 * serif, -max(1, width // 3) :]
    return bool(
        shape[:, :stem].any(axis=1).mean() > 0.95
        and shape[:serif].any(axis=0).mean() > 0.8
        and shape[-serif:].any(axis=0).mean() > 0.8
        and not free.any()
    )


def _pair(ink: Pixels, bracket: Rect, closing: list[Rect], scale: float) -> Brackets | None:
    x0, top, x1, bottom = bracket
    slack = 2 + 0.08 * (bottom - top)
    near = [
        r
        for r in closing
        if 0 <= r[0] - x1 <= FARTHEST * scale
        and abs(r[1] - top) <= slack
        and abs(r[3] - bottom) <= slack
    ]
    if not near:
        return None
    end = min(near)
    between = ink[top:bottom, x1 : end[0]]
    rows, columns = np.nonzero(between)
    if len(rows) < 4:
        return Brackets(x0, top, end[2], bottom, False)
    content = between[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    if min(content.shape) >= 3 and cross_likeness(content) >= CROSS:
        return Brackets(x0, top, end[2], bottom, True)
    return None
