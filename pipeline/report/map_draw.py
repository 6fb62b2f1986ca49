"""A county map as a drawing: shades by class, every county's figure in it, unknown ones hatched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.report.blocks import CountyMap
from pipeline.report.charts_draw import UNKNOWN, number
from pipeline.report.drawing import (
    INK,
    PAPER,
    SOFT,
    Area,
    Drawing,
    Mark,
    Rect,
    Ring,
    Text,
    contrast,
    hatching,
    text_width,
    wrapped,
)
from pipeline.report.map_classes import Class, class_of, classes
from pipeline.report.map_shapes import Shape, load_shapes

WIDTH, EDGE = 360.0, 6.0
LONGEST = 7  # signs of a figure that still fits on the map
_SWATCH = (26.0, 18.0)
_LEGEND = 118.0  # the room beside the mountains


def draw_map(county_map: CountyMap) -> Drawing:
    """Lay out a map; the north-western corner, where Sweden is not, holds the legend."""
    shapes = load_shapes()
    scale = (WIDTH - 2 * EDGE) / shapes.width
    height = shapes.height * scale + 2 * EDGE
    values = dict(county_map.values)
    found = classes(values.values())
    placed = {code: _placed(shape, scale) for code, shape in shapes.counties.items()}
    marks = [
        *_counties(placed, values, found),
        *_figures(placed, values, found),
        *_legend(county_map, found, any(values.get(code) is None for code in placed)),
    ]
    return Drawing(county_map.id, county_map.caption, county_map.alt, WIDTH, height, tuple(marks))


def _placed(shape: Shape, scale: float) -> Shape:
    """Return a shape in the picture's coordinates."""
    rings = tuple(tuple((EDGE + x * scale, EDGE + y * scale) for x, y in r) for r in shape.rings)
    return Shape(rings, (EDGE + shape.label[0] * scale, EDGE + shape.label[1] * scale))


def _counties(
    placed: Mapping[str, Shape], values: Mapping[str, float | None], found: tuple[Class, ...]
) -> Iterator[Mark]:
    """Yield fills, then all borders: dark on a white band, so that they show on every shade."""
    for code, shape in placed.items():
        yield Area(shape.rings, _shade(values.get(code), found))
        if values.get(code) is None:
            yield from hatching(shape.rings, 7)
    borders: tuple[Ring, ...] = tuple(ring for s in placed.values() for ring in s.rings)
    yield Area(borders, "none", PAPER, 2.2)
    yield Area(borders, "none", INK, 0.7)


def _shade(value: float | None, found: tuple[Class, ...]) -> str:
    return PAPER if value is None else class_of(value, found).shade


def _figures(
    placed: Mapping[str, Shape], values: Mapping[str, float | None], found: tuple[Class, ...]
) -> Iterator[Mark]:
    """Yield each county's figure; long ones reach over borders and get paper beneath."""
    written = {c: number(round(v)) for c, v in values.items() if v is not None and c in placed}
    longest = max((len(words) for words in written.values()), default=0)
    if longest > LONGEST:
        return
    size = 15.0 if longest <= 3 else 11.0
    for code, words in written.items():
        x, y = placed[code].label
        ground = _shade(values[code], found)
        if longest > 3:
            ground, width = PAPER, text_width(words, size) + 4
            yield Rect(x - width / 2, y - size * 0.6, width, size * 1.2, ground)
        ink = INK if contrast(INK, ground) >= contrast(PAPER, ground) else PAPER
        yield Text(x, y + size * 0.36, words, size, ink, "middle", bold=longest <= 3)


def _legend(county_map: CountyMap, found: tuple[Class, ...], unknown: bool) -> Iterator[Mark]:
    width, tall = _SWATCH
    y = 18.0
    for line in wrapped(county_map.unit, 14, _LEGEND):
        yield Text(EDGE, y, line, 14, INK, bold=True)
        y += 18
    y -= 8
    for one in found:
        yield Rect(EDGE, y, width, tall, one.shade, INK)
        yield Text(EDGE + width + 8, y + 14, one.label, 14)
        y += tall + 7
    if unknown:
        ring = ((EDGE, y), (EDGE + width, y), (EDGE + width, y + tall), (EDGE, y + tall))
        yield Rect(EDGE, y, width, tall, PAPER, INK)
        yield from hatching((ring,), 7)
        for i, line in enumerate(wrapped(UNKNOWN, 14, _LEGEND - width - 8)):
            yield Text(EDGE + width + 8, y + 14 + 16 * i, line, 14, SOFT)
