"""Decide what stands between two lines: nothing (a hyphenated word), a space or a new paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from statistics import median

from corpus.types import Box, Cell
from pipeline.ingest.base import RawLine
from pipeline.ingest.normalise_text import HYPHEN

BULLET = re.compile(r"(?:[•▪●○◦■□‣∙·➢►▶✓✔*]|[-–—]\s|o\s)")
NUMBERED = re.compile(
    r"(?:\(?\d{1,2}\s?[a-hA-H]?\s?[.)]\s|\d{1,2}[a-h]\s|\(?[a-hA-H][.)]\s|\d{1,2}\.\d{1,2}\.?\s)"
)
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
COORDINATION = re.compile(
    r"(?:och|eller|samt|respektive|resp\.?|till|alternativt)\b|/", re.IGNORECASE
)
LAST_WORD = re.compile(r"[\w/.:&-]*$")

LEADER = re.compile(r"(?:\.{4,}|…{2,}|\. \. \.)\s*\d{0,4}$")

WRAP_MIN, WRAP_MAX = 40, 115
"""Plain text counts as wrapped by hand when its longest lines are this many characters long."""


LOCAL_LETTERS = 25
SLACK = 0.5
"""Points that a word may lack to have fitted; more makes whole lines look like short ones."""

LAST_QUESTION = 14
"""A line that begins with a higher number and a full stop is no numbered item."""


@dataclass(frozen=True, slots=True)
class Room:
    """What the lines of one page (or one text without boxes) have to compare with.

    `ink`: boxes end where the ink ends, so a line without ascenders is lower than its neighbours.
    """

    pitch: float
    limits: dict[Cell | None, float]
    wrap: int
    local: dict[int, float] = field(default_factory=dict)
    ink: bool = False


def measure(lines: Sequence[RawLine], *, ink: bool = False) -> Room:
    """Return the usual distance between lines, how wide they get, and the width of plain text."""
    pitches: list[float] = []
    heights: list[float] = []
    edges: dict[Cell | None, list[float]] = {}
    for line, following in zip_longest(lines, lines[1:]):
        if line.box is None:
            continue
        edges.setdefault(line.cell, []).append(line.box.x1)
        if following and following.box and following.cell == line.cell:
            pitch, height = following.box.top - line.box.top, line.box.bottom - line.box.top
            if 0.5 * height < pitch < 3 * height:
                pitches.append(pitch)
                heights.append(height)
    pitch = median(pitches) if pitches else 0.0
    if 0 < len(pitches) < 4:  # Too few to tell double spacing from paragraphs.
        pitch = min(pitch, 1.5 * median(heights))
    # A date or a page number further right than the text must not make every line look short.
    limits = {cell: sorted(ends)[-1 - len(ends) // 20] for cell, ends in edges.items()}
    return Room(pitch, limits, _wrap_width(lines), _local_limits(lines), ink)


def between(line: RawLine, following: RawLine, opener: RawLine, room: Room) -> str:
    """Return "", " " or a newline: what stands between `line` and the next line of the page.

    `opener` is the first line of the paragraph that `line` is in. "" means that the hyphen at the
    end of `line` goes; " " after a hyphen means that it stays (`barn- och kvinnofrid`).
    """
    if line.ends or line.cell != following.cell or line.heading != following.heading:
        return "\n"
    if not line.text or not following.text or _opens(following, opener):
        return "\n"
    if line.ticks and line.ticks[-1].at + line.ticks[-1].length == len(line.text):
        return "\n"
    if line.text.endswith(":"):  # "Ange vilka:" — the answer is a paragraph of its own.
        return "\n"
    if LEADER.search(line.text) or "\t" in following.text[:40]:  # Contents, lists with tabs.
        return "\n"
    hyphenated = line.text.endswith(HYPHEN)
    if line.box and following.box:
        if not _close(line, following, opener, room):
            return "\n"
        wrapped_heading = line.heading and following.text[:1].islower()
        if not hyphenated and not wrapped_heading and _had_room(line, following, room):
            return "\n"
    elif not hyphenated and not _wrapped(line.text, following.text, room.wrap):
        return "\n"
    return joint(line.text, following.text)


def over_the_page(line: RawLine, following: RawLine) -> str:
    """Return what stands between the last line of a page or column and the first of the next."""
    if line.ends or line.heading or following.heading or following.ticks:
        return "\n"
    if (line.cell or following.cell) and not _same_column(line, following):
        return "\n"
    if not following.text[:1].islower() or BULLET.match(following.text):
        return "\n"
    if SENTENCE_END.search(line.text) or len(line.text) < WRAP_MIN // 2:
        return "\n"
    # A footnote in small print is not what goes on overleaf.
    if line.box and following.box and not 0.87 < _letter(line) / _letter(following) < 1.15:
        return "\n"
    return joint(line.text, following.text)


def joint(before: str, after: str) -> str:
    """Return the joint of two lines that belong together, by how the first one ends.

    "": the hyphen goes (`samver-` + `kan`). " ": a space comes, after a kept hyphen too
    (`barn-` + `och`). "-": the hyphen stays and no space comes (`EU-` + `projekt`).
    """
    if not before.endswith(HYPHEN):
        return " "
    if COORDINATION.match(after):
        return " "
    word = LAST_WORD.search(before.rstrip(HYPHEN))
    stem = word[0] if word else ""
    if not after[:1].islower() or stem[-1:].isdigit() or len(stem) == 1 or stem.isupper():
        return "-"
    return ""


def _opens(line: RawLine, opener: RawLine) -> bool:
    """Tell whether the line begins something of its own: a bullet, a number, a tick."""
    if line.ticks:
        return True
    if numbered := NUMBERED.match(line.text):  # "efter kl" + "15. Ring först" goes on.
        digits = numbered[0].strip(" .")
        return not digits.isdecimal() or int(digits) <= LAST_QUESTION
    if not BULLET.match(line.text):
        return False
    # A dash may also stand between two halves of one sentence that the margin cut.
    dash = line.text[0] in "-–—"
    return not dash or not line.text[2:3].islower() or bool(BULLET.match(opener.text))


def _close(line: RawLine, following: RawLine, opener: RawLine, room: Room) -> bool:
    """Tell whether the next line lies where the paragraph's next line would lie."""
    a, b, first = _box(line), _box(following), _box(opener)
    height, other = a.bottom - a.top, b.bottom - b.top
    likeness = 1.25
    if room.ink:
        likeness, height = 1.9, max(height, other)
    pitch = b.top - a.top
    if pitch < 0.5 * height or pitch > max(1.3 * room.pitch, 1.25 * height) or pitch > 3 * height:
        return False
    if max(height, other) > likeness * max(min(a.bottom - a.top, other), 1.0):
        return False
    step = b.x0 - a.x0
    listed = bool(opener.ticks or BULLET.match(opener.text) or NUMBERED.match(opener.text))
    if line is opener:
        if listed:
            return -0.3 * height <= step <= 4 * height
        return -5 * height <= step <= 0.6 * height
    if listed and b.x0 < first.x0 - 0.3 * height:
        return False
    return abs(step) <= 0.6 * height


