"""A picture as shapes and words with coordinates, before it is SVG or pixels; text measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

INK, SOFT, GRID, PAPER = "#1f2933", "#52606d", "#cbd2d9", "#ffffff"

Ring = tuple[tuple[float, float], ...]
Anchor = Literal["start", "middle", "end"]

# Widths in thousandths of the size, as in Helvetica; what is not listed is taken to be wide.
_WIDTHS = {
    222: "ijl'|",
    278: " .,:;!/\\[]ftI·\N{NO-BREAK SPACE}",
    333: "()-r",
    500: "cksvxyzJ",
    556: "abdeghnopqu0123456789_L?åäöéàü\N{EN DASH}",
    584: "<>=+\N{MINUS SIGN}",
    611: "FTZ",
    667: "ABEKPSVXYÅÄÉ&",
    722: "CDHNRUwÜ",
    778: "GOQÖ",
    833: "mM",
}
_WIDTH_OF = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_WIDEST = 944
_OTHER_FONTS = 1.16  # the page's own font may be wider than Helvetica


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = INK
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """Words on a baseline, `x` where `anchor` says; `tail` follows in a softer colour."""

    x: float
    y: float
    text: str
    size: float
    fill: str = INK
    anchor: Anchor = "start"
    bold: bool = False
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape; a ring within a ring is a hole."""

    rings: tuple[Ring, ...]
    fill: str
    stroke: str = ""
    width: float = 1.0


Mark = Rect | Line | Text | Area


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: y grows downwards, marks later in the row lie on top.

    `title` and `alt` are for those who do not see it.
    """

    id: str
    title: str
    alt: str
    width: float
    height: float
    marks: tuple[Mark, ...]


def text_width(text: str, size: float) -> float:
    """Return about how wide words are in the fonts a page may have."""
    return helvetica_width(text, size) * _OTHER_FONTS


def helvetica_width(text: str, size: float) -> float:
    """Return how wide words are in Helvetica."""
    return sum(_WIDTH_OF.get(sign, _WIDEST) for sign in text) * size / 1000


def wrapped(text: str, size: float, width: float) -> tuple[str, ...]:
    """Return text as lines no wider than `width`, broken between words and in words too long."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if text_width(longer, size) <= width:
            lines[-1] = longer
            continue
        *whole, rest = _pieces(word, size, width)
        lines += [*whole, rest]
    return tuple(line for line in lines if line) or ("",)


def hatching(rings: tuple[Ring, ...], step: float, stroke: str = SOFT) -> Iterator[Line]:
    """Yield slanting lines that fill a shape, `step` apart from left to right."""
    edges = [edge for ring in rings for edge in pairwise((*ring, ring[0]))]
    sums = [x + y for ring in rings for x, y in ring]
    level = (min(sums, default=0.0) // step + 1) * step
    while level < max(sums, default=0.0):
        crossings = sorted(
            (x1 + along * (x2 - x1), y1 + along * (y2 - y1))
            for (x1, y1), (x2, y2) in edges
            if (x1 + y1 <= level) != (x2 + y2 <= level)
            for along in [(level - x1 - y1) / (x2 + y2 - x1 - y1)]
        )
        for (x1, y1), (x2, y2) in zip(crossings[::2], crossings[1::2], strict=False):
            yield Line(x1, y1, x2, y2, stroke, 0.8)
        level += step


def contrast(a: str, b: str) -> float:
    """Return the contrast of two colours (#rrggbb) as WCAG reckons it, 1–21."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _pieces(word: str, size: float, width: float) -> list[str]:
    """Cut a word that is wider than a line."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and text_width(pieces[-1] + sign, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
