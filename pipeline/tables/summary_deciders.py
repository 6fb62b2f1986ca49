"""The sheet "Beslutat av": for each figure how many a person, a tick, a rule or a model decided."""

from __future__ import annotations

from pipeline.tables.sheets import Book
from pipeline.tables.summary_cover import COVER, sheet_name
from pipeline.tables.types import Decider, Table
from pipeline.tables.words import DECIDERS

DECIDED = "Beslutat av"
_TEXTS = (("Tabell", 11), ("Rad", 46), ("Kolumn", 30))
_INTRO = "Antal projekt i varje siffra, efter vem eller vad som avgjorde att de räknas."


def write_deciders(book: Book, tables: tuple[Table, ...]) -> None:
    """Write a row for each count that rests on codings, in the order of the tables."""
    sheet = book.sheet(DECIDED, (0, 3))
    headings = [*_TEXTS, ("Antal", 9), *((label, 11) for label in DECIDERS.values())]
    for c, (_, width) in enumerate(headings):
        sheet.set_column(c, c, width)
    book.text(sheet, 0, 0, "Beslut av granskare, kryss, regel och modell", "title")
    sheet.write_url(1, 0, f"internal:'{COVER}'!A1", book.formats["back"], "Till försättsbladet")
    book.text(sheet, 2, 0, _INTRO, "hint")
    for c, (heading, _) in enumerate(headings):
        book.text(sheet, 3, c, heading, "head" if c < len(_TEXTS) else "head_right")
    row = 4
    for table in tables:
        for line in table.rows:
            for column, cell in zip(table.columns, line.cells, strict=True):
                if not cell.decided:
                    continue
                end = "_sum" if line.total else ""
                for c, text in enumerate((sheet_name(table), line.label, column.label)):
                    book.text(sheet, row, c, text, f"cell{end}")
                sheet.write_number(row, 3, cell.count or 0, book.formats[f"number{end}"])
                for c, decider in enumerate(Decider, start=4):
                    count = cell.decided_by(decider)
                    sheet.write_number(row, c, count, book.formats[f"soft{end}"])
                row += 1
    sheet.freeze_panes(4, 0)
    sheet.autofilter(3, 0, max(row - 1, 4), len(headings) - 1)
