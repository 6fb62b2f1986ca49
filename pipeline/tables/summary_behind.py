"""The underlag sheets of sammanstallning.xlsx: behind each figure its projects, quotes, pages."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_rowcol_to_cell

from annotations.codebook import Codebook
from corpus.types import Project
from pipeline.tables.behind import Series, Stretch
from pipeline.tables.numbers import whole
from pipeline.tables.quotes import Quotes
from pipeline.tables.sheets import LAST_ROW, Book, lines
from pipeline.tables.summary_cover import sheet_name
from pipeline.tables.summary_rows import Line, address, behind_columns, behind_lines
from pipeline.tables.types import Table
from pipeline.tables.words import words

_FIRST = 3  # the row (from 0) of the first project
_MOST_LINKS = 20_000  # on a sheet; Excel takes 65 530, but so many make it slow to open
# A column of its own: LibreOffice cuts off the text of a link that is longer than its cell.
_SHOW = "Visa orden"
_LED = f"Länkarna under {_SHOW} leder till orden i dokumentet."
_ONLY = f"De första {whole(_MOST_LINKS)} raderna har länk."


def write_behind(
    book: Book,
    table: Table,
    series: tuple[Series, ...],
    projects: Mapping[str, Project],
    quotes: Quotes,
    codebook: Codebook,
) -> None:
    """Write the projects behind a table's figures, each row leading to its words."""
    columns = behind_columns(table)
    sheet = book.sheet(behind_name(table), (0, 2))
    book.text(sheet, 0, 0, f"Projekten bakom siffrorna i tabell {table.number}", "title")
    sheet.write_url(
        1, 0, f"internal:'{sheet_name(table)}'!A1", book.formats["back"], "Till tabellen"
    )
    size = sum(len(block.support) for one in series for block in one.blocks)
    book.text(sheet, 1, 2, f"{_LED} {_ONLY}" if size > _MOST_LINKS else _LED, "hint")
    sheet.set_row(2, 20)
    for c, column in enumerate(columns):
        sheet.set_column(c, c, column.width)
        book.text(sheet, 2, c, column.heading, "head")
    last = len(columns)
    sheet.set_column(last, last, 13)
    book.text(sheet, 2, last, _SHOW, "head")
    row = _FIRST
    for line in behind_lines(series, projects, quotes, words(codebook)):
        if row == LAST_ROW:
            book.text(sheet, row, 0, "Bladet är fullt. Resten står i kodningar.csv.", "text")
            break
        values = [column.value(line) for column in columns]
        sheet.set_row(
            row, 15 * max(lines(v, c.width) for v, c in zip(values, columns, strict=True))
        )
        link = address(line) if row < _FIRST + _MOST_LINKS else ""
        for c, value in enumerate(values):
            book.text(sheet, row, c, value, "cell")
        if link:
            book.link(sheet, row, last, _shown(line), link, "cell_link")
        else:
            book.text(sheet, row, last, "", "cell")
        row += 1
    sheet.freeze_panes(_FIRST, 1)
    sheet.autofilter(2, 0, row - 1, last)


def starts(series: tuple[Series, ...]) -> list[int]:
    """Return the sheet row (from 0) where each series begins."""
    found, row = [], _FIRST
    for one in series:
        found.append(row)
        row += sum(len(block.support) for block in one.blocks)
    return found


def target(table: Table, stretch: Stretch | None, starts: list[int]) -> str:
    """Return the address of a cell's rows; empty without projects or beyond the sheet's end."""
    if stretch is None:
        return ""
    first = starts[stretch.series] + stretch.first + 1
    if first + stretch.count > LAST_ROW:
        return ""
    last = xl_rowcol_to_cell(first + stretch.count - 2, len(behind_columns(table)))
    return f"internal:'{behind_name(table)}'!A{first}:{last}"


def _shown(line: Line) -> str:
    place = line.quotes.links.place(line.project, line.coding)
    return f"Sida {place.page}" if place and place.page else "Dokumentet"


def behind_name(table: Table) -> str:
    """Return the name of a table's underlag sheet."""
    return f"Underlag {table.number}"
