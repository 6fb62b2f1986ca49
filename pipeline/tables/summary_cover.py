"""The cover of sammanstallning.xlsx: what was compiled, what failed, how to read the figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpus.types import Status
from pipeline.tables.method import METHOD
from pipeline.tables.rounds import Comparison, compare
from pipeline.tables.sheets import Book, lines
from pipeline.tables.types import Finding, Round, Table

COVER = "Om sammanställningen"


def write_cover(
    book: Book,
    round: Round,
    tables: tuple[Table, ...],
    findings: tuple[Finding, ...],
    made: date,
) -> None:
    """Write the first sheet: the round, links to the tables, checks, failures, how to read it."""
    sheet = book.sheet(COVER)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, 90)
    book.text(sheet, 0, 0, round.titled("Sammanställning"), "title")
    intro = (
        "Tabellerna är räknade ur de redovisningar som har lästs in. "
        "Klicka på en siffra i en tabell för att se projekten bakom den och orden de vilar på."
    )
    book.text(sheet, 1, 0, intro, "hint")
    row = 3
    for label, value, style in _facts(round, made):
        book.text(sheet, row, 0, label, "bold")
        if isinstance(value, str):
            book.text(sheet, row, 1, value, "wrap")
        else:
            sheet.write_number(row, 1, value, book.formats[style])
        row += 1
    row = _contents(book, sheet, tables, compare(round, tables), row + 1)
    row = _findings(book, sheet, findings, row + 1)
    row = _failed(book, sheet, round, row + 1)
    _method(book, sheet, row + 1)


def _facts(round: Round, made: date) -> list[tuple[str, str | float, str]]:
    failed = sum(bool(d.error) for d in round.documents)
    codings = [c for p in round.projects for c in round.codings.get(p.id, ())]
    flagged = sum(c.status is Status.REVIEW for c in codings)
    reviewed = sum(c.status is Status.REVIEWED for c in codings)
    facts: list[tuple[str, str | float, str]] = [
        ("Omgång", round.name, ""),
        ("Gjord den", made.isoformat(), ""),
        ("Dokument", len(round.documents), "left_number"),
        ("därav inte lästa", failed, "left_number"),
        ("Projekt", len(round.projects), "left_number"),
        ("Kodningar", len(codings), "left_number"),
        ("därav att granska", flagged, "left_number"),
    ]
    if codings:
        facts += [
            ("Andel att granska", flagged / len(codings), "left_percent"),
            ("Andel granskade av en person", reviewed / len(codings), "left_percent"),
        ]
    if round.decided or round.reopened:
        facts += [
            ("Frågor som granskare har avgjort", round.decided, "left_number"),
            ("Frågor öppnade igen, texten har ändrats", round.reopened, "left_number"),
        ]
    return facts


def _contents(
    book: Book,
    sheet: Any,
    tables: tuple[Table, ...],
    comparisons: tuple[Comparison, ...],
    row: int,
) -> int:
    book.text(sheet, row, 0, "Tabeller", "heading")
    for table in tables:
        row += 1
        sheet.write_url(
            row, 0, f"internal:'{sheet_name(table)}'!A1", book.formats["back"], sheet_name(table)
        )
        book.text(sheet, row, 1, table.title, "wrap")
    for number, comparison in enumerate(comparisons, 1):
        for compared in comparison.tables:
            row += 1
            name = change_sheet(compared.table, number)
            sheet.write_url(row, 0, f"internal:'{name}'!A1", book.formats["back"], name)
            book.text(sheet, row, 1, f"Sedan {comparison.name}: {compared.table.title}", "wrap")
    return row + 1


def _method(book: Book, sheet: Any, row: int) -> None:
    book.text(sheet, row, 0, "Så ska siffrorna läsas", "heading")
    for label, text in METHOD:
        row += 1
        sheet.set_row(row, 15 * lines(text, 95))
        book.text(sheet, row, 0, label, "bold")
        book.text(sheet, row, 1, text, "wrap")


def _failed(book: Book, sheet: Any, round: Round, row: int) -> int:
    failed = [d for d in round.documents if d.error]
    if not failed:
        return row - 1
    book.text(sheet, row, 0, "Dokument som inte kunde läsas", "heading")
    for document in failed:
        row += 1
        sheet.set_row(row, 15 * max(lines(document.error, 95), lines(document.name, 42)))
        book.text(sheet, row, 0, document.name, "wrap")
        book.text(sheet, row, 1, document.error, "wrap")
    return row + 1


def _findings(book: Book, sheet: Any, findings: tuple[Finding, ...], row: int) -> int:
    book.text(sheet, row, 0, "Att kontrollera", "heading")
    if not findings:
        row += 1
        book.text(sheet, row, 0, "Inget: alla summor och delar stämmer.", "text")
    for finding in findings:
        row += 1
        text = finding.what.rstrip(".") + "."
        if finding.expected:
            text += f" Väntat: {finding.expected}."
        if finding.found:
            text += f" Funnet: {finding.found}."
        sheet.set_row(row, 15 * lines(text, 95))
        book.text(sheet, row, 0, finding.where, "wrap")
        book.text(sheet, row, 1, text, "wrap")
    return row + 1


def sheet_name(table: Table) -> str:
    """Return the name of a table's sheet."""
    return f"Tabell {table.number}"


def change_sheet(table: Table, number: int) -> str:
    """Return the name of a table's sheet of change since the earlier round of this number."""
    name = f"Förändring {table.number}"
    return name if number == 1 else f"{name} ({number})"
