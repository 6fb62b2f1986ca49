"""What is drawn on a page besides text: ruled lines, small squares, strokes in them, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from corpus.types import Box
from pipeline.ingest.pdf_frame import Frame

SQUARE_MIN, SQUARE_MAX = 4.5, 18.0
"""Side in points of a square that can be a box to tick; larger ones are cells."""

THIN = 2.5
"""A drawn rectangle thinner than this is a ruled line."""

MAX_SEGMENTS = 20_000
"""Segments read per page; maps and outlined text hold far more, tables never do."""

MAX_DEPTH = 4
MAX_OUTLINE, MAX_STROKE = 120, 24
"""Segments of what may be a box (browsers round its corners) and of what can only be a stroke."""

DARK, WHITE = 110, 250


@dataclass(frozen=True, slots=True)
class Square:
    """A small square or circle; `fill` is its brightness (0–255), None for an open one.

    `inked`: another dark square lies in it.
    """

    box: Box
    fill: int | None = None
    outlined: bool = True
    inked: bool = False


@dataclass(slots=True)
class Shapes:
    """Ruled lines (as thin boxes), squares, small strokes and pictures of one displayed page.

    `paths` and `texts` count the objects of these kinds.
    """

    lines: list[Box] = field(default_factory=list)
    squares: list[Square] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    paths: int = 0
    texts: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """One subpath: its corners in display coordinates and how many curves it has."""

    points: list[tuple[float, float]]
    curves: int

    @property
    def box(self) -> Box:
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))


def read_shapes(page: Any, frame: Frame) -> Shapes:
    """Return what is drawn on an open page; nothing is rendered."""
    shapes = Shapes()
    budget = MAX_SEGMENTS
    for item, local in _objects(page, frame):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            shapes.pictures.append(_bounds(item, local))
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            shapes.texts += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            shapes.paths += 1
            if budget > 0:
                budget -= _path(item, local, shapes)
    return shapes


def _objects(page: Any, frame: Frame) -> Iterator[tuple[Any, Frame]]:
    """Yield the objects of the page and of its forms, each with the frame it is drawn in."""
    count = pdfium.FPDFPage_CountObjects(page)
    for i in range(count):
        item = pdfium.FPDFPage_GetObject(page, i)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _inside(item, frame, 1)
        else:
            yield item, frame


def _inside(form: Any, frame: Frame, depth: int) -> Iterator[tuple[Any, Frame]]:
    matrix = pdfium.FS_MATRIX()
    if depth > MAX_DEPTH or not pdfium.FPDFPageObj_GetMatrix(form, matrix):
        return
    local = _compose(matrix, frame)
    for i in range(max(pdfium.FPDFFormObj_CountObjects(form), 0)):
        item = pdfium.FPDFFormObj_GetObject(form, i)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _inside(item, local, depth + 1)
        else:
            yield item, local


def _compose(m: Any, frame: Frame) -> Frame:
    """Return the frame of points that `m` maps into page space first."""
    a, b = frame.a * m.a + frame.c * m.b, frame.b * m.a + frame.d * m.b
    c, d = frame.a * m.c + frame.c * m.d, frame.b * m.c + frame.d * m.d
    e, f = frame.point(m.e, m.f)
    return Frame(frame.width, frame.height, a, b, c, d, e, f)


_L, _B, _R, _T = (ctypes.c_float() for _ in range(4))


def _bounds(item: Any, frame: Frame) -> Box:
    pdfium.FPDFPageObj_GetBounds(item, _L, _B, _R, _T)
    return frame.box(_L.value, _B.value, _R.value, _T.value)


def _path(item: Any, frame: Frame, shapes: Shapes) -> int:
    """Sort one path into the shapes; return how many segments were read."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
        return 0
    box = _bounds(item, frame)
    wide, tall = box.x1 - box.x0, box.bottom - box.top
    if not frame.shows(box):
        return 0
    shade = _brightness(item) if fill.value else None
    if shade is not None and shade >= WHITE:
        if not stroke.value:
            return 0  # White on white: a background that was painted over.
        shade = None
    if min(wide, tall) <= THIN:
        if max(wide, tall) >= 3:
            shapes.lines.append(box)
        return 0
    small = max(wide, tall) <= SQUARE_MAX + 4
    count = pdfium.FPDFPath_CountSegments(item)
    if small and count > (MAX_OUTLINE if _is_square(box) else MAX_STROKE):
        shapes.strokes.append(box)
        return 0
    if count > MAX_SEGMENTS // 4:
        return 0
    parts = list(_parts(item, count, frame))
    if small:
        _small(parts, box, shade, bool(stroke.value), shapes)
    else:
        for part in parts:
            _large(part, shapes, filled=shade is not None)
    return int(count)


