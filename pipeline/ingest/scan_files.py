"""Scans that come as image files: PNG, JPEG and TIFF, one page or many."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from pipeline.errors import ReadError
from pipeline.ingest.base import Raw, Reader
from pipeline.ingest.scan import check_size, read_image, too_large

MOST_PAGES = 400
A4_WIDTH, A4_HEIGHT = 595.28, 841.89
A4_RATIO = A4_HEIGHT / A4_WIDTH
BELIEVABLE_DPI = (60.0, 1300.0)


def accepts(head: bytes, suffix: str) -> str | None:
    """Return the format of an image file by its first bytes, or None."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "tiff"
    return None


def _read_file(path: Path, fmt: str) -> Raw:
    pages = []
    for number, (image, dpi) in enumerate(pages_of(path), start=1):
        width, height = image.width / dpi * 72, image.height / dpi * 72
        pages.append(read_image(image, dpi, number, round(width, 2), round(height, 2)))
    if not any(line.text for page in pages for line in page.lines):
        raise ReadError(
            "ingen_text",
            "Ingen text hittades i bilden.",
            "Kontrollera att det är en inskannad sida och skanna om den i 200–300 dpi.",
        )
    return Raw(format=fmt, pages=tuple(pages))


def pages_of(path: Path) -> Iterator[tuple[Image.Image, float]]:
    """Yield each page of an image file, upright by its own metadata, with its dpi."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as file:
                if getattr(file, "n_frames", 1) > MOST_PAGES:
                    raise too_large(f"Bilden har fler än {MOST_PAGES} sidor.")
                for frame in ImageSequence.Iterator(file):
                    check_size(frame)
                    dpi = _dpi(frame)
                    for page in _pages(ImageOps.exif_transpose(frame)):
                        yield page, dpi
    except Image.DecompressionBombError as error:
        raise too_large("Bilden är orimligt stor.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ReadError(
            "trasig",
            "Bildfilen är skadad och går inte att öppna.",
            "Be avsändaren skicka den igen, helst som PDF.",
        ) from error


def _pages(image: Image.Image) -> Iterator[Image.Image]:
    """Cut a strip of pages of A4 pasted under each other into its pages."""
    ratio = image.height / image.width
    count = round(ratio / A4_RATIO)
    if count < 2 or abs(ratio - count * A4_RATIO) > 0.01 * count:
        yield image
        return
    cuts = [round(i * image.height / count) for i in range(count + 1)]
    for top, bottom in pairwise(cuts):
        yield image.crop((0, top, image.width, bottom))


def _dpi(image: Image.Image) -> float:
    """Return what the file says where it can be true of a page, else as if it were an A4."""
    short, long = sorted(image.size)
    said = image.info.get("dpi")
    dpi = float(max(said)) if said else 0.0
    # Programs that do not know write 72 or 96 dpi: a page is no metre wide.
    if BELIEVABLE_DPI[0] <= dpi <= BELIEVABLE_DPI[1] and 3 <= short / dpi <= 13:
        return dpi
    return max(short / A4_WIDTH if long > 1.6 * short else long / A4_HEIGHT, 0.01) * 72


READER = Reader("scan", accepts, _read_file)
