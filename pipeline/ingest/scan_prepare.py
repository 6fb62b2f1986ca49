"""Make a page image fit for reading: grey, even light, about 200 dpi, upright and level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from corpus.types import Box

Pixels = NDArray[np.uint8]

WORKING_DPI = 200.0
# Tesseract reads 150-300 dpi equally well; anything larger only costs time.
LARGEST_DPI = 300.0
SMALLEST_DPI = 140.0
STEEPEST = 4.0
LEVEL_ENOUGH = 0.12
GRAINY = 5.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready for reading.

    `grey` is uint8 [rows, columns], paper 255; `to_page` the 3 x 3 matrix from its pixels to
    points of the page as displayed; `turned` the quarter turns anticlockwise made to it.
    """

    grey: Pixels
    dpi: float
    to_page: NDArray[np.float64]
    turned: int = 0

    @property
    def scale(self) -> float:
        """Pixels per point."""
        return self.dpi / 72

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """Return the box in points on the displayed page that a pixel rectangle covers."""
        corners = np.array([[x0, top, 1], [x1, top, 1], [x0, bottom, 1], [x1, bottom, 1]])
        points = corners @ self.to_page.T
        left, up = points[:, :2].min(axis=0)
        right, down = points[:, :2].max(axis=0)
        return Box(*(round(float(v), 2) for v in (left, up, right, down)))


def prepare(image: Image.Image, dpi: float, width_pt: float, height_pt: float) -> Sheet:
    """Return the page image as a level sheet; it stays turned as it was displayed."""
    grey = _grey(image)
    wanted = dpi
    if dpi > LARGEST_DPI or dpi < SMALLEST_DPI:
        wanted = WORKING_DPI
    grey = _resize(grey, wanted / dpi)
    to_page = np.diag([width_pt / grey.shape[1], height_pt / grey.shape[0], 1.0])
    return _level(Sheet(_quiet(_even_light(grey)), wanted, to_page))


def turn(sheet: Sheet, quarters: int) -> Sheet:
    """Return the sheet turned anticlockwise by so many quarters; boxes still lead back."""
    rows, columns = sheet.grey.shape
    back = {
        0: np.eye(3),
        1: np.array([[0.0, -1, columns], [1, 0, 0], [0, 0, 1]]),
        2: np.array([[-1.0, 0, columns], [0, -1, rows], [0, 0, 1]]),
        3: np.array([[0.0, 1, 0], [-1, 0, rows], [0, 0, 1]]),
    }[quarters % 4]
    grey = np.ascontiguousarray(np.rot90(sheet.grey, quarters))
    return Sheet(grey, sheet.dpi, sheet.to_page @ back, (sheet.turned + quarters) % 4)


def seems_sideways(sheet: Sheet) -> bool:
    """Tell whether lines of text seem to run up and down the page."""
    small = _small_ink(sheet)
    return _profile(small.T) > 1.5 * _profile(small)


def _grey(image: Image.Image) -> Pixels:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float64)
        top = max(float(values.max(initial=1.0)), 1.0)
        return (values * (255.0 / top)).clip(0, 255).astype(np.uint8)
    return np.asarray(image.convert("L"), dtype=np.uint8)


def _resize(grey: Pixels, factor: float) -> Pixels:
    import cv2

    if abs(factor - 1) < 0.01:
        return grey
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return _pixels(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=how))


def _even_light(grey: Pixels) -> Pixels:
    """Divide by the light of the paper: shadows at the spine and grey paper go."""
    import cv2

    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    light = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    # Below 60 it is no shadow but a black picture: leave it black.
    return _pixels(cv2.divide(grey, np.maximum(light, 60), scale=250))


def _quiet(grey: Pixels) -> Pixels:
    """Smooth a page whose paper is grainy; a clean one keeps every pixel."""
    import cv2

    smooth = _pixels(cv2.medianBlur(grey, 3))
    paper = smooth > 200
    grain = float(cv2.absdiff(grey, smooth)[paper].mean()) if paper.any() else 0.0
    return smooth if grain > GRAINY else grey


def _level(sheet: Sheet) -> Sheet:
    import cv2

    angle = _skew(sheet)
    if abs(angle) < LEVEL_ENOUGH:
        return sheet
    rows, columns = sheet.grey.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    level = cv2.warpAffine(
        sheet.grey, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderValue=(255,)
    )
    back = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))
    return Sheet(_pixels(level), sheet.dpi, sheet.to_page @ back)


def _skew(sheet: Sheet) -> float:
    """Return the degrees anticlockwise that make the lines level, 0 where nothing says so."""
    small = _small_ink(sheet)
    if not small.any():
        return 0.0
    if _profile(small.T) > 1.5 * _profile(small):
        small = np.ascontiguousarray(small.T[::-1])
    best, step = 0.0, 0.5
    reach = np.arange(-STEEPEST, STEEPEST + step, step)
    for step in (0.1, 0.03):
        scores = [_profile(_rotated(small, float(a))) for a in reach]
        best = float(reach[int(np.argmax(scores))])
        reach = np.arange(best - 5 * step, best + 5.5 * step, step)
    level = _profile(small)
    return best if _profile(_rotated(small, best)) > 1.02 * level else 0.0


def _small_ink(sheet: Sheet) -> NDArray[np.float32]:
    import cv2

    factor = 100.0 / sheet.dpi
    small = cv2.resize(sheet.grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink: NDArray[np.float32] = np.where(small < 200, 255 - small, 0).astype(np.float32)
    return ink


def _rotated(ink: NDArray[np.float32], angle: float) -> Any:
    import cv2

    rows, columns = ink.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    return cv2.warpAffine(ink, matrix, (columns, rows), flags=cv2.INTER_LINEAR)


def _profile(ink: Any) -> float:
    """How sharply rows of ink and rows of paper follow each other."""
    return float(np.square(np.diff(ink.sum(axis=1))).sum())


def _pixels(array: Any) -> Pixels:
    return np.asarray(array, dtype=np.uint8)