def _parts(item: Any, count: int, frame: Frame) -> Iterator[_Part]:
    """Yield the subpaths of a path."""
    matrix = pdfium.FS_MATRIX()
    local = frame
    if pdfium.FPDFPageObj_GetMatrix(item, matrix):
        local = _compose(matrix, frame)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curves = 0
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield _Part(points, curves // 3)
            points, curves = [], 0
        curves += kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append(local.point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield _Part(points, curves // 3)


def _small(parts: list[_Part], box: Box, shade: int | None, stroked: bool, shapes: Shapes) -> None:
    """Sort a small path: a square, a circle, or a stroke that may tick one."""
    frames = [p for p in parts if _is_square(p.box) and (_is_rectangle(p) or _is_circle(p))]
    if frames:
        outer = max(frames, key=_side)
        # Two nested outlines filled between them make a frame; a thick one is a letter O.
        thin = len(frames) > 1 and _side(min(frames, key=_side)) >= 0.75 * _side(outer)
        if len(frames) > 1 and not thin and not stroked:
            return
        solid = None if thin else shade
        outlined = stroked or thin
        shapes.squares.append(Square(outer.box, solid, outlined))
        shapes.strokes += [p.box for p in parts if p not in frames]
    elif any(_is_rectangle(p) for p in parts):
        for part in parts:
            _large(part, shapes, filled=shade is not None)
    else:
        shapes.strokes.append(box)


def _large(part: _Part, shapes: Shapes, *, filled: bool) -> None:
    """Keep the level and upright sides of a subpath as ruled lines."""
    if part.curves > 12:
        return
    box = part.box
    if min(box.x1 - box.x0, box.bottom - box.top) <= THIN:
        shapes.lines.append(box)
        return
    if _is_square(box) and _is_rectangle(part):
        shapes.squares.append(Square(box, None, not filled))
        return
    for (ax, ay), (bx, by) in zip(part.points, part.points[1:], strict=False):
        wide, tall = abs(bx - ax), abs(by - ay)
        if min(wide, tall) <= 0.7 and max(wide, tall) >= 3:
            shapes.lines.append(Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    if len(part.points) <= 4 and max(box.x1 - box.x0, box.bottom - box.top) <= 30:
        shapes.strokes.append(box)


def _side(part: _Part) -> float:
    return part.box.x1 - part.box.x0


def _is_square(box: Box) -> bool:
    wide, tall = box.x1 - box.x0, box.bottom - box.top
    return (
        min(wide, tall) >= SQUARE_MIN
        and max(wide, tall) <= SQUARE_MAX
        and max(wide, tall) <= 1.4 * min(wide, tall)
    )


def _is_rectangle(part: _Part) -> bool:
    """Tell whether a subpath is four level and upright sides."""
    if part.curves or not 4 <= len(part.points) <= 6:
        return False
    box = part.box
    near = 0.8
    corners = set()
    for x, y in part.points:
        left, right = abs(x - box.x0) < near, abs(x - box.x1) < near
        top, bottom = abs(y - box.top) < near, abs(y - box.bottom) < near
        if not (left or right) or not (top or bottom):
            return False
        corners.add((left, top))
    return len(corners) == 4


def _is_circle(part: _Part) -> bool:
    """Tell whether a subpath is a closed circle or a square with rounded corners."""
    if part.curves < 4:
        return False
    box = part.box
    (ax, ay), (bx, by) = part.points[0], part.points[-1]
    if max(abs(ax - bx), abs(ay - by)) > 1:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    wide, tall = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    # Every corner and handle lies near the rim; a pen stroke crosses the middle.
    return all(max(abs(px - x) / wide, abs(py - y) / tall) > 0.6 for px, py in part.points)


def _brightness(item: Any) -> int:
    """Return how bright a fill is, 255 for white and for one that is not seen."""
    r, g, b, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, r, g, b, alpha):
        return 0
    if alpha.value < 20:
        return 255
    return int(0.3 * r.value + 0.59 * g.value + 0.11 * b.value)
