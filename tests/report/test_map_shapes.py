"""The map's outlines: every county is there, whole, and lies where it lies."""

from __future__ import annotations

from itertools import pairwise

import pytest

from annotations.tables import load_tables
from pipeline.report.map_shapes import SHAPES, Ring, Shape, load_shapes

COUNTIES = load_shapes().counties
# SCB's land areas in square kilometres; shapes hold the water inside a county's border too.
LAND = {
    "25": 97_200,
    "24": 54_700,
    "23": 48_900,
    "14": 23_800,
    "09": 3_100,
    "10": 2_900,
    "01": 6_500,
}
SOUTHWARDS = ("25", "24", "22", "21", "03", "04", "05", "08", "10", "12")
WESTWARDS = ("09", "08", "07", "13")
NEIGHBOURS = (("25", "24"), ("24", "22"), ("12", "13"), ("12", "10"), ("17", "18"), ("01", "03"))
NO_NEIGHBOURS = (("09", "08"), ("12", "14"), ("25", "22"), ("01", "12"))


def test_every_county_has_a_shape_and_no_shape_is_without_county():
    assert set(COUNTIES) == {c.code for c in load_tables().counties}


@pytest.mark.parametrize("code", sorted(COUNTIES))
def test_a_shape_has_an_area_and_its_figure_stands_within(code):
    shape = COUNTIES[code]
    assert area(shape) > 2_000
    assert all(len(ring) >= 3 for ring in shape.rings)
    assert any(holds(ring, shape.label) for ring in shape.rings)


@pytest.mark.parametrize(("code", "land"), LAND.items())
def test_areas_are_those_of_the_counties(code, land):
    assert land * 0.85 < area(COUNTIES[code]) < land * 1.15


def test_the_whole_country_is_as_large_and_long_as_it_is():
    shapes = load_shapes()
    assert 410_000 < sum(map(area, COUNTIES.values())) < 460_000
    assert 1_500 < shapes.height < 1_600
    assert 600 < shapes.width < 680


def test_counties_lie_from_north_to_south_and_from_east_to_west():
    rows = [middle(COUNTIES[code])[1] for code in SOUTHWARDS]
    assert rows == sorted(rows)
    columns = [middle(COUNTIES[code])[0] for code in WESTWARDS]
    assert columns == sorted(columns, reverse=True)
    assert max(y for s in COUNTIES.values() for r in s.rings for _, y in r) == max(
        y for r in COUNTIES["12"].rings for _, y in r
    )


@pytest.mark.parametrize(("one", "other"), NEIGHBOURS)
def test_neighbours_share_their_border_point_by_point(one, other):
    assert len(points(one) & points(other)) >= 3


@pytest.mark.parametrize(("one", "other"), NO_NEIGHBOURS)
def test_others_share_none(one, other):
    assert not points(one) & points(other)


def test_oland_is_an_island_of_kalmar():
    mainland, island = sorted(COUNTIES["08"].rings, key=ring_area, reverse=True)[:2]
    assert 1_200 < ring_area(island) < 1_450  # 1 342 square kilometres
    assert not set(mainland) & set(island)


def test_gotland_is_alone_in_the_sea():
    others = {p for code in COUNTIES if code != "09" for p in points(code)}
    west = min(x for x, _ in points("09"))
    assert min(abs(x - west) for x, y in others if 2 * abs(y - middle(COUNTIES["09"])[1]) < 60) > 40


def test_the_file_is_small_and_says_where_it_is_from():
    text = SHAPES.read_text(encoding="utf-8")
    assert len(text) <= 60_000
    assert "SCB" in text and "CC0" in text


def points(code: str) -> set[tuple[float, float]]:
    return {p for ring in COUNTIES[code].rings for p in ring}


def area(shape: Shape) -> float:
    return sum(map(ring_area, shape.rings))


def ring_area(ring: Ring) -> float:
    """In square kilometres: the unit is a kilometre."""
    assert load_shapes().unit_m == 1_000
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*ring, ring[0])))) / 2


def middle(shape: Shape) -> tuple[float, float]:
    ring = max(shape.rings, key=ring_area)
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def holds(ring: Ring, place: tuple[float, float]) -> bool:
    x, y = place
    inside = False
    for (x1, y1), (x2, y2) in pairwise((*ring, ring[0])):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
