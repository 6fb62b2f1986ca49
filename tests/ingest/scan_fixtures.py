"""Draw scanned pages: boxes, marks, tables and text, in points on an A4 page at 200 dpi."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 200
SCALE = DPI / 72
WIDTH, HEIGHT = 595.28, 841.89
FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"

Point = tuple[float, float]


class Paper:
    """A page to draw on; all lengths in points from the top left corner."""

    def __init__(self) -> None:
        self.image = Image.new("L", (round(WIDTH * SCALE), round(HEIGHT * SCALE)), 255)
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, size: float = 11) -> None:
        """Write with the top of the letters at y."""
        font = ImageFont.truetype(FONT, round(size * SCALE))
        self.draw.text((x * SCALE, y * SCALE), text, font=font, fill=20)

    def line(self, points: Sequence[Point], width: float = 0.75, ink: int = 0) -> None:
        pixels = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(pixels, fill=ink, width=max(1, round(width * SCALE)), joint="curve")

    def box(self, x: float, y: float, size: float = 10, border: float = 0.75) -> None:
        corners = [x * SCALE, y * SCALE, (x + size) * SCALE, (y + size) * SCALE]
        self.draw.rectangle(corners, outline=0, width=max(1, round(border * SCALE)))

    def mark(self, x: float, y: float, size: float, kind: str) -> None:
        """Tick the box at x, y."""
        for stroke in MARKS[kind]:
            self.line([(x + a * size, y + b * size) for a, b in stroke], 1.1, 40)

    def table(self, x: float, y: float, widths: Sequence[float], heights: Sequence[float]) -> None:
        right, bottom = x + sum(widths), y + sum(heights)
        for i in range(len(heights) + 1):
            self.line([(x, y + sum(heights[:i])), (right, y + sum(heights[:i]))])
        for i in range(len(widths) + 1):
            self.line([(x + sum(widths[:i]), y), (x + sum(widths[:i]), bottom)])

    def scanned(self, skew: float = 0.0, seed: int = 1) -> Image.Image:
        """Return the page as a scanner gives it: turned a little, soft and with some grain."""
        turned = self.image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
        soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float64)
        grain = np.random.default_rng(seed).normal(0, 4, soft.shape)
        return Image.fromarray((15 + soft * 0.9 + grain).clip(0, 255).astype(np.uint8))


_SHAKE = random.Random(4)


def _shaky(*points: Point) -> list[Point]:
    return [(x + _SHAKE.uniform(-0.05, 0.05), y + _SHAKE.uniform(-0.05, 0.05)) for x, y in points]


MARKS: dict[str, list[list[Point]]] = {
    "empty": [],
    "cross": [[(0, 0), (1, 1)], [(0, 1), (1, 0)]],
    "small cross": [[(0.25, 0.25), (0.75, 0.75)], [(0.25, 0.75), (0.75, 0.25)]],
    "pen": [_shaky((-0.3, -0.35), (0.5, 0.5), (1.4, 1.3)), _shaky((-0.2, 1.3), (1.3, -0.3))],
    "check": [[(0.15, 0.5), (0.4, 0.85), (0.9, 0.1)]],
    "pen check": [_shaky((0.1, 0.4), (0.4, 0.95), (1.4, -0.5))],
    "slash": [[(0, 1), (1, 0)]],
}
