"""Cut out of a page what a person should look at: a doubtful tick with its label."""

from __future__ import annotations

import io
from itertools import islice
from pathlib import Path

from PIL import Image

from corpus.types import Box, Page
from pipeline.errors import ReadError

ABOVE, LEFT, RIGHT = 14.0, 30.0, 260.0


def crop(path: Path, page: Page, box: Box, dpi: float = 150) -> bytes:
    """Return a PNG of `box` (points on `page`) with room for the label around it.

    Run it in a child process, as all that opens a sender's file.
    Raises ReadError where the file has no picture of that page.
    """
    image = _picture(path, page.number, dpi)
    across, down = image.width / (page.width or 1), image.height / (page.height or 1)
    cut = image.crop(
        (
            max(round((box.x0 - LEFT) * across), 0),
            max(round((box.top - ABOVE) * down), 0),
            min(round((box.x1 + RIGHT) * across), image.width),
            min(round((box.bottom + ABOVE) * down), image.height),
        )
    )
    buffer = io.BytesIO()
    cut.convert("L" if cut.mode in ("1", "L") else "RGB").save(buffer, "PNG")
    return buffer.getvalue()


def _picture(path: Path, number: int, dpi: float) -> Image.Image:
    from pipeline.ingest.page_image import page_image
    from pipeline.ingest.scan_files import accepts, pages_of

    with path.open("rb") as file:
        head = file.read(16)
    if not accepts(head, path.suffix.lower()):
        return Image.open(io.BytesIO(page_image(path, number, dpi)))
    # An image file may hold several pages under each other: count them as the reader did.
    found = next(islice(pages_of(path), number - 1, number), None)
    if found is None:
        raise ReadError("ingen_sida", f"Dokumentet har ingen sida {number}.", "Öppna filen själv.")
    image, own_dpi = found
    factor = min(dpi / own_dpi, 1.0)
    if factor == 1.0:
        return image
    grey = image if image.mode in ("L", "RGB") else image.convert("RGB")
    return grey.resize((round(grey.width * factor), round(grey.height * factor)))
