"""Rulings in sammanstallning.xlsx: notes under the tables, and the register on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.rulings.notes import WHOLE, Noted
from pipeline.rulings.printed import Entry
from pipeline.tables.sheets import Book, lines
from pipeline.tables.summary_cover import COVER

NOTES = "Noter"
SHEET = "Tolkningar"
_COLUMNS = (
    ("Not", 6),
    ("Märke", 8),
    ("Fråga", 30),
    ("Tolkning", 52),
    ("Skäl", 44),
    ("Av vem", 16),
    ("När", 18),
    ("Gäller", 30),
    ("Antal projekt", 9),
    ("Projekt", 30),
)
_INTRO = (
    "En tolkning säger hur en oklar fråga har avgjorts. Noten är numret under tabellerna; de som "
    "saknar nummer gäller lika mycket, men står bara här. Märket "
    "skriver granskaren i kommentaren till ett beslut som vilar på tolkningen; de projekten räknas "
    "här. Programmet följer kodbokens tolkningar också i det som ingen har granskat."
)


def note_column(noted: Noted) -> list[tuple[str, int]]:
    """Return the column of marks that a table's sheet ends with, where any row has marks."""
    return [(NOTES, 11)] if any(row != WHOLE for row, _ in noted.marks) else []


def whole_table(noted: Noted) -> str:
    """Say which notes are about the whole table; "" for none."""
    marks = noted.of(WHOLE)
    if not marks:
        return ""
    return f"{'Noter' if len(marks) > 1 else 'Not'} till hela tabellen: {runs(marks)}."


def runs(marks: Sequence[str]) -> str:
    """Write the numbers of notes, three or more in a row as a run: 4–7, 12."""
    found: list[list[int]] = []
    for mark in map(int, marks):
        if found and found[-1][-1] == mark - 1:
            found[-1].append(mark)
        else:
            found.append([mark])
    parts = [[f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(n) for n in run] for run in found]
    return ", ".join(part for run in parts for part in run)


def note_lines(noted: Noted) -> list[str]:
    """Return the notes as lines: "4. Den som …"."""
    return [f"{note.mark}. {note.text}" for note in noted.notes]


def write_rulings(book: Book, entries: Sequence[Entry]) -> None:
    """Add the sheet of the register; without rulings none."""
    if not entries:
        return
    sheet = book.sheet(SHEET, (0, 3))
    for column, (_, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
    book.text(sheet, 0, 0, "Tolkningar", "title")
    sheet.write_url(1, 0, f"internal:'{COVER}'!A1", book.formats["back"], "Till försättsbladet")
    wide = sum(width for _, width in _COLUMNS[:7])
    sheet.set_row(2, 15 * lines(_INTRO, wide) + 6)
    sheet.merge_range(2, 0, 2, 6, "", book.formats["wrap"])
    book.text(sheet, 2, 0, _INTRO, "wrap")
    sheet.set_row(3, 34)
    for column, (heading, _) in enumerate(_COLUMNS):
        book.text(sheet, 3, column, heading, "head")
    for row, entry in enumerate(entries, start=4):
        _entry(book, sheet, row, entry)
    sheet.freeze_panes(4, 2)
    sheet.autofilter(3, 0, 3 + len(entries), len(_COLUMNS) - 1)


def _entry(book: Book, sheet: Any, row: int, entry: Entry) -> None:
    values = (
        entry.number,
        entry.mark,
        entry.question,
        entry.ruling,
        entry.reason,
        entry.who,
        entry.when,
        entry.about,
        str(len(entry.projects)),
        "; ".join(entry.projects),
    )
    tall = max(lines(v, w - 1) for v, (_, w) in zip(values, _COLUMNS, strict=True))
    sheet.set_row(row, min(15 * tall + 3, 400))
    for column, value in enumerate(values):
        book.text(sheet, row, column, value, "cell")
