"""The outlines of the 21 counties, for the map (where they come from: data/README.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHAPES = Path(__file__).parent / "data" / "lan.json"

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A county: its outlines (islands are rings of their own), a place for its figure."""

    rings: tuple[Ring, ...]
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shapes:
    """All counties by SCB code; x to the right and y downwards, in units of `unit_m` metres."""

    width: float
    height: float
    unit_m: int
    counties: Mapping[str, Shape]


@cache
def load_shapes(path: Path = SHAPES) -> Shapes:
    """Read the shapes that ship with the program."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Shapes(
        data["width"],
        data["height"],
        data["unit_m"],
        {
            code: Shape(
                tuple(tuple(zip(ring[::2], ring[1::2], strict=True)) for ring in county["rings"]),
                (county["label"][0], county["label"][1]),
            )
            for code, county in data["counties"].items()
        },
    )
