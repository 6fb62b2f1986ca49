"""What every reader produces and how a reader makes itself known.

A reader is a module of this package with a `READER`. It returns pages of visual lines; `normalise`
turns them into a Document. Readers run in a child process: they may use memory and may crash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Box, Cell, Note, Reading, TickSign


@dataclass(frozen=True, slots=True)
class RawTick:
    """A box that can be ticked; its sign is `line.text[at:at + length]`."""

    at: int
    length: int
    checked: bool
    sign: TickSign
    certainty: float = 1.0
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as it stands on the page, in reading order.

    `ends` is True where the format itself says that the paragraph ends here (Word does); False lets
    `normalise` decide by geometry whether the next line goes on with the same paragraph.
    `limit` is how far right (in points) the line could have gone, its column's or cell's edge,
    where the reader knows it; without it `normalise` takes the longest line beside it.
    `lead` is the width of its first word, in points.
    """

    text: str
    box: Box | None = None
    cell: Cell | None = None
    heading: bool = False
    ticks: tuple[RawTick, ...] = ()
    ends: bool = False
    limit: float | None = None
    lead: float | None = None


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page of raw lines; width and height in points as displayed, 0 where there is no page."""

    number: int
    lines: tuple[RawLine, ...]
    width: float = 0.0
    height: float = 0.0
    reading: Reading = Reading.TEXT


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader returns: pages, remarks, and what the file says about itself."""

    format: str
    pages: tuple[RawPage, ...]
    notes: tuple[Note, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A family of formats.

    `accepts(head, suffix)` gets the first 4,096 bytes and the lower-case suffix (".pdf"); it
    returns the format's name or None; what the bytes say goes before what the suffix says.
    `read(path, format)` returns the raw pages or raises `ReadError`.
    """

    family: str
    accepts: Callable[[bytes, str], str | None]
    read: Callable[[Path, str], Raw]
    priority: int = 0
