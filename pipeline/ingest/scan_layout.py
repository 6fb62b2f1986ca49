"""From words, ticks and cells to lines in reading order, each sign beside its label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median

from corpus.types import Cell, TickSign
from pipeline.ingest.base import RawLine, RawTick
from pipeline.ingest.quality import known_share
from pipeline.ingest.scan_grid import Grid, GridCell
from pipeline.ingest.scan_ocr import Word
from pipeline.ingest.scan_prepare import Sheet
from pipeline.ingest.signs import cell_signs, find_signs

TICKED, UNTICKED = "☒", "☐"
# How far from its box a label may begin, in points.
LABEL_WITHIN = 60.0
NO_LABEL = 0.5
# A sign that was read as letters: the letters may be wrong.
READ_SIGN = 0.93


@dataclass(frozen=True, slots=True)
class Sign:
    """A tick to be put into the text, in pixels of the sheet."""

    x0: float
    top: float
    x1: float
    bottom: float
    checked: bool
    certainty: float


@dataclass(frozen=True, slots=True)
class _Row:
    """Words of one visual line, and the signs among them."""

    words: tuple[Word, ...]
    signs: tuple[Sign, ...] = ()
    cell: GridCell | None = None

    @property
    def pieces(self) -> list[Word | Sign]:
        return sorted([*self.words, *self.signs], key=lambda p: p.x0)

    @property
    def top(self) -> float:
        return median(p.top for p in self.words or self.signs)

    @property
    def bottom(self) -> float:
        return median(p.bottom for p in self.words or self.signs)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines(
    sheet: Sheet, words: tuple[Word, ...], signs: tuple[Sign, ...], grid: Grid
) -> tuple[RawLine, ...]:
    """Return the lines of the page: running text where it stands, tables row by row."""
    rows = _rows(words, grid)
    rows = _with_signs(rows, signs, grid, sheet.scale)
    labelled = frozenset(r.cell for r in rows if r.cell and r.words)
    return tuple(_line(sheet, row, labelled) for row in _ordered(rows, sheet))


def _rows(words: Iterable[Word], grid: Grid) -> list[_Row]:
    """Take Tesseract's lines apart at the borders of cells and join what stands level."""
    groups: dict[tuple[int, GridCell | None], list[Word]] = defaultdict(list)
    for word in words:
        if not _is_noise(word):
            cell = _cell_at(grid, (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
            groups[word.line, cell].append(word)
    columned = _is_columned([w for (_, cell), ws in groups.items() if cell is None for w in ws])
    rows: list[_Row] = []
    for (_, cell), group in groups.items():
        row = _Row(tuple(group), cell=cell)
        if cell is None and columned:
            rows.append(row)
            continue
        level = next((i for i, r in enumerate(rows) if r.cell == cell and _level(r, row)), None)
        if level is None:
            rows.append(row)
        else:
            rows[level] = replace(rows[level], words=rows[level].words + row.words)
    return rows


def _is_noise(word: Word) -> bool:
    """Tell remains of ruling lines and dirt from text."""
    if any(c.isalnum() for c in word.text):
        # Tesseract gives words that it reads rightly ("våldsutsatta", "Ej") the confidence 0.
        short = len(word.text) < 4 and not known_share(word.text.lower())
        return word.confidence < 5 and short
    return word.confidence < 40 or bool(
        re.fullmatch(r"[|_—–=~¦\-.·:;,'’\"]*[|_—=~¦]+.*", word.text)
    )


def _cell_at(grid: Grid, x: float, y: float) -> GridCell | None:
    return next((cell for cell in grid.cells if cell.holds(x, y)), None)


def _is_columned(words: list[Word]) -> bool:
    """Tell whether running text stands in columns: two blocks of four lines side by side."""
    blocks: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        blocks[word.block].append(word)
    tall = [
        (
            min(w.x0 for w in b),
            min(w.top for w in b),
            max(w.x1 for w in b),
            max(w.bottom for w in b),
        )
        for b in blocks.values()
        if len({w.line for w in b}) >= 4 and len(b) >= 16
    ]
    for i, a in enumerate(tall):
        for b in tall[i + 1 :]:
            shared = min(a[3], b[3]) - max(a[1], b[1])
            apart = a[2] <= b[0] or b[2] <= a[0]
            if apart and shared > 0.4 * min(a[3] - a[1], b[3] - b[1]):
                return True
    return False


def _level(row: _Row, other: _Row) -> bool:
    shared = min(row.bottom, other.bottom) - max(row.top, other.top)
    return shared > 0.55 * min(row.bottom - row.top, other.bottom - other.top)


def _with_signs(rows: list[_Row], signs: tuple[Sign, ...], grid: Grid, scale: float) -> list[_Row]:
    """Put each sign into the line that it stands beside, or into a line of its own."""
    placed = list(rows)
    for sign in signs:
        cell = _cell_at(grid, (sign.x0 + sign.x1) / 2, (sign.top + sign.bottom) / 2)
        level = [
            (_off(row, sign), i)
            for i, row in enumerate(placed)
            if row.words and _gap(row, sign) <= LABEL_WITHIN * scale
        ]
        level = [(off, i) for off, i in level if off <= 0.75]
        near = [(off, i) for off, i in level if placed[i].cell == cell]
        if not near and not _labelled_beside(cell, placed):
            # Where rules are too faint to make cells the box may have one and its label none.
            near = level
        if near:
            least = min(near)[0]
            # A box between two lines of its label belongs to the first of them.
            _, best = min(
                ((off, i) for off, i in near if off <= least + 0.12),
                key=lambda pair: placed[pair[1]].top,
            )
            placed[best] = replace(placed[best], signs=(*placed[best].signs, sign))
        else:
            placed.append(_Row((), (sign,), cell))
    return placed


def _labelled_beside(cell: GridCell | None, rows: list[_Row]) -> bool:
    return cell is not None and any(
        row.cell and row.words and row.cell.table == cell.table and _beside(row.cell, cell)
        for row in rows
        if row.cell != cell
    )


def _off(row: _Row, sign: Sign) -> float:
    """Return how far the sign's middle is from the line's, in heights of the larger of them."""
    height = max(row.bottom - row.top, sign.bottom - sign.top)
    return abs((sign.top + sign.bottom) / 2 - row.middle) / max(height, 1.0)


def _gap(row: _Row, sign: Sign) -> float:
    return min(max(w.x0 - sign.x1, sign.x0 - w.x1, 0.0) for w in row.words)


def _ordered(rows: list[_Row], sheet: Sheet) -> list[_Row]:
    tables: dict[int, list[_Row]] = defaultdict(list)
    free: list[_Row] = []
    for row in rows:
        if row.cell is None:
            free.append(row)
        else:
            tables[row.cell.table].append(row)
    if not _is_columned([w for row in free for w in row.words]):
        free.sort(key=lambda r: r.middle)
    for table in sorted(tables.values(), key=lambda t: min(r.middle for r in t)):
        table.sort(key=lambda r: (r.cell.row, r.cell.column, r.middle) if r.cell else (0, 0, 0.0))
        top = min(r.top for r in table)
        at = next((i for i, r in enumerate(free) if r.middle > top), len(free))
        free[at:at] = table
    return free


def _line(sheet: Sheet, row: _Row, labelled: frozenset[GridCell]) -> RawLine:
    text = ""
    ticks: list[RawTick] = []
    pieces = row.pieces
    for piece in pieces:
        text += " " if text else ""
        if isinstance(piece, Word):
            text += piece.text
            continue
        certainty = piece.certainty if _has_label(row, labelled) else NO_LABEL
        box = sheet.box(piece.x0, piece.top, piece.x1, piece.bottom)
        ticks.append(RawTick(len(text), 1, piece.checked, TickSign.SCANNED, certainty, box))
        text += TICKED if piece.checked else UNTICKED
    ticks = ticks or _typed(sheet, row, text)
    cell = Cell(row.cell.table, row.cell.row, row.cell.column) if row.cell else None
    box = sheet.box(
        min(p.x0 for p in pieces),
        min(p.top for p in pieces),
        max(p.x1 for p in pieces),
        max(p.bottom for p in pieces),
    )
    # On a page that lies on its side the normaliser cannot judge paragraphs by geometry.
    return RawLine(text, box, cell, ticks=tuple(ticks), ends=sheet.turned != 0)


def _has_label(row: _Row, labelled: frozenset[GridCell]) -> bool:
    """Tell whether text stands in the sign's line or in another cell of its row."""
    if row.words or row.cell is None:
        return bool(row.words)
    return any(
        c != row.cell and c.table == row.cell.table and _beside(c, row.cell) for c in labelled
    )


def _beside(cell: GridCell, other: GridCell) -> bool:
    return cell.top < other.bottom - 2 and cell.bottom > other.top + 2


def _typed(sheet: Sheet, row: _Row, text: str) -> list[RawTick]:
    """Return the ticks that Tesseract read as typed signs, with the box of the word they are in."""
    found = []
    for tick in cell_signs(text) if row.cell else find_signs(text):
        at = 0
        for word in row.pieces:
            at += len(word.text) + 1 if isinstance(word, Word) else 2
            if at > tick.at:
                box = sheet.box(word.x0, word.top, word.x1, word.bottom)
                certainty = min(tick.certainty, READ_SIGN)
                found.append(replace(tick, sign=TickSign.SCANNED, certainty=certainty, box=box))
                break
    return found
