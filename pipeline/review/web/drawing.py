"""What a child process does for one picture: draw the page and paint over what is hidden."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.review.web.boxes import Rect

PRELOAD = (
    "PIL.Image",
    "PIL.ImageDraw",
    "PIL.PngImagePlugin",
    "pipeline.ingest.page_image",
    "pipeline.ingest.pdf",
    "pipeline.ingest.pdf_doubt",
    "pipeline.ingest.pdf_frame",
    "pipeline.review.web.drawing",
    "psutil",
)
_PAINT = "#3e4c59"


@dataclass(frozen=True, slots=True)
class Order:
    """A picture to draw: page `number` of a file with this content, `covers` painted over."""

    path: Path
    sha256: str
    number: int
    dpi: float
    covers: tuple[Rect, ...]


def draw(order: Order) -> bytes | tuple[str, str]:
    """Return the page as PNG, or the reason and the advice where there is none (in Swedish).

    A file that changed after it was read is not drawn: boxes would stand in the wrong place.
    """
    try:
        with order.path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != order.sha256:
                return "Filen har ändrats sedan den lästes.", "Kör om omgången och ladda om sidan."
    except OSError:
        return "Filen finns inte kvar där den lästes.", "Lägg tillbaka den, eller läs texten."
    from pipeline.ingest.page_image import page_image

    try:
        picture = page_image(order.path, order.number, order.dpi)
    except ReadError as error:
        return error.reason, error.advice
    return _painted(picture, order.covers) if order.covers else picture


def _painted(picture: bytes, covers: tuple[Rect, ...]) -> bytes:
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(picture)) as image:
        page = image.convert("RGB")
    pen = ImageDraw.Draw(page)
    across, down = page.width / 1000, page.height / 1000
    for box in covers:
        corner = ((box.x + box.width) * across, (box.y + box.height) * down)
        pen.rectangle([(box.x * across, box.y * down), corner], fill=_PAINT)
    buffer = io.BytesIO()
    page.save(buffer, "PNG")
    return buffer.getvalue()
