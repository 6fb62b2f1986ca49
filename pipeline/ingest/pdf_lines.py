"""From ordered rows of words to raw lines: text with tabs at wide gaps, ticks, headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

from corpus.types import Box, Cell
from pipeline.ingest.base import RawLine, RawTick
from pipeline.ingest.pdf_layout import Row
from pipeline.ingest.pdf_right_boxes import boxes_first
from pipeline.ingest.pdf_words import Word, is_bold
from pipeline.ingest.signs import cell_signs, clean_signs, find_signs

WIDE_GAP = 1.4
"""A gap wider than this many heights of the row becomes a tab."""

HEADING_SCALE = 1.15
HEADING_LETTERS = 120
LETTERS = re.compile(r"[A-Za-zÅÄÖåäö]{2}")


def raw_lines(rows: Sequence[Row], textpage: Any, first_table: int) -> list[RawLine]:
    """Return one raw line a row; tables are numbered from `first_table` on."""
    rows = boxes_first(rows)
    body = _body_height(rows)
    lines: list[RawLine] = []
    for row in rows:
        first = row.words[0]
        if lines and first.index < 0 and not first.tick:  # A field's value begins anew.
            lines[-1] = replace(lines[-1], ends=True)
        text, ticks = _text(row.words)
        typed = cell_signs(text) if row.cell else find_signs(text)
        ticks += [t for t in typed if not any(_overlap(t, own) for own in ticks)]
        ticks = [_with_box(t, row, text) for t in sorted(ticks, key=lambda t: t.at)]
        cell = None
        if row.cell:
            cell = Cell(first_table + row.table, row.cell.row, row.cell.column)
        lines.append(
            RawLine(
                text,
                row.box,
                cell,
                heading=not ticks and _is_heading(row, text, body, textpage),
                ticks=tuple(ticks),
                ends=any(w.ends for w in row.words),
                limit=row.right,
                lead=row.words[0].x1 - row.words[0].x0,
            )
        )
    return lines


def _text(words: list[Word]) -> tuple[str, list[RawTick]]:
    """Return the row's text and the ticks that the reader put into it."""
    height = median(w.bottom - w.top for w in words)
    text = ""
    ticks: list[RawTick] = []
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    # Justified text spreads its spaces evenly; a tab stands out from the other gaps.
    spread = len(gaps) >= 3 and min(gaps) > 0.6 * max(gaps)
    previous: Word | None = None
    for word in words:
        if previous:
            gap = word.x0 - previous.x1
            if gap > WIDE_GAP * height and not spread:
                text += "\t"
            elif gap > 0.08 * height or gap < -height or _apart(previous, word):
                text += " "
        if word.tick:
            checked, sign, certainty = word.tick
            ticks.append(RawTick(len(text), len(word.text), checked, sign, certainty, word.box))
        text += word.text if word.tick else clean_signs(word.text)
        previous = word
    return text, ticks


def _apart(a: Word, b: Word) -> bool:
    """Tell whether white space stood between two words in the file, or one was put in."""
    if a.index < 0 or b.index < 0:
        return True
    return b.index - (a.index + len(a.text)) >= 1


def _overlap(a: RawTick, b: RawTick) -> bool:
    return a.at < b.at + b.length and b.at < a.at + a.length


def _with_box(tick: RawTick, row: Row, text: str) -> RawTick:
    """Give a typed sign the box of the word it stands in."""
    if tick.box:
        return tick
    position = 0
    for word in row.words:
        position = text.find(clean_signs(word.text), position)
        if position < 0:
            break
        end = position + len(word.text)
        if position <= tick.at < end:
            box: Box = word.box
            return RawTick(tick.at, tick.length, tick.checked, tick.sign, tick.certainty, box)
        position = end
    return RawTick(tick.at, tick.length, tick.checked, tick.sign, tick.certainty, row.box)


def _body_height(rows: Sequence[Row]) -> float:
    """Return the height of most letters on the page, in points."""
    heights: Counter[float] = Counter()
    for row in rows:
        for word in row.words:
            if word.index >= 0:
                heights[round(word.bottom - word.top, 1)] += len(word.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _is_heading(row: Row, text: str, body: float, textpage: Any) -> bool:
    """Tell whether a row is set larger or bolder than the text of its page."""
    if len(text) > HEADING_LETTERS or not LETTERS.search(text) or text[-1] in ".,;\x02":
        return False
    own = [w for w in row.words if w.index >= 0]
    if not own or len(own) < len(row.words):
        return False
    if median(w.bottom - w.top for w in own) >= HEADING_SCALE * body:
        return True
    return is_bold(textpage, own[0].index) and is_bold(
        textpage, own[-1].index + len(own[-1].text) - 1
    )
