"""A bar chart as a drawing: lying bars from nought, intervals as whiskers, every figure printed.

Wide, labels stand left of the bars; narrow, for small screens, above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

from pipeline.report.blocks import Bar, BarChart
from pipeline.report.drawing import (
    GRID,
    INK,
    PAPER,
    SOFT,
    Area,
    Drawing,
    Line,
    Mark,
    Rect,
    Text,
    text_width,
    wrapped,
)
from pipeline.tables.numbers import MINUS, NBSP, NDASH, whole
from pipeline.tables.numbers import decimals as with_comma

BAR, PART = "#5b80a5", "#d3dde7"
UNKNOWN = "uppgift saknas"
_INDENT = 16.0
_GAP = 8.0  # between a bar and its figure
_CAP = 4.0  # half the height of a whisker's ends
_LETTER = 0.58  # of the size: about as wide as a letter is


@dataclass(frozen=True, slots=True)
class _Style:
    width: float
    size: float
    label: float  # the widest a label gets
    above: bool
    ticks: int
    suffix: str = ""


_WIDE = _Style(width=720, size=14, label=270, above=False, ticks=6)
_NARROW = _Style(width=320, size=14, label=312, above=True, ticks=4, suffix="-smal")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A bar with its label's lines and its figure in words, and where its row begins."""

    bar: Bar
    lines: tuple[str, ...]
    figure: str
    tail: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class _Axis:
    """The scale: values `low` to `high` lie at `left` to `right`."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)


def draw_bars(chart: BarChart, *, narrow: bool = False) -> Drawing:
    """Lay out a chart."""
    style = _NARROW if narrow else _WIDE
    legend = tuple(_legend(chart, style))
    top = 26.0 if legend or style.above else 4.0
    rows = tuple(_rows(chart, style, top))
    bottom = rows[-1].y + rows[-1].height if rows else top
    axis = _axis(chart, rows, style)
    bands = [(row.y + row.height - 21, row.y + row.height - 1) for row in rows]
    if not style.above:
        bands = [(top, bottom + 4)]
    marks = [*legend, *_grid(axis, chart, bands, style)]
    for row in rows:
        marks += _row(row, axis, style)
    marks += [Line(axis.at(0), y1, axis.at(0), y2, INK, 1.2) for y1, y2 in bands]
    return Drawing(
        chart.id + style.suffix, chart.caption, chart.alt, style.width, bottom + 26, tuple(marks)
    )


def number(value: float) -> str:
    """Write a figure: 1 234 and 0,5."""
    if value == round(value):
        return whole(round(value))
    return with_comma(value, 1).replace("-", MINUS)


def _rows(chart: BarChart, style: _Style, top: float) -> Iterator[_Placed]:
    y, parts = top, any(bar.part for bar in chart.bars)
    for i, bar in enumerate(chart.bars):
        size = _size(bar, style)
        room = style.label - (_INDENT if bar.part else 0)
        lines = wrapped(bar.label, size, room)
        if parts and i and not bar.part:
            y += 5
        line = size + 3
        height = len(lines) * line + (22 if style.above else 7)
        yield _Placed(bar, lines, *_figure(bar), y, height)
        y += height


def _size(bar: Bar, style: _Style) -> float:
    return style.size - 1 if bar.part else style.size


def _figure(bar: Bar) -> tuple[str, str]:
    """Return the figure printed beside a bar, and its interval or the last round's figure."""
    if bar.value is None:
        return "", UNKNOWN
    if bar.before is not None:
        return number(bar.value), f"({number(bar.before)})"
    if (ends := _ends(bar)) is not None:
        return number(bar.value), f"({number(ends[0])}{NDASH}{number(ends[1])})"
    return number(bar.value), ""


def _ends(bar: Bar) -> tuple[float, float] | None:
    """Return the ends of an interval that says more than the value itself."""
    if bar.value is None or bar.lower is None or bar.upper is None or bar.lower == bar.upper:
        return None
    return bar.lower, bar.upper


def _axis(chart: BarChart, rows: Iterable[_Placed], style: _Style) -> _Axis:
    """Return a scale that leaves room for every figure to the right of its bar."""
    values = [v for bar in chart.bars for v in _reach(bar)]
    low, high = min([0.0, *values]), max([chart.top or 0.0, *values])
    if low == high:
        high = 1.0
    widest = max(
        (
            text_width(line, _size(row.bar, style)) + (_INDENT if row.bar.part else 0)
            for row in rows
            for line in row.lines
        ),
        default=0.0,
    )
    left = 4.0 if style.above else widest + 14
    unit = text_width(chart.unit, style.size - 2)
    beyond = 14 if style.above else 26 + unit
    room = style.width - left - beyond
    length, to_edge = room, style.width - left - 4
    for row in rows:
        words = f"{row.figure} {row.tail}" if row.tail else row.figure
        beside = _GAP + text_width(words, style.size) + 2
        share = (max([0.0, *_reach(row.bar)]) - low) / (high - low)
        if share > 0:
            length = min(length, (to_edge - beside) / share)
    return _Axis(low, high, left, left + max(length, room / 5))


