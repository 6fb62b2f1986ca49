"""Reading order: words to rows, rows to columns and side headings, tables cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.types import Box
from pipeline.ingest.pdf_tables import Table, TableCell
from pipeline.ingest.pdf_words import Word

GUTTER = 6.0
"""Narrowest free strip in points that can part two columns."""

NARROW = 1.2
"""A strip narrower than this many line heights must hold for `RIVER` rows to count."""
RIVER = 5

PROSE_LETTERS = 18
PROSE_LINES = 3
PROSE_SHARE = 0.35
"""Running text: lines of this many letters, this share of them beginning in lower case."""

MARK = re.compile(
    r"[•▪●○◦■□‣·➢►✓✔*–—☐☒☑\uf000-\uf0ff-]|\(?\d{1,3}[a-z]?[.)]*|\(?[A-Za-z][.)]*|\[[xX]?\]"
)


BOX_SIGNS = frozenset("☐☒☑□■⊠")


@dataclass(slots=True)
class Row:
    """Words on one baseline, from left to right; `right` is how far the line could have gone."""

    words: list[Word]
    right: float | None = None
    cell: TableCell | None = None
    table: int = -1

    @property
    def x0(self) -> float:
        """Return where the row begins."""
        return min(w.x0 for w in self._own)

    @property
    def x1(self) -> float:
        """Return where the row ends."""
        return max(w.x1 for w in self._own)

    @property
    def _own(self) -> list[Word]:
        """The words without a box that was set before them from the right margin."""
        moved = len(self.words) > 1 and self.words[0].x0 > self.words[1].x0
        return self.words[1:] if moved else self.words

    @property
    def top(self) -> float:
        """Return the top of the row."""
        return min(w.top for w in self.words)

    @property
    def box(self) -> Box:
        """Return the box around the row."""
        return Box(self.x0, self.top, self.x1, max(w.bottom for w in self.words))


@dataclass(slots=True)
class _Run:
    """Rows that share a free strip from `x0` to `x1`."""

    x0: float
    x1: float
    left: list[list[Word]] = field(default_factory=list)
    right: list[list[Word]] = field(default_factory=list)


def reading_order(words: Sequence[Word], tables: Sequence[Table]) -> list[Row]:
    """Return the rows of a page in the order a person reads them.

    Text beside or between tables comes where it stands; a table comes cell by cell, row by row.
    Words that are not upright (a stamp in the margin) come last.
    """
    free: list[Word] = []
    held: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        if not word.upright:
            continue
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for number, table in enumerate(tables):
            if table.box.top <= y <= table.box.bottom and table.box.x0 <= x <= table.box.x1:
                cell = table.cell_at(x, y)
                if cell:
                    held.setdefault((number, cell.row, cell.column), []).append(word)
                    break
        else:
            free.append(word)
    pending = sorted(range(len(tables)), key=lambda n: (tables[n].box.top, tables[n].box.x0))
    rows: list[Row] = []
    for band, at in _bands(free, tables, pending):
        rows += _ordered(_rows(band))
        if at is not None:
            rows += _table_rows(at, tables[at], held)
    return rows + _aside([w for w in words if not w.upright])


def _aside(words: list[Word]) -> list[Row]:
    """Return turned words as rows, those on one turned line together, in the order of the file."""
    rows: list[Row] = []
    last: Word | None = None
    for word in words:
        if last and abs(word.x0 - last.x0) < 2 and 0 < word.index - last.index - len(last.text) < 4:
            line = rows[-1].words[0]
            line.text += f" {word.text}"
            line.top, line.bottom = min(line.top, word.top), max(line.bottom, word.bottom)
        else:
            rows.append(Row([replace(word)]))
        last = word
    return rows


def _bands(
    free: list[Word], tables: Sequence[Table], pending: list[int]
) -> Iterator[tuple[list[Word], int | None]]:
    """Yield the free words above each table and the table, last the words below all of them."""
    rest = free
    for number in pending:
        edge = tables[number].box.top
        yield [w for w in rest if (w.top + w.bottom) / 2 < edge], number
        rest = [w for w in rest if (w.top + w.bottom) / 2 >= edge]
    yield rest, None


def _table_rows(
    number: int, table: Table, held: dict[tuple[int, int, int], list[Word]]
) -> Iterator[Row]:
    for cell in table.cells:
        words = held.get((number, cell.row, cell.column))
        if not words:
            continue
        margin = max(min(min(w.x0 for w in words) - cell.box.x0, 8.0), 0.0)
        for row in _ordered(_rows(words)):
            row.cell, row.table = cell, number
            if row.right is None:
                row.right = cell.box.x1 - margin
            yield row


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words as rows from the top down, each from left to right."""
    rows: list[list[Word]] = []
    anchor = 0.0
    for word in sorted(words, key=lambda w: w.base):
        slack = 0.33 * min(word.bottom - word.top, 16.0)
        if rows and word.base - anchor <= slack:
            rows[-1].append(word)
        else:
            rows.append([word])
            anchor = word.base
    for row in rows:
        row.sort(key=lambda w: w.x0)
    return rows


def _ordered(rows: list[list[Word]]) -> list[Row]:
    """Return rows with columns read one after the other and side headings before their text."""
    result: list[Row] = []
    i = 0
    while i < len(rows):
        run = _longest_run(rows, i)
        if run is None:
            result.append(Row(rows[i]))
            i += 1
            continue
        both, used = run
        while result and result[-1].x0 >= both.x1 and not _far(result[-1].words, rows[i]):
            # The right column begins higher up than the left one.
            both.left.insert(0, [])
            both.right.insert(0, result.pop().words)
        read = _read_run(both)
        if read is None:
            result += [Row(a + b) for a, b in zip(both.left, both.right, strict=True)]
        else:
            result += read
        i += used
    return result


