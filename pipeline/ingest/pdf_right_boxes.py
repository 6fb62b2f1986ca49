"""Boxes in a column right of wrapped labels: set before the label, as no line may be cut by one.

A box that stands on the first line of a label of several lines would come in the middle of it. One
that stands on the last line ends the label and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from pipeline.ingest.pdf_layout import Row, is_box

ALIGNED = 2.0
"""Points by which the boxes of one column may differ."""

CLOSE = 1.7
"""Heights from one line of a label to the next."""


def boxes_first(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, boxes right of the first lines of their labels moved before them."""
    columns = _columns(rows)
    if not columns:
        return list(rows)
    first = last = 0
    for before, row, after in zip_longest([None, *rows], rows, rows[1:]):
        if row is None or not _ends_in_box(row, columns):
            continue
        first += after is not None and _wraps(row, after)
        last += before is not None and not _has_tick(before) and _wraps(before, row)
    if first <= last:
        return list(rows)
    return [
        replace(row, words=[row.words[-1], *row.words[:-1]]) if _ends_in_box(row, columns) else row
        for row in rows
    ]


def _columns(rows: Sequence[Row]) -> list[float]:
    """Return where boxes that end a row stand below each other."""
    lefts = [row.words[-1].x0 for row in rows if _single_last(row)]
    return [x for x in lefts if sum(abs(x - other) <= ALIGNED for other in lefts) >= 3]


def _ends_in_box(row: Row, columns: Sequence[float]) -> bool:
    return _single_last(row) and any(abs(row.words[-1].x0 - x) <= ALIGNED for x in columns)


def _single_last(row: Row) -> bool:
    return (
        row.cell is None
        and len(row.words) > 1
        and is_box(row.words[-1])
        and not any(is_box(w) for w in row.words[:-1])
    )


def _has_tick(row: Row) -> bool:
    return any(is_box(w) for w in row.words)


def _wraps(row: Row, following: Row) -> bool:
    """Tell whether the second row goes on with the first one's sentence."""
    height = row.words[0].bottom - row.words[0].top
    start = following.words[0]
    return (
        following.cell is None
        and start.text[:1].islower()
        and abs(start.x0 - row.words[0].x0) <= ALIGNED
        and 0 < start.base - row.words[0].base <= CLOSE * height
        and (not _has_tick(following) or not _has_tick(row))
    )
