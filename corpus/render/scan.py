"""Scans: pages of a PDF as 200-dpi pictures, clean, everyday or bad, in several containers."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Literal

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

Grade = Literal["clean", "mid", "bad"]
Container = Callable[[list[Image.Image]], bytes]

DPI = 200


def scan(pdf: bytes, grade: Grade, container: Container, seed: int) -> bytes:
    """Print a PDF and scan it: `grade` is how badly, `container` what the scanner writes."""
    rng = random.Random(f"scan {grade} {seed}")
    with pdfium.PdfDocument(pdf) as document:
        pages = []
        for page in document:
            picture = page.render(scale=DPI / 72).to_pil().convert("L")
            page.close()
            pages.append(_spoil(picture, grade, rng))
    return container(pages)


def image_pdf(pages: list[Image.Image]) -> bytes:
    """A PDF of pictures, as an office copier writes it."""
    return _save(pages, "PDF", quality=70)


def tiff(pages: list[Image.Image]) -> bytes:
    """A multi-page TIFF in black and white, fax style."""
    bitonal = [page.point(_threshold, mode="1") for page in pages]
    return _save(bitonal, "TIFF", compression="group4")


def jpeg(pages: list[Image.Image]) -> bytes:
    """One JPEG with the pages below each other: JPEG holds a single picture."""
    out = io.BytesIO()
    _stack(pages).save(out, "JPEG", quality=60, dpi=(DPI, DPI))
    return out.getvalue()


def png(pages: list[Image.Image]) -> bytes:
    """One PNG with the pages below each other, 16 greys."""
    out = io.BytesIO()
    grey = _stack(pages).quantize(16)
    grey.save(out, "PNG", optimize=True, dpi=(DPI, DPI))
    return out.getvalue()


def _save(pages: list[Image.Image], kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    first, *rest = pages
    first.save(out, kind, save_all=True, append_images=rest, resolution=DPI, **options)
    return out.getvalue()


def _stack(pages: list[Image.Image]) -> Image.Image:
    whole = Image.new("L", (pages[0].width, sum(p.height for p in pages)), 255)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def _threshold(value: int) -> int:
    return 255 if value > 150 else 0


def _spoil(page: Image.Image, grade: Grade, rng: random.Random) -> Image.Image:
    """Skew, grey and dirty a page. Skew is at most 0.7 degrees (mid) or 1.8 (bad)."""
    if grade == "clean":
        return page
    skew, noise, blur, paper, ink = (
        (0.7, 9, 0.5, 244, 25) if grade == "mid" else (1.8, 26, 1.1, 220, 70)
    )
    page = page.rotate(rng.uniform(-skew, skew), Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(blur))
    dice = np.random.default_rng(rng.randrange(2**32))
    grey = np.asarray(page, dtype=np.float32) / 255 * (paper - ink) + ink
    # Light falls off towards one edge of the glass.
    grey *= np.linspace(1.0, 0.97 if grade == "mid" else 0.86, page.width, dtype=np.float32)
    grey += dice.normal(0, noise / 2, grey.shape).astype(np.float32)
    specks = 40 if grade == "mid" else 500
    rows, columns = (
        dice.integers(0, page.height - 2, specks),
        dice.integers(0, page.width - 2, specks),
    )
    for row, column in zip(rows, columns, strict=True):
        grey[row : row + 2, column : column + 2] = ink
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
