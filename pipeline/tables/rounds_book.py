"""The workbook's sheets of change: a table's figures now and then, and the change between them."""

from __future__ import annotations

from pipeline.tables.rounds import Comparison, TableChange
from pipeline.tables.rounds_words import METHOD, shown_changes, shown_columns
from pipeline.tables.sheets import Book, lines
from pipeline.tables.summary_cover import COVER, change_sheet, sheet_name

_LABEL = 42


def write_changes(book: Book, comparisons: tuple[Comparison, ...], round_name: str) -> None:
    """Add a sheet for each table that is compared, "Förändring 3"; "Förändring 3 (2)" and so on."""
    for number, comparison in enumerate(comparisons, 1):
        for compared in comparison.tables:
            _sheet(book, compared, comparison.name, round_name, number)


def _sheet(book: Book, compared: TableChange, since: str, now: str, number: int) -> None:
    table = compared.table
    columns = shown_columns(compared, now, since)
    sheet = book.sheet(change_sheet(table, number), (0, 3))
    widths = [_LABEL, *(c.width for c in columns)]
    for i, width in enumerate(widths):
        sheet.set_column(i, i, width)
    title = f"{sheet_name(table)}. Förändring sedan {since}"
    book.text(sheet, 0, 0, title, "title")
    sheet.write_url(1, 0, f"internal:'{COVER}'!A1", book.formats["back"], "Till försättsbladet")
    sheet.set_row(3, 8 + 15 * max(lines(c.heading, c.width - 3) for c in columns))
    book.text(sheet, 3, 0, table.row_heading, "head")
    for i, column in enumerate(columns, 1):
        book.text(sheet, 3, i, column.heading, "head_right" if column.numeric else "head")
    at = 4
    for row in shown_changes(compared):
        end = "_sum" if row.total else ""
        book.text(sheet, at, 0, row.label, "part" if row.part and not end else f"cell{end}")
        for i, (column, cell) in enumerate(zip(columns, row.cells, strict=True), 1):
            if cell.number is not None:
                style = book.formats[f"{cell.style}{end}"]
                sheet.write_number(at, i, cell.number, style)
            else:
                book.text(sheet, at, i, cell.text, f"soft{end}" if column.numeric else f"cell{end}")
        at += 1
    sheet.freeze_panes(4, 1)
    for note in (*compared.notes, METHOD):
        at += 1
        sheet.set_row(at, 15 * lines(note, sum(widths)) + 3)
        sheet.merge_range(at, 0, at, len(widths) - 1, "", book.formats["wrap"])
        book.text(sheet, at, 0, note, "wrap")
    sheet.print_area(0, 0, at, len(widths) - 1)
