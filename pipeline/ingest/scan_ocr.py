"""Words with their boxes from a sheet, by Tesseract with Swedish and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from pipeline.errors import ReadError
from pipeline.ingest.scan_prepare import Pixels

LANGUAGE = "swe"
USUAL_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word in pixels of the sheet; `confidence` 0-100, `line` and `block` as Tesseract saw."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    line: int
    block: int


def words(grey: Pixels, dpi: float) -> tuple[Word, ...]:
    """Return the words of a page in Tesseract's reading order.

    Raises ReadError `ocr_saknas` where tesserocr or the Swedish data is missing.
    """
    api = _engine()
    api.SetImage(Image.fromarray(grey))
    api.SetSourceResolution(round(dpi))
    try:
        api.Recognize()
        return tuple(_words(api.GetIterator()))
    finally:
        api.Clear()


def check() -> None:
    """Raise ReadError `ocr_saknas` where tesserocr, OpenCV or the Swedish data is missing."""
    _engine()


def available() -> str | None:
    """Return None where scans can be read, else the Swedish reason why not."""
    try:
        _engine()
    except ReadError as error:
        return error.reason
    return None


def traineddata() -> Path | None:
    """Return the folder that holds Swedish data: TESSDATA_PREFIX first, then the usual places."""
    named = os.environ.get("TESSDATA_PREFIX")
    places = [Path(named), Path(named) / "tessdata"] if named else []
    places += [Path(place) for place in USUAL_PLACES]
    return next((p for p in places if (p / f"{LANGUAGE}.traineddata").is_file()), None)


@cache
def _engine() -> Any:
    # Four threads on one line of text are slower than one; libgomp reads this when it is loaded.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        import cv2  # noqa: F401
        import tesserocr
    except ImportError as error:
        raise ReadError(
            "ocr_saknas",
            "Sidan är en bild och programdelen som läser bilder är inte installerad.",
            "Installera samverkan med tillägget ”ocr” och kör igen.",
        ) from error
    folder = traineddata()
    if folder is None:
        raise ReadError(
            "ocr_saknas",
            "Sidan är en bild och Tesseracts svenska språkdata (swe.traineddata) hittas inte.",
            "Installera tesseract-ocr-swe eller ange mappen i TESSDATA_PREFIX och kör igen.",
        )
    return tesserocr.PyTessBaseAPI(
        path=str(folder), lang=LANGUAGE, psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
    )


def _words(found: Any) -> Iterator[Word]:
    from tesserocr import RIL, iterate_level

    if found is None:
        return
    line = block = -1
    for item in iterate_level(found, RIL.WORD):
        if item.Empty(RIL.WORD):
            continue
        block += bool(item.IsAtBeginningOf(RIL.BLOCK))
        line += bool(item.IsAtBeginningOf(RIL.TEXTLINE))
        text = (item.GetUTF8Text(RIL.WORD) or "").strip()
        box = item.BoundingBox(RIL.WORD)
        if text and box:
            x0, top, x1, bottom = (float(v) for v in box)
            yield Word(text, x0, top, x1, bottom, float(item.Confidence(RIL.WORD)), line, block)
