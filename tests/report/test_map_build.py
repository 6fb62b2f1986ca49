"""Making the map's shapes: projection, shared borders, small islands and lakes left out."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from pipeline.report.map_build import _project, build
from pipeline.report.map_shapes import load_shapes

Ring = list[tuple[float, float]]


@pytest.mark.parametrize(
    ("longitude", "latitude", "east", "north"),
    [
        # Lantmäteriet's control points for SWEREF 99 TM
        (12.75, 55.0, 356_083.438, 6_097_106.672),
        (19.5, 57.0, 773_251.054, 6_326_392.707),
        (11.25, 59.0, 284_626.066, 6_546_096.724),
        (21.0, 69.0, 739_639.195, 7_666_089.698),
        (15.0, 0.0, 500_000.0, 0.0),
    ],
)
def test_places_in_the_national_grid(longitude, latitude, east, north):
    assert _project((longitude, latitude)) == pytest.approx((east, north), abs=0.01)


def test_shapes_are_built_from_county_borders(tmp_path: Path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    west = [
        [square(14, 60, 15, 61), square(14.4, 60.4, 14.5, 60.5)],
        [square(13, 60, 13.02, 60.02)],
    ]
    east = [[square(15, 60, 16, 61)], [square(17, 60, 17.5, 60.3)]]
    rows = [{"lan_kod": c, "geometry": wkb(g)} for c, g in (("25", west), ("12", east))]
    source, target = tmp_path / "lan.parquet", tmp_path / "lan.json"
    parquet.write_table(arrow.Table.from_pylist(rows), source)

    build(source, target)

    counties = load_shapes(target).counties
    assert list(counties) == ["12", "25"]
    (west_shape,), (east_shape, island) = counties["25"].rings, counties["12"].rings
    assert len(set(west_shape) & set(east_shape)) == 2  # their common border
    assert min(x for x, _ in island) > max(x for x, _ in east_shape)
    assert min(x for x, _ in west_shape) < counties["25"].label[0] < max(x for x, _ in west_shape)


def square(west: float, south: float, east: float, north: float) -> Ring:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def wkb(parts: list[list[Ring]]) -> bytes:
    """A multipolygon as Parquet files of maps hold it."""
    data = struct.pack("<BII", 1, 6, len(parts))
    for rings in parts:
        data += struct.pack("<BII", 1, 3, len(rings))
        for ring in rings:
            flat = [number for point in ring for number in point]
            data += struct.pack(f"<I{len(flat)}d", len(ring), *flat)
    return data