def _longest_run(rows: list[list[Word]], start: int) -> tuple[_Run, int] | None:
    """Return the longest run of rows from `start` on that leave one strip free, and its length."""
    best: tuple[float, _Run, int] | None = None
    following = rows[start + 1] if start + 1 < len(rows) else []
    for gap in _gaps(rows[start]) or _gaps_across(rows[start], following):
        run = _Run(*gap)
        used = 0
        # Rows with text on both sides, and changes of side where the columns' rows lie unevenly.
        shared = 0.0
        previous: list[Word] = []
        for row in rows[start:]:
            strip = _strip(row, run)
            if strip is None or (previous and _far(previous, row)):
                break
            run.x0, run.x1 = strip
            left = [w for w in row if w.x1 <= run.x0 + 0.5]
            right = row[len(left) :]
            if left and right:
                shared += 1
            elif (
                run.left and bool(left) != bool(run.left[-1]) and bool(right) != bool(run.right[-1])
            ):
                shared += 0.5
            run.left.append(left)
            run.right.append(right)
            used += 1
            previous = row
        narrow = run.x1 - run.x0 < NARROW * (rows[start][0].bottom - rows[start][0].top)
        # Words of justified text leave a narrow strip free on a few lines by chance.
        if shared >= (RIVER if narrow else 2) and (best is None or shared > best[0]):
            best = (shared, run, used)
    return (best[1], best[2]) if best else None


def _gaps(row: list[Word]) -> list[tuple[float, float]]:
    return [(a.x1, b.x0) for a, b in pairwise(row) if b.x0 - a.x1 >= GUTTER]


def _gaps_across(row: list[Word], following: list[Word]) -> list[tuple[float, float]]:
    """Return the strip between two rows of which one lies wholly left of the other."""
    if not following or _far(row, following):
        return []
    left, right = sorted((row, following), key=lambda r: r[0].x0)
    x0, x1 = max(w.x1 for w in left), right[0].x0
    return [(x0, x1)] if x1 - x0 >= GUTTER else []


def _strip(row: list[Word], run: _Run) -> tuple[float, float] | None:
    """Return what the row leaves free of the run's strip, None where it crosses it."""
    x0, x1 = run.x0, run.x1
    for word in row:
        if word.x1 <= x0 or word.x0 >= x1:
            continue
        middle = (word.x0 + word.x1) / 2
        if middle < (x0 + x1) / 2:
            x0 = word.x1
        else:
            x1 = word.x0
        if x1 - x0 < GUTTER:
            return None
    return x0, x1


def _far(above: list[Word], below: list[Word]) -> bool:
    """Tell whether a row lies so far below that something new begins."""
    height = min(above[0].bottom - above[0].top, 20.0)
    return below[0].base - above[0].base > 3.2 * height


def _read_run(run: _Run) -> list[Row] | None:
    """Return the two sides of a run in order, None where its rows are to be read across."""
    left, right = [r for r in run.left if r], [r for r in run.right if r]
    if all(_is_mark(r) for r in left) or all(len(r) == 1 and is_box(r[0]) for r in right):
        return None
    ticked = any(w.tick or w.text[0] in "☐☒☑□" for r in (*left, *right) for w in r)
    prose_left, prose_right = _is_prose(left), _is_prose(right)
    if prose_left and prose_right and not ticked:
        return _side(left) + _side(right)
    if not any(_goes_on(r) for r in right) and not any(_goes_on(r) for r in left):
        return None
    if prose_left and not ticked:
        return _side(left) + _side(right)
    return _beside(run)


def _side(rows: list[list[Word]]) -> list[Row]:
    """Return one column, itself read in columns, with its right edge on each row."""
    edge = max(w.x1 for row in rows for w in row)
    ordered = _ordered(rows)
    for row in ordered:
        row.right = edge if row.right is None else row.right
    return ordered


def _beside(run: _Run) -> list[Row]:
    """Return headings or labels at the side, each followed by all lines that stand beside it."""
    result: list[Row] = []
    heading: list[list[Word]] = []
    body: list[list[Word]] = []
    edge_left = max((w.x1 for r in run.left for w in r), default=0.0)
    edge_right = max((w.x1 for r in run.right for w in r), default=0.0)

    def close() -> None:
        result.extend(Row(r, edge_left) for r in heading)
        result.extend(Row(r, edge_right) for r in body)
        heading.clear()
        body.clear()

    for left, right in zip(run.left, run.right, strict=True):
        if left and not _goes_on(left) and (not right or not _goes_on(right)):
            close()
        if left and right and _is_mark(left):
            close()
            body.append(left + right)
            continue
        if left:
            heading.append(left)
        if right:
            body.append(right)
    close()
    return result


def is_box(word: Word) -> bool:
    """Tell whether a word is a box, drawn or set as a sign."""
    return word.tick is not None or word.text in BOX_SIGNS


def _is_mark(words: list[Word]) -> bool:
    """Tell whether words are only a list mark, a number or a box: one line with what follows."""
    return MARK.fullmatch("".join(w.text for w in words)) is not None


def _is_prose(rows: list[list[Word]]) -> bool:
    if len(rows) < PROSE_LINES:
        return False
    letters = sum(len(w.text) + 1 for r in rows for w in r) / len(rows)
    going = sum(_goes_on(r) for r in rows)
    return letters >= PROSE_LETTERS and going >= PROSE_SHARE * len(rows)


def _goes_on(row: list[Word]) -> bool:
    """Tell whether a row begins like the middle of a sentence."""
    return row[0].text[:1].islower() and len(row[0].text) > 1
