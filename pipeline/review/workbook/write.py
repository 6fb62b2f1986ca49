"""granskning.xlsx: items with their evidence, drop-downs for the decisions, a sealed mark a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from annotations.decisions.types import Item
from pipeline.review.labels import UNDECIDABLE, Labels
from pipeline.review.workbook.columns import (
    CHOICES,
    COLUMNS,
    COMMENT,
    DECISION,
    HEADER_ROW,
    HIDDEN,
    MARK,
    OPEN,
    SEALED,
    SHEET,
    STANDS,
)
from pipeline.review.workbook.instructions import write_instructions
from pipeline.review.workbook.marks import Mark, sign
from pipeline.tables.review_ticks import write_ticks
from pipeline.tables.sheets import LAST_ROW, Book, lines, workbook
from pipeline.tables.types import TickPicture
from pipeline.tables.words import short

_AT = {name: column for column, name in enumerate(COLUMNS)}
_LISTS = "Val"


@dataclass(frozen=True, slots=True)
class Written:
    """How many items stand in the workbook, and how many did not fit in a sheet.

    `aside` is where an earlier workbook lies that somebody had written in.
    """

    rows: int
    left_out: int
    aside: Path | None = None


def write_workbook(
    items: Iterable[Item],
    labels: Labels,
    secret: str,
    path: Path,
    *,
    title: str,
    made: date,
    ticks: Sequence[TickPicture] = (),
) -> Written:
    """Write the items in the given order. Memory stays flat. Raises WriteError.

    `secret` is the key of the marks: the same database must read the workbook back.
    """
    with workbook(path, title, made) as book:
        sheet = book.sheet(SHEET, (0, HEADER_ROW - 1))
        formats = _formats(book)
        rows = left_out = 0
        _head(book, sheet, title)
        for item in items:
            if HEADER_ROW + rows >= LAST_ROW:
                left_out += 1
                continue
            _row(sheet, HEADER_ROW + rows, rows + 1, item, labels, secret, formats)
            rows += 1
        _finish(sheet, rows)
        _lists(book, sheet, labels, rows)
        if ticks:
            write_ticks(book, ticks)
        write_instructions(book, rows, left_out)
    return Written(rows, left_out)


def shown(item: Item, labels: Labels) -> dict[str, str]:
    """Return the words of an item's row by heading, those that its mark covers among them."""
    p = item.proposal
    return {
        "Projekt": p.project,
        "Län": p.county,
        "Kommun": p.municipality,
        "Fråga": labels.question(p.variable, p.category),
        "Förslag": labels.choice(p.variable, p.choice),
        STANDS: _stands(item, labels),
        DECISION: "",
        COMMENT: "",
        "Varför granska": " ".join(p.reasons),
        "Citat": short(p.quote),
        "Dokument": p.document,
    }


def _stands(item: Item, labels: Labels) -> str:
    if not item.state.settled:
        return ""
    what = labels.choice(item.proposal.variable, item.choice) if item.choice else UNDECIDABLE
    return f"{what} ({item.reviewer})"


def _head(book: Book, sheet: Any, title: str) -> None:
    for name, width in COLUMNS.items():
        sheet.set_column(_AT[name], _AT[name], width, None, {"hidden": name in HIDDEN})
    book.text(sheet, 0, 0, title, "title")
    hint = (
        f"Välj under {DECISION} på de rader du har tagit ställning till; tomma rader lämnas som de "
        "är. Bladet Så gör du förklarar resten."
    )
    book.text(sheet, 1, 0, hint, "hint")
    sheet.set_row(HEADER_ROW - 1, 20)
    for name, column in _AT.items():
        book.text(sheet, HEADER_ROW - 1, column, name, "head")


def _row(
    sheet: Any,
    row: int,
    number: int,
    item: Item,
    labels: Labels,
    secret: str,
    formats: dict[str, Any],
) -> None:
    words = shown(item, labels)
    long = [name for name, text in words.items() if len(text) > 8]
    height = max((lines(words[name], COLUMNS[name] - 2) for name in long), default=1)
    sheet.set_row(row, min(15 * height, 300))
    sheet.write_number(row, _AT["Nr"], number, formats["whole"])
    if item.proposal.probability is not None:
        sheet.write_number(
            row, _AT["Sannolikhet"], round(item.proposal.probability, 4), formats["share"]
        )
    else:
        sheet.write_blank(row, _AT["Sannolikhet"], None, formats["share"])
    if item.proposal.page:
        sheet.write_number(row, _AT["Sida"], item.proposal.page, formats["whole"])
    else:
        sheet.write_blank(row, _AT["Sida"], None, formats["whole"])
    for name, text in words.items():
        style = formats["open" if name in OPEN else "locked"]
        if text:
            sheet.write_string(row, _AT[name], text, style)
        else:
            sheet.write_blank(row, _AT[name], None, style)
    mark = sign(secret, Mark(item.id, item.seq), [words[name] for name in SEALED])
    sheet.write_string(row, _AT[MARK], mark, formats["locked"])
    sheet.write_string(row, _AT[CHOICES], _list_of(item.proposal.variable), formats["locked"])


def _lists(book: Book, sheet: Any, labels: Labels, rows: int) -> None:
    """Write what may be chosen, a named column a variable, and tie the decisions to it.

    Which column a row chooses from stands in the row itself, so it goes along when rows are sorted.
    """
    hidden = book.sheet(_LISTS)
    variables = labels.codebook.variables
    choices = [[*labels.choices(v.id).values(), UNDECIDABLE] for v in variables]
    # Row by row: the workbook is written as it goes.
    for row in range(max(map(len, choices))):
        for column, words in enumerate(choices):
            if row < len(words):
                book.text(hidden, row, column, words[row])
    hidden.hide()
    for column, (variable, words) in enumerate(zip(variables, choices, strict=True)):
        letter = xl_col_to_name(column, col_abs=True)
        book.book.define_name(_list_of(variable.id), f"={_LISTS}!{letter}$1:{letter}${len(words)}")
    first, last = HEADER_ROW, HEADER_ROW + max(rows, 1) - 1
    sheet.data_validation(
        first,
        _AT[DECISION],
        last,
        _AT[DECISION],
        {
            "validate": "list",
            "source": f"=INDIRECT(${xl_col_to_name(_AT[CHOICES])}{first + 1})",
            "error_title": "Finns inte i listan",
            "error_message": "Välj ett av svaren i listan, eller töm cellen.",
        },
    )


def _list_of(variable: str) -> str:
    return f"svar_{variable}"


def _finish(sheet: Any, rows: int) -> None:
    last = HEADER_ROW - 1 + max(rows, 1)
    sheet.freeze_panes(HEADER_ROW, _AT["Län"])
    sheet.autofilter(HEADER_ROW - 1, 0, last, len(COLUMNS) - 1)
    sheet.protect(
        "",
        {
            "autofilter": True,
            "sort": True,
            "format_columns": True,
            "format_rows": True,
            "select_locked_cells": True,
        },
    )


def _formats(book: Book) -> dict[str, Any]:
    base = {"font_color": "#1F2933", "valign": "top", "border": 4, "border_color": "#9AA5B1"}
    text = base | {"align": "left", "indent": 1, "text_wrap": True}
    made = {
        "locked": text,
        "open": text | {"locked": False, "bg_color": "#FFF9E5", "border": 1},
        "whole": base | {"num_format": "0", "align": "right"},
        # The program shows a decimal comma or point as the reader's computer is set up.
        "share": base | {"num_format": "0.00", "align": "right"},
    }
    return {name: book.book.add_format(properties) for name, properties in made.items()}
