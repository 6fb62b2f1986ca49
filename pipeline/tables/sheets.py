"""What every workbook has in common: formats, safe opening, page setup, Swedish number formats."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from pipeline.tables.files import WriteError, replacing

# Excel groups digits as the reader's computer is set up; spaces in the format itself are Swedish
# on every computer. `_0` leaves a digit's width before the cell's edge.
_N = "\N{NO-BREAK SPACE}"
WHOLE = f"[>=1000000]#{_N}###{_N}##0_0;[>=1000]#{_N}##0_0;0_0;@_0"
PERCENT = f"0{_N}%_0"
SIGNED = "+0_0;\N{MINUS SIGN}0_0;0_0;@_0"
LONGEST_TEXT = 32_000  # Excel takes 32 767 signs in a cell
LAST_ROW = 1_048_000  # Excel takes 1 048 576 rows; what follows is left out with a note
INK, LINE, HEAD, SOFT, LINK = "#1F2933", "#9AA5B1", "#E4E7EB", "#F5F7FA", "#0B4F8A"


@dataclass(frozen=True)
class Book:
    """An open workbook and its formats by name."""

    book: Any
    formats: dict[str, Any]

    def sheet(
        self, name: str, heading_rows: tuple[int, int] | None = None, *, one_page: bool = False
    ) -> Any:
        """Add a sheet set up for A4 landscape; the heading rows are repeated on every page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, int(one_page))
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L&8&A&R&8Sida &P av &N")
        sheet.hide_gridlines(2)
        sheet.set_row(0, 26)
        if heading_rows:
            sheet.repeat_rows(*heading_rows)
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: str, style: str = "text") -> None:
        """Write text as text, whatever it looks like."""
        sheet.write_string(row, column, text[:LONGEST_TEXT], self.formats[style])

    def link(self, sheet: Any, row: int, column: int, text: str, to: str, style: str) -> None:
        """Write text that leads to a file beside the workbook; `to` is its relative address."""
        sheet.write_url(row, column, f"external:{to}", self.formats[style], text[:LONGEST_TEXT])


@contextmanager
def workbook(path: Path, title: str, made: date) -> Iterator[Book]:
    """Open a workbook that takes its place only when it is whole. Raises WriteError.

    Nothing in it can become a live formula or link by itself. Rows must be written in order:
    finished rows leave memory.
    """
    with replacing(path) as beside:
        book = xlsxwriter.Workbook(
            str(beside),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": "Calibri", "font_size": 11},
            },
        )
        try:
            book.set_properties(
                {"title": title, "created": datetime(made.year, made.month, made.day)}
            )
            yield Book(book, _formats(book))
        finally:
            _close(book, path)


def lines(text: str, width: int) -> int:
    """Estimate how many lines a text takes in a cell `width` characters wide.

    A sixth is added: lines break between words, seldom at the very edge.
    """
    if len(text) * 7 // 6 <= width and "\n" not in text:
        return 1
    return sum(-(-max(len(line) * 7 // 6, 1) // width) for line in text.split("\n"))


def _close(book: Any, path: Path) -> None:
    try:
        book.close()
    except XlsxWriterException as error:
        raise WriteError(f"{path.name} kan inte skrivas ({error}).") from error


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_color": INK, "valign": "top"}
    cell = base | {"border": 4, "border_color": LINE}
    left = {"align": "left", "indent": 1, "text_wrap": True}
    number = cell | {"num_format": WHOLE, "align": "right"}
    link = {"font_color": LINK, "underline": 1}
    solid = {"border": 1, "border_color": LINE, "bg_color": HEAD}
    head = base | solid | {"bold": True, "text_wrap": True, "valign": "vcenter"}
    soft = {"font_color": "#52606D"}
    sum_row = {"bold": True, "top": 1, "bottom": 1, "bg_color": SOFT}
    styles = {
        "text": base,
        "title": base | {"bold": True, "font_size": 16},
        "heading": base | {"bold": True, "font_size": 13},
        "bold": base | {"bold": True},
        "hint": base | soft | {"italic": True},
        "wrap": base | {"text_wrap": True},
        "back": base | link,
        "head": head | {"align": "left", "indent": 1},
        "head_right": head | {"align": "right", "num_format": WHOLE},
        "cell": cell | left,
        "cell_link": cell | left | link,
        "part": cell | left | {"indent": 3},
        "number": number,
        "number_link": number | link,
        "soft": number | soft,
        "percent": number | {"num_format": PERCENT},
        "signed": number | {"num_format": SIGNED},
        "left_number": base | {"num_format": WHOLE, "align": "left"},
        "left_percent": base | {"num_format": PERCENT, "align": "left"},
        "cell_sum": cell | left | sum_row,
        "number_sum": number | sum_row,
        "number_link_sum": number | sum_row | link,
        "signed_sum": number | sum_row | {"num_format": SIGNED},
        "soft_sum": number | sum_row | soft,
    }
    return {name: book.add_format(properties) for name, properties in styles.items()}
