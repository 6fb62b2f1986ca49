"""Small pictures used as boxes: looked at in a rendering of the page, since they have no paths."""

from __future__ import annotations

from typing import Any

from corpus.types import Box
from pipeline.ingest.pdf_frame import Frame
from pipeline.ingest.pdf_shapes import SQUARE_MAX, SQUARE_MIN, Shapes, Square

SCALE = 4.0
"""Pixels a point: a box of 8 points then has an edge of several pixels."""

DARK = 140
EDGE_SHARE = 0.65
"""How much of each of the four sides must be dark; icons have no such sides."""

INK_SHARE = 0.06
MOST = 80


def add_picture_boxes(page: Any, frame: Frame, shapes: Shapes) -> None:
    """Move small square pictures that show a box from the pictures of `shapes` to its squares.

    The page is rendered only when it holds such pictures.
    """
    small = [box for box in shapes.pictures if _is_candidate(box)]
    if not small or len(small) > MOST:
        return
    if any(_near(box, square.box) for box in small for square in shapes.squares):
        return  # Pictures of check marks in drawn boxes.
    if frame.width * frame.height * SCALE**2 > 60_000_000:
        return
    bitmap = page.render(scale=SCALE, grayscale=True)
    try:
        sheet = bitmap.to_pil()
        for box in small:
            if (inked := _look(sheet, box)) is not None:
                shapes.pictures.remove(box)
                shapes.squares.append(Square(box, inked=inked))
    finally:
        bitmap.close()


def _is_candidate(box: Box) -> bool:
    wide, tall = box.x1 - box.x0, box.bottom - box.top
    return min(wide, tall) >= SQUARE_MIN and max(wide, tall) <= min(
        SQUARE_MAX, 1.3 * min(wide, tall)
    )


def _near(a: Box, b: Box) -> bool:
    return abs(a.x0 + a.x1 - b.x0 - b.x1) < 12 and abs(a.top + a.bottom - b.top - b.bottom) < 12


def _look(sheet: Any, box: Box) -> bool | None:
    """Return whether there is ink in the box, None where the picture shows no box."""
    area = tuple(round(v * SCALE) for v in (box.x0, box.top, box.x1, box.bottom))
    cut = sheet.crop(area).convert("L").point(lambda v: 255 if v < DARK else 0)
    drawn = cut.getbbox()
    if drawn is None:
        return None
    cut = cut.crop(drawn)
    wide, tall = cut.size
    if min(wide, tall) < SQUARE_MIN * SCALE * 0.7:
        return None
    band = max(2, round(min(wide, tall) * 0.12))
    sides = (
        (0, 0, wide, band),
        (0, tall - band, wide, tall),
        (0, 0, band, tall),
        (wide - band, 0, wide, tall),
    )
    if any(_covered(cut.crop(side)) < EDGE_SHARE for side in sides):
        return None
    margin = 2 * band
    inner = cut.crop((margin, margin, wide - margin, tall - margin))
    return inner.size[0] > 1 and inner.size[1] > 1 and _share(inner) > INK_SHARE


def _covered(strip: Any) -> float:
    """Return how much of the strip's length has ink somewhere across it."""
    wide, tall = strip.size
    flat = strip.reduce((1, tall)) if wide >= tall else strip.reduce((wide, 1))
    # reduce() averages: any ink leaves more than nothing.
    blank: int = flat.histogram()[0]
    return 1 - blank / max(int(flat.size[0] * flat.size[1]), 1)


def _share(cut: Any) -> float:
    return float(cut.histogram()[255] / (cut.size[0] * cut.size[1]))