def _reach(bar: Bar) -> list[float]:
    return [v for v in (bar.value, bar.lower, bar.upper, bar.before) if v is not None]


def _grid(
    axis: _Axis, chart: BarChart, bands: list[tuple[float, float]], style: _Style
) -> Iterator[Mark]:
    """Yield the lines of the scale beside the bars, their figures below, the unit at the end."""
    size = style.size - 2
    y = max((below for _, below in bands), default=0.0) + 16
    ticks = _ticks(axis, chart.top, size, style.ticks)
    for value in ticks:
        x = axis.at(value)
        yield from (Line(x, above, x, below, GRID) for above, below in bands)
        yield Text(x, y, number(value), size, SOFT, "start" if x < 20 else "middle")
    if style.above:
        yield Text(style.width - 4, 15, chart.unit, size, SOFT, "end")
        return
    last = axis.at(ticks[-1]) + text_width(number(ticks[-1]), size) / 2 + 6
    if last + text_width(chart.unit, size) <= style.width:
        yield Text(last, y, chart.unit, size, SOFT)


def _ticks(axis: _Axis, top: float | None, size: float, most: int) -> list[float]:
    """Return round values along the scale, no more than there is room for, and a given top."""
    widest = max(text_width(number(round(v)), size) for v in (axis.low, axis.high))
    most = max(1, min(most, floor((axis.right - axis.left) / (widest + 14))))
    rough = (axis.high - axis.low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough * (1 - 1e-9))
    step = max(step, 1.0) if axis.high - axis.low >= 1 else step
    first = ceil(axis.low / step - 1e-9)
    ticks = [n * step for n in range(first, floor(axis.high / step + 1e-9) + 1)]
    if not top:
        return ticks
    room = (widest + 14) / (axis.right - axis.left) * (axis.high - axis.low)
    return [*(tick for tick in ticks if not 0 < abs(top - tick) < room and tick != top), top]


def _row(row: _Placed, axis: _Axis, style: _Style) -> Iterator[Mark]:
    bar, size = row.bar, _size(row.bar, style)
    indent = _INDENT if bar.part else 0.0
    line = size + 3
    for i, words in enumerate(row.lines):
        y = row.y + 3 + (i + 1) * line - 4
        yield Text(4 + indent, y, words, size, SOFT if bar.part else INK)
    thick = 9.0 if bar.part else 14.0
    middle = row.y + row.height - 11 if style.above else row.y + row.height / 2
    if bar.value is not None:
        ends = sorted((axis.at(0), axis.at(bar.value)))
        shade, edge = (PART, SOFT) if bar.part else (BAR, "")
        yield Rect(ends[0], middle - thick / 2, ends[1] - ends[0], thick, shade, edge)
        yield from _whisker(bar, axis, middle)
        if bar.before is not None:
            yield _diamond(axis.at(bar.before), middle)
    x = max(axis.at(v) for v in [0.0, *_reach(bar)]) + _GAP
    yield Text(x, middle + 5, row.figure, style.size, INK, bold=not bar.part, tail=row.tail)


def _whisker(bar: Bar, axis: _Axis, y: float) -> Iterator[Line]:
    if (ends := _ends(bar)) is None:
        return
    left, right = axis.at(ends[0]), axis.at(ends[1])
    yield Line(left, y, right, y, INK, 1.4)
    for x in (left, right):
        yield Line(x, y - _CAP, x, y + _CAP, INK, 1.4)


def _diamond(x: float, y: float) -> Area:
    return Area((((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)),), PAPER, INK, 1.4)


def _legend(chart: BarChart, style: _Style) -> Iterator[Mark]:
    """Yield what the signs on the bars mean, where there are any."""
    size, y, x = style.size - 1, 11.0, 4.0
    before = any(bar.before is not None for bar in chart.bars)
    if before:
        told = f"{chart.before}, även inom parentes"
        yield _diamond(x + 6, y)
        yield Text(x + 18, y + 4.5, told, size, SOFT)
        x += 18 + len(told) * size * _LETTER + 24
    if any(_ends(bar) for bar in chart.bars):
        yield Line(x, y, x + 24, y, INK, 1.4)
        yield from (Line(end, y - _CAP, end, y + _CAP, INK, 1.4) for end in (x, x + 24))
        told = f"95{NBSP}%-intervall" + ("" if before else ", även inom parentes")
        yield Text(x + 31, y + 4.5, told, size, SOFT)
