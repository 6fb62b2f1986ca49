"""The review workbook's sheet of doubtful ticks: each with the picture of its box."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pipeline.tables.numbers import probability
from pipeline.tables.sheets import Book
from pipeline.tables.types import TickPicture

_COLUMNS = (
    ("Dokument", 36),
    ("Sida", 6),
    ("Ruta", 50),
    ("Läst som", 14),
    ("Sannolikhet", 12),
    ("Bild", 72),
)
_PICTURE = 5
_ROW_POINTS = 48
# A cut is made at 150 dpi; the sheet shows 96 a row, so this is a little below life size.
_SCALE = 0.6


def write_ticks(book: Book, ticks: Sequence[TickPicture]) -> None:
    """Add the sheet `Osäkra kryss`, one row a tick."""
    sheet = book.sheet("Osäkra kryss", (0, 3))
    for column, (_, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
    book.text(sheet, 0, 0, "Osäkra kryss", "title")
    book.text(sheet, 1, 0, "Rutor på inskannade blanketter som inte gick att läsa säkert.", "hint")
    sheet.set_row(3, 20)
    for column, (heading, _) in enumerate(_COLUMNS):
        book.text(sheet, 3, column, heading, "head")
    for row, tick in enumerate(ticks, start=4):
        sheet.set_row(row, _ROW_POINTS)
        values = (
            tick.document,
            str(tick.page),
            tick.label,
            "Ikryssad" if tick.checked else "Inte ikryssad",
            probability(tick.certainty),
            "" if tick.picture else "Bilden gick inte att klippa ut; se dokumentet.",
        )
        for column, value in enumerate(values):
            book.text(sheet, row, column, value, "cell")
        if tick.picture:
            options = {
                "image_data": io.BytesIO(tick.picture),
                "x_scale": _SCALE,
                "y_scale": _SCALE,
                "x_offset": 4,
                "y_offset": 4,
                "object_position": 1,
                "description": f"Utklipp ur {tick.document}, sida {tick.page}: {tick.label}",
            }
            sheet.insert_image(row, _PICTURE, "kryss.png", options)
    sheet.freeze_panes(4, 1)
