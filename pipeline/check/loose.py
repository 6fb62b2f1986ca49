"""Tables of a PDF that no lines frame: rows of figures that stand below one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Box, Document
from pipeline.check.grids import grid_of, value
from pipeline.check.page_rows import PageRow, Piece, page_rows
from pipeline.check.types import Grid
from pipeline.check.words import Words

_AWAY = 2.6
"""A row further below than this many heights belongs to another table."""

_SLACK = 4.0
"""Edges closer than this many points are the same edge."""

_HEAD_ROWS = 6
_TITLE_ROWS = 3


@dataclass(frozen=True, slots=True)
class Loose:
    """A table found on a page, and from where to where it reaches."""

    page: int
    top: float
    bottom: float
    grid: Grid


def loose_tables(path: Path, document: Document, words: Words) -> tuple[Loose, ...]:
    """Return the unframed tables of a PDF. Pages that were read by OCR are left out."""
    from pipeline.ingest.pdf import opened
    from pipeline.ingest.pdf_frame import frame_of
    from pipeline.ingest.pdf_words import read_words

    found: list[Loose] = []
    with opened(path) as pdf:
        for page in document.pages:
            sheet = pdf[page.number - 1]
            textpage = sheet.get_textpage()
            try:
                pieces = [
                    Piece(w.text, w.x0, w.x1, w.top, w.bottom)
                    for w in read_words(textpage, frame_of(sheet))
                    if w.upright
                ]
            finally:
                textpage.close()
                sheet.close()
            framed = [line.box for line in page.lines if line.cell and line.box]
            free = [p for p in pieces if not any(_inside(p, box) for box in framed)]
            found += _tables(page_rows(free), page.number, words)
    return tuple(found)


def _tables(lines: list[PageRow], page: int, words: Words) -> Iterator[Loose]:
    i = 0
    while i < len(lines):
        if not lines[i].figures:
            i += 1
            continue
        end = _end(lines, i)
        start = _head(lines, i)
        body = lines[i:end]
        if len([line for line in body if line.figures]) >= 2 or start < i:
            columns = _columns(body)
            cells = [_heading(line, body, columns) for line in lines[start:i]]
            cells += [_row(line, columns) for line in body]
            before = [line.text for line in lines[max(0, start - _TITLE_ROWS) : start]]
            after = [line.text for line in lines[end : end + _TITLE_ROWS]]
            grid = grid_of(_labelled(cells), before, after, page, words)
            if grid is not None:
                yield Loose(page, lines[start].top, lines[end - 1].bottom, grid)
        i = end


def _end(lines: list[PageRow], start: int) -> int:
    """Return where rows of figures end; further lines of a label may stand between them."""
    end, i = start + 1, start + 1
    while i < len(lines) and i - end <= 2:
        line, before = lines[i], lines[i - 1]
        height = line.bottom - line.top
        if line.top - before.bottom > (_AWAY - 1) * height:
            break
        if line.figures:
            end = i + 1
        elif len(line.cells) > 1 or line.cells[0].x1 > _columns(lines[start:end])[0][0]:
            break
        i += 1
    return end


def _head(lines: list[PageRow], first: int) -> int:
    """Return where a table's headings begin: rows of several cells, or right of the labels."""
    left = _columns([lines[first]])[0][0]
    start = first
    while start > 0 and first - start < _HEAD_ROWS:
        line, below = lines[start - 1], lines[start]
        near = below.top - line.bottom <= (_AWAY - 1) * (line.bottom - line.top)
        heading = len(line.cells) > 1 or line.cells[0].x0 > left - (line.bottom - line.top) * 4
        if not near or not heading or line.cells[0].x0 < 0:
            break
        start -= 1
    return start


def _columns(body: Sequence[PageRow]) -> list[tuple[float, float]]:
    """Return from where to where the columns of figures reach: figures that overlap share one."""
    spans: list[tuple[float, float]] = []
    for line in body:
        if not line.figures:
            continue
        given = line.cells[1:] if value(line.cells[0].text).hidden else line.cells
        for cell in given:
            touching = [s for s in spans if s[0] < cell.x1 and cell.x0 < s[1]]
            spans = [s for s in spans if s not in touching]
            whole = [*touching, (cell.x0, cell.x1)]
            spans.append((min(s[0] for s in whole), max(s[1] for s in whole)))
    return sorted(spans)


def _heading(
    line: PageRow, body: Sequence[PageRow], columns: Sequence[tuple[float, float]]
) -> list[str]:
    """Return a row of headings: in order where all are there, else by how figures are aligned."""
    texts = [cell.text for cell in line.cells]
    if len(texts) == len(columns) + 1:
        return texts
    labels = [row.cells[0].x0 for row in body if value(row.cells[0].text).hidden]
    left = min(labels, default=columns[0][0])
    if len(texts) == len(columns) and line.cells[0].x0 > left + _SLACK:
        return ["", *texts]
    given = [c for row in body if row.figures for c in row.cells[1:]]
    spread = [
        [max(edges) - min(edges) for edges in ([c.x0 for c in own], [c.x1 for c in own])]
        for x0, x1 in columns
        if (own := [c for c in given if x0 <= c.x0 <= x1])
    ]
    by_left, by_right = (sum(s[i] for s in spread) for i in (0, 1))
    row = [""] * (len(columns) + 1)
    for cell in line.cells:
        if abs(cell.x0 - left) <= _SLACK and cell.x1 < columns[0][1]:
            at = 0
        elif by_left + _SLACK < by_right:
            at = sum(x0 <= cell.x0 + _SLACK for x0, _ in columns)
        elif by_right + _SLACK < by_left:
            at = min(sum(x1 <= cell.x0 for _, x1 in columns) + 1, len(columns))
        else:
            middle = (cell.x0 + cell.x1) / 2
            at = 1 + min(range(len(columns)), key=lambda c: abs(sum(columns[c]) / 2 - middle))
        row[at] = f"{row[at]} {cell.text}".strip()
    return row


def _row(line: PageRow, columns: Sequence[tuple[float, float]]) -> list[str]:
    """Return a row's texts: the label, then what stands in each column."""
    row = [""] * (len(columns) + 1)
    for cell in line.cells:
        middle = (cell.x0 + cell.x1) / 2
        over = [c for c, (x0, x1) in enumerate(columns) if x0 < cell.x1 and cell.x0 < x1]
        if not over and middle > columns[0][0]:
            over = [min(range(len(columns)), key=lambda c: abs(sum(columns[c]) / 2 - middle))]
        at = over[0] + 1 if over else 0
        row[at] = f"{row[at]} {cell.text}".strip()
    return row


def _labelled(rows: list[list[str]]) -> list[list[str]]:
    """Join a label's further lines to the row of figures above or, where it is small, below."""
    joined: list[list[str]] = []
    held = ""
    seen = False
    for row in rows:
        seen = seen or any(not value(c).hidden and c for c in row[1:])
        if seen and row[0] and not any(row[1:]):
            if joined and row[0][0].islower():
                joined[-1] = [f"{joined[-1][0]} {row[0]}", *joined[-1][1:]]
            else:
                held = f"{held} {row[0]}".strip()
            continue
        joined.append([f"{held} {row[0]}".strip(), *row[1:]] if held else row)
        held = ""
    return joined


def _inside(piece: Piece, box: Box) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
    return box.x0 - 2 <= x <= box.x1 + 2 and box.top - 2 <= y <= box.bottom + 2
