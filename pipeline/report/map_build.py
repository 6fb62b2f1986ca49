"""Make the counties' shapes: `python -m pipeline.report.map_build lan.parquet` (data/README.md).

Reads SCB's county borders as GeoParquet (WGS 84), projects them to SWEREF 99 TM, the national
grid, and rounds them to it: borders that two counties share stay shared. Needs pyarrow.
"""

from __future__ import annotations

import json
import struct
import sys
from itertools import pairwise
from math import asinh, atan2, atanh, cos, cosh, hypot, radians, sin, sinh, sqrt
from pathlib import Path

from pipeline.report.map_shapes import SHAPES

Point = tuple[float, float]
Ring = list[Point]
Whole = tuple[int, int]

UNIT = 1000  # metres; the map is drawn at some 1 800 metres to the unit of a picture
SMALLEST_ISLAND = 20  # square kilometres
LABEL_STEP = 4  # units between the places tried for a label


def build(source: Path, target: Path = SHAPES) -> int:
    """Write the shapes and return how many points they have. Raises OSError and ValueError."""
    from pyarrow import parquet

    rows = parquet.read_table(source).to_pylist()
    projected = {
        row["lan_kod"]: [[[_project(p) for p in ring] for ring in part] for part in _wkb(row)]
        for row in rows
    }
    points = [p for parts in projected.values() for part in parts for ring in part for p in ring]
    west, north = min(x for x, _ in points), max(y for _, y in points)
    counties: dict[str, tuple[Whole, list[list[Whole]]]] = {}
    for code, parts in sorted(projected.items()):
        rings = [
            _rounded(outline, west, north)
            for outline, *_lakes in parts
            if _area(outline) / 1e6 > SMALLEST_ISLAND
        ]
        counties[code] = max(_places(rings), key=lambda place: _room(place, rings)), rings
    target.write_text(_as_json(counties), encoding="utf-8")
    return sum(len(ring) for _, rings in counties.values() for ring in rings)


def _wkb(row: dict[str, bytes]) -> list[list[Ring]]:
    """Return a (multi)polygon's parts, each an outline and its holes, as (longitude, latitude)."""
    data, at = row["geometry"], 0

    def take(form: str) -> tuple[float, ...]:
        nonlocal at
        values = struct.unpack_from(form, data, at)
        at += struct.calcsize(form)
        return values

    def geometry() -> list[list[Ring]]:
        order = "<" if take("B")[0] else ">"
        kind, number = (int(n) for n in take(order + "II"))
        if kind == 6:
            return [part for _ in range(number) for part in geometry()]
        if kind != 3:
            raise ValueError(f"geometry of kind {kind} in {row.get('lan_kod')!r}")
        rings = []
        for _ in range(number):
            (length,) = (int(n) for n in take(order + "I"))
            flat = take(f"{order}{2 * length}d")
            rings.append(list(zip(flat[::2], flat[1::2], strict=True)))
        return [rings]

    return geometry()


def _project(place: Point) -> Point:
    """Return easting and northing in metres: transverse Mercator about 15° E on GRS 80 (Krüger)."""
    flattening, axis, scale = 1 / 298.257222101, 6_378_137.0, 0.9996
    third = flattening / (2 - flattening)
    radius = axis / (1 + third) * (1 + third**2 / 4 + third**4 / 64)
    eccentricity = sqrt(flattening * (2 - flattening))
    longitude, latitude = radians(place[0] - 15), radians(place[1])
    sine = sin(latitude)
    conformal = sinh(atanh(sine) - eccentricity * atanh(eccentricity * sine))
    north = atan2(conformal, cos(longitude))
    east = asinh(sin(longitude) / hypot(conformal, cos(longitude)))
    series = (
        third / 2 - 2 * third**2 / 3 + 5 * third**3 / 16,
        13 * third**2 / 48 - 3 * third**3 / 5,
        61 * third**3 / 240,
    )
    terms = [(2 * (i + 1), factor) for i, factor in enumerate(series)]
    northing = north + sum(f * sin(k * north) * cosh(k * east) for k, f in terms)
    easting = east + sum(f * cos(k * north) * sinh(k * east) for k, f in terms)
    return 500_000 + scale * radius * easting, scale * radius * northing


def _rounded(ring: Ring, west: float, north: float) -> list[Whole]:
    """Return a ring, open, in units right of and below the map's corner.

    Points that round to the same place stand once, those on a straight line not at all.
    """
    places = [(round((x - west) / UNIT), round((north - y) / UNIT)) for x, y in ring]
    places = [p for p, following in pairwise([*places, places[0]]) if p != following]
    return [
        p for i, p in enumerate(places) if _turns(places[i - 1], p, places[i + 1 - len(places)])
    ]


def _turns(a: Whole, b: Whole, c: Whole) -> bool:
    """Tell whether the way from a to c by b is not straight on."""
    x1, y1, x2, y2 = b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]
    return x1 * y2 != x2 * y1 or x1 * x2 + y1 * y2 < 0


def _area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def _places(rings: list[list[Whole]]) -> list[Whole]:
    """Return a grid of places over the largest ring, where a label might stand."""
    outline = max(rings, key=_area_of_whole)
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return [
        (x, y)
        for x in range(min(xs), max(xs), LABEL_STEP)
        for y in range(min(ys), max(ys), LABEL_STEP)
    ]


def _area_of_whole(ring: list[Whole]) -> float:
    return _area([(float(x), float(y)) for x, y in ring])


def _room(place: Whole, rings: list[list[Whole]]) -> float:
    """Return how far the nearest border is; less than nought outside. Figures are wide, not high.

    So distances from left to right count half.
    """
    inside, nearest = False, float("inf")
    x, y = place
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
            nearest = min(nearest, _distance((x1 - x) / 2, y1 - y, (x2 - x) / 2, y2 - y))
    return nearest if inside else -nearest


def _distance(x1: float, y1: float, x2: float, y2: float) -> float:
    """Return the distance from the origin to a line between two points."""
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length)) if length else 0.0
    return hypot(x1 + along * dx, y1 + along * dy)


def _as_json(counties: dict[str, tuple[Whole, list[list[Whole]]]]) -> str:
    """One county a line, so that a change of one is seen as such."""
    points = [p for _, rings in counties.values() for ring in rings for p in ring]
    head = {
        "source": "SCB, Digitala gränser (CC0)",
        "unit_m": UNIT,
        "width": max(x for x, _ in points),
        "height": max(y for _, y in points),
    }
    lines = []
    for code, (label, rings) in counties.items():
        county = {"label": label, "rings": [[n for p in ring for n in p] for ring in rings]}
        lines.append(f'"{code}": {json.dumps(county, separators=(",", ":"))}')
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return start + ', "counties": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
