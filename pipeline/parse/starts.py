"""Places where a label of the form may begin: first on a line, after a box, a tab or a wide gap."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from corpus.types import Document, Line
from pipeline.parse.fold import Folded
from pipeline.parse.tails import SMALL

_LEAD = re.compile(
    r"[^\w]*(?:(?:fråga|fr\.|punkt)\s*(?=\d))?"
    r"(?P<number>(?:\d{1,2}(?:\s*\.\s*\d{1,2})?\s*[.:)]?\s*)?(?:[a-eA-E]\s*[.:)]\s*|[a-e](?=\s+[A-ZÅÄÖ]))?)"
    r"[^\w]*(?P<mark>\b[xX]\b[^\w\n]*)?",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\t|\||\s{3,}|<input[^>\n]*>|</?[a-z]{1,4}>|☐|☒|☑|\[\s?\]|\[[xX]\]")


@dataclass(frozen=True, slots=True)
class Start:
    """A word that a label may begin with; `lead` is where its number and box begin.

    `fresh`: first on its line or after a box. `boxed`: a box stands before it.
    """

    word: int
    lead: int
    number: str
    fresh: bool
    heading: bool
    boxed: bool


def places(document: Document, words: Folded) -> list[Start]:
    """Return the words a label can start at: first of a line, after a box, tab or wide gap."""
    ticks = [t for page in document.pages for t in page.ticks]
    tick_ends = sorted(t.end for t in ticks)
    last = _last_cells(document)
    after_tick = {
        words.word_at(t.end)
        for t in ticks
        if t.start not in last and _leads(words.text, t.start, t.end)
    }
    headings = {ln.start for page in document.pages for ln in page.lines if ln.heading}
    cells = {ln.start for page in document.pages for ln in page.lines if ln.cell is not None}
    found: dict[int, Start] = {}
    offset = 0
    for line in words.text.split("\n"):
        edges = {0, *(m.end() for m in _BREAK.finditer(line))}
        within = slice(bisect_right(tick_ends, offset), bisect_right(tick_ends, offset + len(line)))
        edges |= {end - offset for end in tick_ends[within]}
        for edge in sorted(edges):
            lead = _LEAD.match(line, edge)
            begin = lead.end() if lead else edge
            word = words.word_at(offset + begin)
            if word >= len(words.starts) or words.starts[word] > offset + len(line):
                continue
            number = re.sub(r"[^0-9a-e]", "", (lead.group("number") if lead else "").lower())
            marked = bool(lead and lead.group("mark"))
            boxed = marked or edge > 0 or word in after_tick
            heading = offset in headings or line.lstrip().startswith(("#", "**"))
            fresh = edge == 0 or offset in cells
            start = Start(word, offset + edge, number, fresh or boxed, heading, boxed)
            found.setdefault(word, start)
            bare = words.word_at(offset + edge)  # "a" or "x" may belong to the label after all
            found.setdefault(bare, Start(bare, offset + edge, "", True, heading, boxed))
        offset += len(line) + 1
    inside = {
        words.word_at(t.start) for t in ticks if words.word_at(t.start) < words.word_at(t.end)
    }
    return [start for word, start in found.items() if word not in inside]


def opening(words: Folded, word: int, starts: Mapping[int, Start]) -> int:
    """Return the start that only one or two small words ("Det finns …") part from `word`."""
    for first in (word - 1, word - 2):
        if first < 0 or words.joined[words.at[first] : words.at[first + 1]] not in SMALL:
            break
        if first in starts and "\n" not in words.text[words.starts[first] : words.starts[word]]:
            return first
    return word


def labels_of_ticked_rows(document: Document, words: Folded) -> set[int]:
    """Return the first words of table rows that have a tick further right."""
    found: set[int] = set()
    for page in document.pages:
        rows: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for line in page.lines:
            if (row := _row(line)) is not None:
                rows[row].append(line)
        ticks = sorted(t.start for t in page.ticks)
        for lines in rows.values():
            at = bisect_left(ticks, lines[0].end)
            if at < len(ticks) and ticks[at] < lines[-1].end and lines[0].cell != lines[-1].cell:
                found.add(words.word_at(lines[0].start))
    return found


def _last_cells(document: Document) -> set[int]:
    """Return where the last cells of rows with several cells begin; a tick there ends its row."""
    lines = [ln for page in document.pages for ln in page.lines if ln.cell is not None]
    return {
        b.start
        for a, b, c in zip_longest(lines, lines[1:], lines[2:])
        if b is not None and _row(a) == _row(b) != _row(c) and a.cell != b.cell
    }


def _row(line: Line | None) -> tuple[int, int] | None:
    return (line.cell.table, line.cell.row) if line is not None and line.cell is not None else None


def _leads(text: str, start: int, end: int) -> bool:
    """True for a tick before something on its line, or alone on it (in a cell of its own)."""
    line = text.rfind("\n", 0, start) + 1
    return bool(text[end : end + 40].split("\n", 1)[0].strip()) or not text[line:start].strip()
