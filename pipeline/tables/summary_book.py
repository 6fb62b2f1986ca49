"""sammanstallning.xlsx: a cover, the tables, and behind each figure its projects and quotes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from annotations.codebook import Codebook
from pipeline.rulings.notes import Noted, Numbering
from pipeline.rulings.printed import entries
from pipeline.tables.behind import Place, Series, Stretch, known_columns, series_of, stretches
from pipeline.tables.numbers import span
from pipeline.tables.quotes import Quotes
from pipeline.tables.rounds import compare
from pipeline.tables.rounds_book import write_changes
from pipeline.tables.sheets import Book, lines, workbook
from pipeline.tables.summary_behind import starts, target, write_behind
from pipeline.tables.summary_cover import COVER, sheet_name, write_cover
from pipeline.tables.summary_deciders import write_deciders
from pipeline.tables.summary_rulings import (
    NOTES,
    note_column,
    note_lines,
    whole_table,
    write_rulings,
)
from pipeline.tables.types import Cell, Decider, Finding, Layout, Round, Row, Table
from pipeline.tables.words import DECIDERS

_REMARK = "Så är siffran framtagen"
_INTERVAL = "95 %-intervall"
_NO_NOTES = Numbering({}, {})


def write_summary(
    round: Round,
    tables: tuple[Table, ...],
    findings: tuple[Finding, ...],
    codebook: Codebook,
    quotes: Quotes,
    path: Path,
    made: date,
    notes: Numbering = _NO_NOTES,
) -> Path:
    """Write the workbook; `notes` are those that rulings make. Raises WriteError."""
    with workbook(path, round.titled("Sammanställning"), made) as book:
        write_cover(book, round, tables, findings, made)
        comparisons = compare(round, tables)
        tables = tuple(known_columns(table) for table in tables)
        behind = {table.id: series_of(table) for table in tables}
        for table in tables:
            found, series = stretches(behind[table.id]), behind[table.id]
            _table(book, table, found, series, notes.of(table))
        write_changes(book, comparisons, round.name)
        write_rulings(book, entries(round.rulings, notes.numbers, tables, codebook))
        write_deciders(book, tables)
        projects = {p.id: p for p in round.projects}
        for table in tables:
            if behind[table.id]:
                write_behind(book, table, behind[table.id], projects, quotes, codebook)
    return path


def _table(
    book: Book,
    table: Table,
    found: Mapping[Place, Stretch],
    series: tuple[Series, ...],
    noted: Noted,
) -> None:
    sheet = book.sheet(sheet_name(table), (0, 3), one_page=not noted.notes)
    headings = [*_headings(table), *note_column(noted)]
    widths = [26 if table.layout is Layout.BY_COUNTY else 46, *(width for _, width in headings)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    book.text(sheet, 0, 0, f"{sheet_name(table)}. {table.title}", "title")
    sheet.write_url(1, 0, f"internal:'{COVER}'!A1", book.formats["back"], "Till försättsbladet")
    book.text(sheet, 2, 0, whole_table(noted), "text")
    sheet.set_row(3, 8 + 15 * max(lines(heading, width - 4) for heading, width in headings))
    book.text(sheet, 3, 0, table.row_heading, "head")
    for column, (heading, _) in enumerate(headings, start=1):
        book.text(
            sheet, 3, column, heading, "head" if heading in (_REMARK, NOTES) else "head_right"
        )
    first = starts(series)
    for r, row in enumerate(table.rows):
        _row(book, sheet, table, r, row, found, first)
        if headings[-1][0] == NOTES:
            style = "cell_sum" if row.total else "cell"
            book.text(sheet, 4 + r, len(headings), ", ".join(noted.of(row.id)), style)
    sheet.freeze_panes(4, 1)
    last = 4 + len(table.rows)
    texts = (*table.notes, *note_lines(noted))
    for i, note in enumerate(texts, start=1):
        at = last + i
        sheet.set_row(at, 15 * lines(note, sum(widths)) + 3)
        sheet.merge_range(at, 0, at, max(len(widths) - 1, 1), "", book.formats["wrap"])
        book.text(sheet, at, 0, note, "wrap")
    sheet.print_area(0, 0, last + len(texts), len(widths) - 1)


def _headings(table: Table) -> list[tuple[str, int]]:
    """Return the columns after the first, each with its width."""
    headings: list[tuple[str, int]] = []
    for c, column in enumerate(table.columns):
        headings.append((column.label, 16 if column.money else 15))
        if _has_interval(table, c):
            headings.append((_INTERVAL, 15))
        if c == 0 and table.layout is Layout.BY_CATEGORY:
            headings.append(("Andel av projekten", 11))
    if table.layout is Layout.BY_CATEGORY:
        headings += [(f"Beslutat av {label.lower()}", 11) for label in DECIDERS.values()]
    if table.layout is Layout.MONEY:
        headings.append((_REMARK, 56))
    return headings


def _row(
    book: Book,
    sheet: Any,
    table: Table,
    r: int,
    row: Row,
    found: Mapping[Place, Stretch],
    starts: list[int],
) -> None:
    at, column = 4 + r, 1
    end = "_sum" if row.total else ""
    book.text(sheet, at, 0, row.label, "part" if row.part_of else f"cell{end}")
    for c, cell in enumerate(row.cells):
        leads = target(table, found.get((r, c)), starts)
        _figure(book, sheet, at, column, cell, leads, end)
        column += 1
        if _has_interval(table, c):
            book.text(sheet, at, column, span(cell.interval), f"soft{end}")
            column += 1
        if c == 0 and table.layout is Layout.BY_CATEGORY:
            share = (cell.count or 0) / table.base if table.base else 0.0
            sheet.write_number(at, column, share, book.formats[f"percent{end}"])
            column += 1
    if table.layout is Layout.BY_CATEGORY:
        for decider in Decider:
            value = row.cells[0].decided_by(decider)
            sheet.write_number(at, column, value, book.formats[f"soft{end}"])
            column += 1
    if table.layout is Layout.MONEY:
        book.text(sheet, at, column, row.cells[0].remark, "cell")


def _has_interval(table: Table, column: int) -> bool:
    """A sheet by category shows the interval of its first count only; the CSV file has them all."""
    if column and table.layout is Layout.BY_CATEGORY:
        return False
    return any(row.cells[column].interval for row in table.rows)


def _figure(
    book: Book, sheet: Any, row: int, column: int, cell: Cell, target: str, end: str
) -> None:
    value = cell.amount if cell.amount is not None else cell.count
    if value is None:
        sheet.write_blank(row, column, None, book.formats[f"number{end}"])
        return
    style = f"number_link{end}" if target else f"number{end}"
    if target:
        # The link is kept when the number takes the place of its text.
        sheet.write_url(
            row, column, target, book.formats[style], "", "Visa projekten bakom siffran"
        )
    sheet.write_number(row, column, float(value), book.formats[style])
