"""Going the reader's way: from a figure of the workbook to its rows, and on to the marked words."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from lxml import html

FIGURE = "[>=1000000]"  # what the number format of a figure begins with
GREY = "FF52606D"  # deciders and intervals


@dataclass(frozen=True)
class Led:
    """A row behind a figure: its cells by heading, and where its link leads."""

    values: dict[str, str]
    page: str
    anchor: str


@dataclass(frozen=True)
class Figure:
    """A figure of a table sheet."""

    table: str
    label: str
    column: str
    value: float
    rows: tuple[Led, ...]


class Results:
    """A results folder as a reader meets it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.codings: dict[tuple[str, str], list[dict[str, str]]] = {}
        with (folder / "kodningar.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self.codings.setdefault((row["projekt"], row["kategori"]), []).append(row)

    def figures(self) -> list[Figure]:
        """Return every figure of every table, in order."""
        book = openpyxl.load_workbook(self.folder / "sammanstallning.xlsx")
        found = []
        for sheet in book:
            if not sheet.title.startswith("Tabell "):
                continue
            headings = [c.value for c in sheet[4]]
            row: Any
            for row in sheet.iter_rows(min_row=5):
                for cell in row[1:]:
                    if is_figure(cell):
                        rows = tuple(_rows(book, cell))
                        column = str(headings[cell.column - 1])
                        found.append(
                            Figure(sheet.title, str(row[0].value), column, cell.value, rows)
                        )
        return found

    @lru_cache(maxsize=64)  # noqa: B019
    def page(self, name: str) -> Any:
        """Return a document page."""
        return html.fromstring((self.folder / name).read_text(encoding="utf-8"))

    def marked(self, led: Led) -> str:
        """Return the words that a link leads to, over all pieces of the mark."""
        page = self.page(led.page)
        assert page.get_element_by_id(led.anchor).tag == "mark"
        pieces = page.xpath(f"//mark[contains(concat(' ', @class, ' '), ' {led.anchor} ')]")
        return "".join(piece.text_content() for piece in pieces)

    def page_number(self, led: Led) -> str:
        """Return the number of the page that the marked words stand on."""
        mark = self.page(led.page).get_element_by_id(led.anchor)
        return str(mark.xpath("ancestor::section/@aria-label")[0])


def is_figure(cell: Any) -> bool:
    return (
        isinstance(cell.value, (int, float))
        and cell.number_format.startswith(FIGURE)
        and cell.font.color.rgb != GREY
    )


def _rows(book: Any, cell: Any) -> list[Led]:
    if cell.hyperlink is None:
        return []
    name, _, area = str(cell.hyperlink.location).partition("!")
    sheet = book[name.strip("'")]
    headings = [c.value for c in sheet[3]]
    found = []
    for row in sheet[area]:
        link = row[headings.index("Visa orden")].hyperlink
        values = {h: str(c.value or "") for h, c in zip(headings, row, strict=True)}
        found.append(Led(values, link.target.replace("\\", "/"), link.location or ""))
    return found
