"""Where words stand on the picture of a page: rectangles in thousandths of its width and height."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.types import Box, Line, Page

_UNIT = 1000.0
_LINE_END = 2  # letters that may stand between two lines
_TELLING = 20  # letters from which a line tells how wide letters are
_NARROW, _USUAL, _WIDE = 0.33, 0.4, 0.5  # a letter's width as a share of its line's height
# A text is longer than its box when it has this many times the letters that fit.
_RAGGED, _SOON, _NEVER = 1.5, 1.0, float("inf")
_SHORTEST = 0.85  # of what fits: a row ends where the next word is too long


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in thousandths of a page's width (x) and height (y)."""

    x: float
    y: float
    width: float
    height: float


def boxes(page: Page, spans: Iterable[tuple[int, int]]) -> tuple[Rect, ...]:
    """Return the rectangles that `spans` (offsets into the text) stand in, one a line.

    Only lines have boxes: a part of a line is placed by its share of the letters, a letter wider
    at each end because letters differ in width.
    """
    return tuple(_rects(page, spans, 1.0, (_RAGGED,)))


def covers(page: Page, spans: Iterable[tuple[int, int]]) -> tuple[Rect, ...]:
    """Return rectangles that hide `spans`: wider, and wherever else the words may have wrapped."""
    return tuple(dict.fromkeys(_rects(page, spans, 3.0, (_NEVER, _SOON))))


def placed(page: Page, spans: Iterable[tuple[int, int]]) -> bool:
    """Say whether every line of `spans` on this page has a place on its picture."""
    return bool(page.width and page.height) and all(
        _within(max(start, page.start), min(end, page.end), page.lines) for start, end in spans
    )


def _within(start: int, end: int, lines: Iterable[Line]) -> bool:
    """Say whether lines with boxes hold all of `start:end` but the ends of lines between them."""
    at = start
    for line in sorted(lines, key=lambda one: one.start):
        if line.start < end and start < line.end:
            if line.box is None or line.start > at + _LINE_END:
                return False
            at = max(at, line.end)
    return at + _LINE_END >= end and at > start


def _rects(
    page: Page, spans: Iterable[tuple[int, int]], slack: float, wraps: Sequence[float]
) -> Iterator[Rect]:
    if not page.width or not page.height:
        return
    letter = _letter(page.lines)
    for start, end in spans:
        for line in page.lines:
            if line.start < end and start < line.end and line.box is not None:
                for wrap in wraps:
                    part = _part(line, line.box, (start - slack, end + slack), letter, wrap)
                    yield _share(page, part)


def _letter(lines: Iterable[Line]) -> float:
    """Return how wide a letter of a page is, as a share of its line's height."""
    shares = [
        (line.box.x1 - line.box.x0) / (line.end - line.start) / (line.box.bottom - line.box.top)
        for line in lines
        if line.box is not None
        and line.end - line.start >= _TELLING
        and line.box.bottom > line.box.top
    ]
    return min(max(median(shares), _NARROW), _WIDE) if shares else _USUAL


def _part(line: Line, box: Box, span: tuple[float, float], letter: float, wraps: float) -> Box:
    """Return where a part of a line stands.

    The box of a cell is that of its first row of letters, while its text is the whole cell's: what
    does not fit stands in the rows below. `wraps` is how many times what fits it takes for that.
    """
    width, height, length = box.x1 - box.x0, box.bottom - box.top, line.end - line.start
    a, b = max(span[0] - line.start, 0.0), min(span[1] - line.start, float(length))
    fits = max(width / (letter * height), 1.0) if height > 0 else length
    if length <= fits * wraps:
        return Box(box.x0 + a / length * width, box.top, box.x0 + b / length * width, box.bottom)
    first, last = int(a / fits), int(b / (fits * _SHORTEST))
    top, bottom = box.top + first * height, box.top + (last + 1) * height
    if first == last:
        left, right = a / fits - first, min(b / fits - first, 1.0)
        return Box(box.x0 + left * width, top, box.x0 + right * width, bottom)
    return Box(box.x0, top, box.x1, bottom)


def _share(page: Page, box: Box) -> Rect:
    pad = 0.04 * (box.bottom - box.top)
    return Rect(
        round(box.x0 / page.width * _UNIT, 1),
        round((box.top - pad) / page.height * _UNIT, 1),
        round((box.x1 - box.x0) / page.width * _UNIT, 1),
        round((box.bottom - box.top + 2 * pad) / page.height * _UNIT, 1),
    )
