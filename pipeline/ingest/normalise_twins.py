"""Filled squares as ticks: ■ is a list mark, unless the document has open twins (□) as boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import TickSign
from pipeline.ingest.base import RawLine, RawPage, RawTick

OPEN = "□☐◻▢⬜"
FILLED = "■◼⬛"
CERTAINTY = 0.95
MOST_FILLED = 2
"""For each open square a form may have this many filled ones; a list with ■ has more."""

_EDGE = re.compile(rf"^\s*(?P<first>[{FILLED}])(?!\S*[{FILLED}])|(?<=\s)(?P<last>[{FILLED}])\s*$")


def paired(pages: Sequence[RawPage]) -> list[RawPage]:
    """Return the pages with ticks for filled squares that begin or end lines, where they pair."""
    lines = [line for page in pages for line in page.lines]
    open_ones = sum(line.text[t.at : t.at + 1] in OPEN for line in lines for t in line.ticks)
    filled = sum(_missed(line) is not None for line in lines)
    if not filled or filled > MOST_FILLED * open_ones:
        return list(pages)
    return [replace(p, lines=tuple(_with_tick(line) for line in p.lines)) for p in pages]


def _missed(line: RawLine) -> int | None:
    """Return where a filled square stands that no reader took for a tick."""
    match = _EDGE.search(line.text)
    if match is None:
        return None
    at = match.start("first") if match["first"] else match.start("last")
    return None if any(t.at <= at < t.at + t.length for t in line.ticks) else at


def _with_tick(line: RawLine) -> RawLine:
    at = _missed(line)
    if at is None:
        return line
    tick = RawTick(at, 1, True, TickSign.GLYPH, CERTAINTY)
    return replace(line, ticks=tuple(sorted((*line.ticks, tick), key=lambda t: t.at)))
