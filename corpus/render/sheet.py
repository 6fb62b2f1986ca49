"""A composed document as every writer sees it: paragraphs, tables, boxes; no geometry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal["title", "heading", "subheading", "body", "answer"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A box that can be ticked; the writer decides what it looks like."""

    question: str
    option: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph. `question` is set where the paragraph is (part of) an answer."""

    inlines: tuple[Run | Box, ...]
    style: Style = "body"
    question: str = ""
    break_before: bool = False

    @property
    def text(self) -> str:
        """The runs' text, boxes left out."""
        return "".join(i.text for i in self.inlines if isinstance(i, Run))


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `width` is its share of the text width."""

    paras: tuple[Para, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of bordered cells."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page."""


Block = Para | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document. The footer is followed by the page number."""

    blocks: tuple[Block, ...]
    header: str = ""
    footer: str = ""
    font: str = "Arial"
    size: float = 11.0


def paragraphs(sheet: Sheet) -> Iterator[Para]:
    """Yield every paragraph in reading order."""
    for block in sheet.blocks:
        if isinstance(block, Para):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from cell.paras


def boxes(sheet: Sheet) -> tuple[Box, ...]:
    """Return every box in reading order."""
    return tuple(i for p in paragraphs(sheet) for i in p.inlines if isinstance(i, Box))


def plain(text: str, style: Style = "body") -> Para:
    """Return a paragraph of one run; titles and headings are bold."""
    return Para((Run(text, bold=style in ("title", "heading", "subheading")),), style)


def answer_paras(question: str, text: str, split: bool = False) -> tuple[Para, ...]:
    """Return an answer's paragraphs, one per line; an empty answer gives one empty paragraph.

    `split` puts a page break before the middle paragraph of an answer that has several.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    middle = len(lines) // 2 if split and len(lines) > 1 else -1
    return tuple(
        Para((Run(line),), "answer", question, break_before=n == middle)
        for n, line in enumerate(lines)
    )
