"""Bar charts and maps as SVG: within a page in the page's own font, or as a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from pipeline.report.blocks import BarChart, CountyMap
from pipeline.report.charts_draw import draw_bars
from pipeline.report.drawing import PAPER, SOFT, Area, Drawing, Line, Mark, Rect, Ring, Text
from pipeline.report.map_draw import draw_map

_FONT = "Arial, Helvetica, sans-serif"


def figure(block: BarChart | CountyMap) -> str:
    """Return a chart or map as an HTML figure with caption and note, for a page with diagram.css.

    A chart is there twice, for wide and for narrow screens; the style sheet shows one of them.
    """
    pictures = [inline(drawing(block))]
    if isinstance(block, BarChart):
        narrow = draw_bars(block, narrow=True)
        pictures = [_classed(pictures[0], "wide-only"), _classed(inline(narrow), "narrow-only")]
    kind = "chart" if isinstance(block, BarChart) else "map"
    note = f'<p class="note">{escape(block.note)}</p>\n' if block.note else ""
    return (
        f'<figure class="picture {kind}" id="{escape(block.id)}">\n'
        f"<figcaption>{escape(block.caption)}</figcaption>\n"
        + "\n".join(pictures)
        + f"\n{note}</figure>\n"
    )


def drawing(block: BarChart | CountyMap) -> Drawing:
    """Return the picture of a chart (for wide pages) or of a map."""
    return draw_bars(block) if isinstance(block, BarChart) else draw_map(block)


def inline(picture: Drawing) -> str:
    """Return SVG to stand in a page; it takes the page's font and the room that it is given."""
    return _svg(picture, f'viewBox="0 0 {_n(picture.width)} {_n(picture.height)}"')


def standalone(picture: Drawing) -> str:
    """Return an SVG file (to be saved as UTF-8) with white paper and a size of its own."""
    width, height = _n(picture.width), _n(picture.height)
    attributes = (
        f'xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{_FONT}"'
    )
    paper = Rect(0, 0, picture.width, picture.height, PAPER)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_svg(picture, attributes, (paper,))}\n'


def _svg(picture: Drawing, attributes: str, below: tuple[Mark, ...] = ()) -> str:
    id = escape(picture.id)
    head = (
        f'<svg {attributes} role="img" aria-labelledby="{id}-t {id}-d">'
        f'<title id="{id}-t">{escape(picture.title)}</title>'
        f'<desc id="{id}-d">{escape(picture.alt)}</desc>'
    )
    return "\n".join([head, *(_mark(m) for m in (*below, *picture.marks)), "</svg>"])


def _classed(svg: str, name: str) -> str:
    return svg.replace("<svg ", f'<svg class="{name}" ', 1)


def _mark(mark: Mark) -> str:
    match mark:
        case Rect(x, y, width, height, fill, stroke):
            edge = f' stroke="{stroke}"' if stroke else ""
            return (
                f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" '
                f'fill="{fill}"{edge}/>'
            )
        case Line(x1, y1, x2, y2, stroke, width):
            return (
                f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
                f'stroke="{stroke}" stroke-width="{_n(width)}"/>'
            )
        case Area(rings, fill, stroke, width):
            edge = f' stroke="{stroke}" stroke-width="{_n(width)}"' if stroke else ""
            edge += ' stroke-linejoin="round"' if stroke else ""
            return f'<path d="{"".join(_path(rings))}" fill="{fill}" fill-rule="evenodd"{edge}/>'
        case Text():
            return _text(mark)


def _text(text: Text) -> str:
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    weight = ' font-weight="600"' if text.bold else ""
    tail = f'<tspan fill="{SOFT}" font-weight="400"> {escape(text.tail)}</tspan>'
    return (
        f'<text x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}" '
        f'fill="{text.fill}"{anchor}{weight}>{escape(text.text)}{tail if text.tail else ""}</text>'
    )


def _path(rings: tuple[Ring, ...]) -> Iterator[str]:
    """Yield each ring as tenths of a unit from point to point, which is shortest."""
    for ring in rings:
        tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
        yield f"M{_n(tenths[0][0] / 10)} {_n(tenths[0][1] / 10)}l"
        steps = [(x - u, y - v) for (u, v), (x, y) in pairwise(tenths)]
        yield " ".join(f"{_n(x / 10)} {_n(y / 10)}" for x, y in steps) + "z"


def _n(number: float) -> str:
    """Write a coordinate with at most one decimal."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")
