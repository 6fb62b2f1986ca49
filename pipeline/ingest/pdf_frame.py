"""From PDF page space to the page as displayed: rotation and crop applied, origin top left."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from corpus.types import Box

STEPS = 100
"""Device units per point: FPDF_PageToDevice answers in whole units."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The affine map of one page; `width` and `height` are points as displayed."""

    width: float
    height: float
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the displayed position of a point in page space."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the displayed box of a rectangle in page space."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def shows(self, box: Box) -> bool:
        """Tell whether the middle of a displayed box lies on the displayed (cropped) page."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        return -1 <= x <= self.width + 1 and -1 <= y <= self.height + 1


def frame_of(page: Any) -> Frame:
    """Return the frame of an open pypdfium2 page."""
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()

    def at(px: float, py: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(
            page, 0, 0, round(width * STEPS), round(height * STEPS), 0, px, py, x, y
        )
        return x.value / STEPS, y.value / STEPS

    (ox, oy), (rx, ry), (ux, uy) = at(0, 0), at(1000, 0), at(0, 1000)
    return Frame(
        width,
        height,
        (rx - ox) / 1000,
        (ry - oy) / 1000,
        (ux - ox) / 1000,
        (uy - oy) / 1000,
        ox,
        oy,
    )