def _had_room(line: RawLine, following: RawLine, room: Room) -> bool:
    """Tell whether the next line's first word would have fitted on this line."""
    a, b = _box(line), _box(following)
    limit = line.limit if line.limit is not None else room.limits.get(line.cell, a.x1)
    if len(line.text) >= LOCAL_LETTERS and following.text[:1].islower():
        # Text that runs round a picture: what goes on in lower case has its neighbours' width.
        limit = min(limit, room.local.get(id(line), limit))
    height = b.bottom - b.top
    if following.lead is not None:
        return a.x1 + 0.2 * height + following.lead < limit - SLACK
    word = len(following.text.split(" ", 1)[0]) + 1
    return a.x1 + word * _letter(following) * 0.95 + 0.1 * height < limit


def _same_column(line: RawLine, following: RawLine) -> bool:
    """Tell whether two cells can be one that the page's end cuts in two."""
    if not (line.cell and following.cell and line.box and following.box):
        return False
    if line.limit is None or following.limit is None:
        return False
    return abs(line.box.x0 - following.box.x0) <= 2 and abs(line.limit - following.limit) <= 2


def _letter(line: RawLine) -> float:
    """Return the mean width of a letter of the line, in points."""
    box = _box(line)
    return max((box.x1 - box.x0) / max(len(line.text), 1), 0.1)


def _local_limits(lines: Sequence[RawLine]) -> dict[int, float]:
    """Return for each line, by identity, how far right it and its neighbours in its cell go."""
    result = {}
    for i, line in enumerate(lines):
        near = [o for o in lines[max(i - 2, 0) : i + 3] if o.box and o.cell == line.cell]
        if line.box:
            height = line.box.bottom - line.box.top
            ends = [o.box.x1 for o in near if o.box and abs(o.box.x0 - line.box.x0) < 3 * height]
            result[id(line)] = max(ends, default=line.box.x1)
    return result


def _wrapped(before: str, after: str, wrap: int) -> bool:
    if not wrap or len(before) > wrap + 2 or len(after) > wrap + 2:
        return False
    return len(before) + 1 + len(after.split(" ", 1)[0]) > wrap


def _wrap_width(lines: Sequence[RawLine]) -> int:
    """Return the width at which plain text was wrapped, 0 where each line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines if line.box is None and line.text)
    usual = [n for n in lengths if n <= WRAP_MAX]
    if not usual or usual[-1] < WRAP_MIN or len(usual) < 0.8 * len(lengths):
        return 0
    width = usual[-1]
    long = [
        line.text for line in lines if line.box is None and 0.8 * width <= len(line.text) <= width
    ]
    open_ended = sum(1 for text in long if not SENTENCE_END.search(text))
    return width if len(long) >= 2 and open_ended * 2 >= len(long) else 0


def _box(line: RawLine) -> Box:
    assert line.box is not None
    return line.box
