"""Where words stand on the picture of a page: rectangles in thousandths of its width and height."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.types import Line, Page

_UNIT = 1000.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in thousandths of a page's width (x) and height (y)."""

    x: float
    y: float
    width: float
    height: float


def boxes(page: Page, spans: Iterable[tuple[int, int]], slack: float = 1.0) -> tuple[Rect, ...]:
    """Return the rectangles that `spans` (offsets into the text) cover, one a line.

    Only lines have boxes: a part of a line is placed by its share of the letters, `slack` letters
    wider at each end because letters differ in width.
    """
    if not page.width or not page.height:
        return ()
    return tuple(
        rect
        for start, end in spans
        for line in page.lines
        if line.start < end and start < line.end and (rect := _rect(page, line, start, end, slack))
    )


def placed(page: Page, spans: Iterable[tuple[int, int]]) -> bool:
    """Say whether every line of `spans` on this page has a place on its picture."""
    return bool(page.width and page.height) and all(
        line.box is not None
        for start, end in spans
        for line in page.lines
        if line.start < end and start < line.end
    )


def _rect(page: Page, line: Line, start: int, end: int, slack: float) -> Rect | None:
    box, length = line.box, max(line.end - line.start, 1)
    if box is None:
        return None
    left = max((start - line.start - slack) / length, 0.0)
    right = min((end - line.start + slack) / length, 1.0)
    width = box.x1 - box.x0
    pad = 0.12 * (box.bottom - box.top)
    x0, x1 = box.x0 + left * width, box.x0 + right * width
    return Rect(
        round(x0 / page.width * _UNIT, 1),
        round((box.top - pad) / page.height * _UNIT, 1),
        round((x1 - x0) / page.width * _UNIT, 1),
        round((box.bottom - box.top + 2 * pad) / page.height * _UNIT, 1),
    )
