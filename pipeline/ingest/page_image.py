"""A picture of one page of a PDF or image file, for people; to be run in a child process."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pipeline.errors import ReadError

LONG_SIDE = 11.7
"""Inches of A4's long side: the pixels of a photo say nothing about its size on paper."""

MAX_PIXELS = 150_000_000


def page_image(path: Path, number: int, dpi: float = 100) -> bytes:
    """Return page `number` (from 1) as PNG, as it is displayed: turned, cropped, fields filled.

    A box in points lies at box / page size × picture size. Huge pages come smaller than asked for.
    Raises ReadError where there is no such page or the file has no pictures of its pages.
    """
    with path.open("rb") as file:
        head = file.read(1024)
    image = _of_pdf(path, number, dpi) if b"%PDF-" in head else _of_image(path, number, dpi)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _of_pdf(path: Path, number: int, dpi: float) -> Any:
    from pipeline.ingest.pdf import opened
    from pipeline.ingest.pdf_doubt import render
    from pipeline.ingest.pdf_frame import frame_of

    with opened(path) as document:
        if not 1 <= number <= len(document):
            raise _no_page(number)
        page = document[number - 1]
        try:
            image, _ = render(page, frame_of(page), dpi)
        finally:
            page.close()
    return image


def _of_image(path: Path, number: int, dpi: float) -> Any:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as file:
            if not 1 <= number <= getattr(file, "n_frames", 1):
                raise _no_page(number)
            file.seek(number - 1)
            if file.width * file.height > MAX_PIXELS:
                raise ReadError("for_stor", "Bilden är för stor.", "Skanna om den i A4.")
            upright = ImageOps.exif_transpose(file)
            image = upright if upright.mode in ("1", "L", "RGB") else upright.convert("RGB")
            image = image.convert("L") if image.mode == "1" else image
            image.thumbnail((round(LONG_SIDE * dpi), round(LONG_SIDE * dpi)))
            return image.copy()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ReadError(
            "ingen_bild",
            "Dokumentet har ingen bild av sina sidor.",
            "Läs texten i stället, eller öppna filen i det program den skrevs i.",
        ) from error


def _no_page(number: int) -> ReadError:
    return ReadError("ingen_sida", f"Dokumentet har ingen sida {number}.", "Välj en annan sida.")
