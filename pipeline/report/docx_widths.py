"""How wide the columns of a table become on paper. Widths in twentieths of a point (dxa)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

PORTRAIT, LANDSCAPE = 9070, 14002  # between the margins of an A4 page
_PADDING = 190  # beside the text of a cell, and a little for what the estimate misses
_WIDEST = 5200  # a column of running text need not be wider to read well
_SHORT = 1100  # a text up to this is not broken between words either
_NARROW, _WIDE = frozenset(" .,:;!|'()[]/fijlrtI\u00a0-–"), frozenset("mwMWÅÄÖ%@—")


def text_width(text: str, points: float, *, bold: bool = False) -> int:
    """Estimate how wide a line of text is set."""
    ems = sum(
        0.29 if sign in _NARROW else 0.84 if sign in _WIDE else 0.62 if sign.isupper() else 0.52
        for sign in text
    )
    return round(ems * points * 20 * (1.05 if bold else 1.0))


def column_widths(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Collection[int],
    points: float,
    available: int,
) -> tuple[int, ...]:
    """Share `available` between the columns; figures and words are kept whole where they can be.

    A table that needs less than the whole width does not take it.
    """
    least = least_widths(headings, rows, numeric, points)
    wished = [
        max(low, min(_WIDEST, _wish(heading, [row[c] for row in rows], c in numeric, points)))
        for c, (low, heading) in enumerate(zip(least, headings, strict=True))
    ]
    if sum(least) >= available:
        return tuple(available * low // sum(least) for low in least)
    if sum(wished) <= available:
        spare = min(available - sum(wished), sum(wished) // 4)
        return tuple(w + spare * w // sum(wished) for w in wished)
    much = [sum(text_width(row[c], points) for row in rows) + 1 for c in range(len(headings))]
    return tuple(_shared(least, wished, much, available))


def _shared(least: list[int], wished: list[int], much: list[int], available: int) -> list[int]:
    """Give each column its least, and the rest by how much text it has, up to what it wishes."""
    widths = list(least)
    while growing := [c for c, width in enumerate(widths) if width < wished[c]]:
        room, total = available - sum(widths), sum(much[c] for c in growing)
        steps = {c: min(room * much[c] // total, wished[c] - widths[c]) for c in growing}
        if not any(steps.values()):
            break
        for c, step in steps.items():
            widths[c] += step
    return widths


def least_widths(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Collection[int],
    points: float,
) -> list[int]:
    """Return the narrowest width of each column that breaks no figure and no word."""
    return [
        _PADDING
        + max(
            _longest_word(heading, points, bold=True),
            *(
                text_width(row[c], points) if c in numeric else _unbroken(row[c], points)
                for row in rows
            ),
            0,
        )
        for c, heading in enumerate(headings)
    ]


def lines_of(text: str, width: int, points: float) -> int:
    """Estimate how many lines a cell's text takes."""
    return sum(
        max(1, -(-text_width(part, points) // max(width - _PADDING, 1)))
        for part in text.split("\n")
    )


def _wish(heading: str, cells: list[str], numeric: bool, points: float) -> int:
    head = text_width(heading, points, bold=True)
    # A figure's heading may take three lines: else long headings drive short figures apart.
    head = head // 3 + text_width("0000", points) if numeric else head
    return _PADDING + max([head, *(text_width(cell, points, bold=True) for cell in cells)])


def _unbroken(text: str, points: float) -> int:
    """Return the width of the longest word, or of the whole where it is short ("Västra län")."""
    whole = text_width(text, points)
    return min(max(_longest_word(text, points), _SHORT), whole)


def _longest_word(text: str, points: float, *, bold: bool = False) -> int:
    return max(
        (text_width(word, points, bold=bold) for word in re.split(r"[ \n\t]|(?<=[-–/])", text)),
        default=0,
    )
