"""Collect lines, ticks, cells and pages while a document tree is walked; Word and ODT share it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus.types import Cell, TickSign
from pipeline.ingest.base import RawLine, RawPage, RawTick
from pipeline.ingest.signs import OFF, ON, cell_signs, clean_signs, find_signs

HEADING_MAX = 100
"""A paragraph all in bold is a heading up to this length; longer ones are emphasis."""


@dataclass(slots=True)
class LineCollector:
    """The lines of one document in reading order. Nothing is collected while `hidden` > 0."""

    hidden: int = 0
    cell: Cell | None = None
    tables: int = 0
    _pages: list[list[RawLine]] = field(default_factory=lambda: [[]])
    _parts: list[str] = field(default_factory=list)
    _ticks: list[RawTick] = field(default_factory=list)
    _length: int = 0
    _prefix: str = ""
    _bold: bool = True
    _first: tuple[int, int] | None = None

    def text(self, text: str, *, bold: bool = False) -> None:
        """Add words to the current line; `bold` is how they are printed."""
        if self.hidden or not text:
            return
        text = clean_signs(text)
        if text.strip():
            self._bold &= bold
        self._put(text)

    def tick(self, checked: bool, sign: TickSign, certainty: float = 1.0) -> None:
        """Add a box that is no text in the file: its sign is written here."""
        if self.hidden:
            return
        if self._parts and self._parts[-1][-1:].isalnum():
            self._put(" ")
        self._ticks.append(RawTick(self._length, 1, checked, sign, certainty))
        self._put(ON if checked else OFF)
        self._put(" ")

    def list_mark(self, mark: str) -> None:
        """Set what stands before the paragraph that begins now, if it has any text."""
        self._prefix = mark

    def line_break(self) -> None:
        """End the line but not the paragraph."""
        if not self.hidden:
            self._flush(ends=False)

    def paragraph(self, *, heading: bool = False) -> None:
        """End the paragraph. A short one all in bold is a heading too."""
        text = "".join(self._parts).strip()
        bold = self._bold and len(text) <= HEADING_MAX and text[-1:] not in (".", ",", ";")
        # Right of its label a short bold text is an answer, not a heading.
        label = self.cell is None or self.cell.column == 0
        plain = label and not self._ticks and any(c.isalpha() for c in text)
        self._flush(ends=True, heading=heading or (bold and plain and self._first is None))
        self._prefix, self._bold, self._first = "", True, None

    def page_break(self) -> None:
        """Begin a new page; what already stands on the current line stays on the old one."""
        if self._pages[-1] or len(self._pages) > 1:
            self._pages.append([])

    def pages(self) -> tuple[RawPage, ...]:
        """Return what was collected."""
        return tuple(RawPage(n, tuple(lines)) for n, lines in enumerate(self._pages, start=1))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _flush(self, *, ends: bool, heading: bool = False) -> None:
        text, ticks = "".join(self._parts), tuple(self._ticks)
        self._parts, self._ticks, self._length = [], [], 0
        if not text.strip(" \t\u00a0\u2002"):
            if ends:
                self._close_paragraph()
            return
        if self._prefix:
            shift, text = len(self._prefix), self._prefix + text
            ticks = tuple(replace(t, at=t.at + shift) for t in ticks)
            self._prefix = ""
        typed = (cell_signs if self.cell else find_signs)(text)
        taken = {at for t in ticks for at in range(t.at, t.at + t.length)}
        typed = tuple(t for t in typed if t.at not in taken)
        if ticks:  # a lone x beside a real box is a word, not a second box
            typed = tuple(t for t in typed if t.sign is not TickSign.TYPED_X)
        merged = tuple(sorted((*ticks, *typed), key=lambda t: t.at))
        self._pages[-1].append(
            RawLine(text, cell=self.cell, heading=heading and not merged, ticks=merged, ends=ends)
        )
        if not ends:
            self._first = (len(self._pages) - 1, len(self._pages[-1]) - 1)

    def _close_paragraph(self) -> None:
        """Mark the paragraph's last line as its end where a line break came last."""
        if self._first is None:
            return
        page, line = self._first
        last = self._pages[page][line]
        self._pages[page][line] = replace(last, ends=True)
