"""Find running headers, footers and page numbers: what repeats at the edges of the pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.ingest.base import RawLine, RawPage

ZONE = 0.12
"""Share of the page's height, at the top and at the bottom, where running lines stand."""

OUTER_ZONE = 0.07
MOST = 2 / 3
"""A line on half the pages but fewer than this share must stand in the outer zone: left and right
pages may have headers of their own, but two forms in one file also begin alike on every other page.
"""

EDGE_LINES = 3
"""The same for pages without boxes, in lines."""

DRIFT = 0.02
"""A running line stands at the same height on every page, within this share of the height."""

DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-–|\s]*(?:(?:sida|sidan|sid\.?|s\.)\s*\d{1,4}(?:\s*(?:av|/|\()\s*\d{1,4}\s*\)?)?"
    r"|\d{1,4}\s*(?:\(\s*\d{1,4}\s*\)|av\s+\d{1,4}|/\s*\d{1,4}))[-–|\s]*",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(r"[-–|\s]*(\d{1,4})[-–|\s]*")

Place = tuple[int, int]
"""Index of the page and of the line on it."""


def running_lines(pages: Sequence[RawPage]) -> set[Place]:
    """Return the places of lines that repeat at the edge of half the pages, and page numbers.

    Digits count as equal (`3 (7)` and `4 (7)`). Lines with ticks and headings are never running
    lines; table cells only when most of at least three pages hold them.
    """
    edges = [list(_edge_lines(page)) for page in pages]
    found: set[Place] = set()
    groups: dict[tuple[str, str], list[tuple[Place, float]]] = defaultdict(list)
    for p, page in enumerate(pages):
        for i, side, height in edges[p]:
            line = page.lines[i]
            # A format that tells where paragraphs end (Word) keeps its headers apart itself.
            if line.ticks or line.heading or (line.ends and line.box is None):
                continue
            if _is_page_number(line, page, side):
                found.add((p, i))
            elif key := running_key(line.text):
                groups[side, key].append(((p, i), height))
    for members in groups.values():
        found |= _repeated(members, pages)
    return found


def running_key(text: str) -> str:
    """Return what a running line is on every page: digits count as equal."""
    return DIGITS.sub("#", " ".join(text.casefold().split()))


def _edge_lines(page: RawPage) -> Iterable[tuple[int, str, float]]:
    """Yield index, side and height (as a share of the page) of each line near an edge."""
    if page.height > 0 and any(line.box for line in page.lines):
        for i, line in enumerate(page.lines):
            if line.box is None or not line.text:
                continue
            middle = (line.box.top + line.box.bottom) / 2 / page.height
            if middle <= ZONE:
                yield i, "top", middle
            elif middle >= 1 - ZONE:
                yield i, "bottom", middle
        return
    filled = [i for i, line in enumerate(page.lines) if line.text]
    if len(filled) > 2 * EDGE_LINES:
        yield from ((i, "top", 0.0) for i in filled[:EDGE_LINES])
        yield from ((i, "bottom", 0.0) for i in filled[-EDGE_LINES:])


def _is_page_number(line: RawLine, page: RawPage, side: str) -> bool:
    if line.cell is not None or page.height <= 0:
        return False
    if PAGE_NUMBER.fullmatch(line.text):
        return True
    bare = BARE_NUMBER.fullmatch(line.text)
    return bare is not None and int(bare[1]) == page.number


def _repeated(members: list[tuple[Place, float]], pages: Sequence[RawPage]) -> set[Place]:
    """Return those of the equal lines that stand at one height on half the pages."""
    once = sorted({place[0]: height for place, height in members}.values())
    result: set[Place] = set()
    for place, height in members:
        count = bisect_right(once, height + DRIFT) - bisect_left(once, height - DRIFT)
        in_cell = pages[place[0]].lines[place[1]].cell is not None
        if in_cell and (len(pages) < 3 or count * 3 < len(pages) * 2):
            continue
        share = count / len(pages)
        outer = min(height, 1 - height) <= OUTER_ZONE
        if count >= 2 and (share >= MOST or (share >= 0.5 and outer)):
            result.add(place)
    return result
