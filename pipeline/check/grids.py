"""From a document's cells to tables of figures: headings, labels, titles, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.types import Document
from pipeline.check.numerals import parse
from pipeline.check.types import Grid, Row, Value
from pipeline.check.words import Words

_TITLE_LINES = 3
_TITLE_LENGTH = 200
_NOTE_LINES = 4
_LEAST_MONEY = 1000
_FIGURE = re.compile(
    r"(?P<sign>[-–−+]\s?)?(?P<digits>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:,\d+)?"
    r"|\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)"
)
_CELL = re.compile(
    rf"(?:\\?\*+|[†‡#])?\s*{_FIGURE.pattern}\s*"
    r"(?P<percent>%|procent)?\s*(?:(?P<money>kr(?:onor)?|tkr|mnkr|mkr|:-)|st)?\.?"
    r"(?:\s*(?:av|/)\s*(?P<base>\d+))?"
    r"(?:\s*\(?(?P<share>\d+(?:,\d+)?)\s*(?:%|procent)\)?)?"
    r"\s*(?:\\?\*+|[†‡#¹²³⁴⁵]|\d\)|<sup>.*?</sup>)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[–—/-]\s?(?:19|20)?\d\d)?\**")
_EMPTY = frozenset({"", "-", "–", "—", "−"})


@dataclass(slots=True)
class _Block:
    """Cells that follow one another, with the lines before and after them."""

    page: int
    key: int
    before: list[str]
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)


def grids_of(document: Document, words: Words) -> tuple[Grid, ...]:
    """Return the document's tables that hold figures, in order; those that go on, joined."""
    grids: list[Grid] = []
    previous: _Block | None = None
    for block in _blocks(document):
        page = block.page if len(document.pages) > 1 else None
        grid = grid_of(_matrix(block), block.before, block.after, page, words)
        continues = grids and previous is not None and not previous.after and not block.before
        if grid and continues and len(grids[-1].columns) == len(grid.columns):
            grids[-1] = _joined(grids[-1], grid)
        elif grid:
            grids.append(grid)
        previous = block
    return tuple(grids)


def joined_over_pages(grids: Sequence[Grid], words: Words) -> tuple[Grid, ...]:
    """Join a table to the one before it where it has no name of its own and goes on with it.

    It does where the first has no total row yet, and both have as many columns.
    """
    joined: list[Grid] = []
    reached = 0
    for grid in grids:
        last = joined[-1] if joined else None
        if (
            last is not None
            and grid.number is None
            and grid.page == reached + 1
            and len(grid.columns) == len(last.columns)
            and not (last.rows and re.search(words.table.total, last.rows[-1].label, re.I))
            and grid.columns in (last.columns, ("",) * len(last.columns))
        ):
            joined[-1] = _joined(last, grid)
        else:
            joined.append(grid)
        reached = grid.page or 0
    return tuple(joined)


def grid_of(
    cells: Sequence[Sequence[str]],
    before: Sequence[str],
    after: Sequence[str],
    page: int | None,
    words: Words,
) -> Grid | None:
    """Make a table of rows of cell texts; None where no row has figures."""
    filled = [list(row) for row in cells if any(cell.strip() for cell in row)]
    keep = [c for c in range(max(map(len, filled), default=0)) if any(row[c] for row in filled)]
    filled = [[row[c].strip() for c in keep] for row in filled]
    head = next((i for i, row in enumerate(filled) if _has_figures(row)), None)
    if head is None:
        return None
    if sum(re.search(r"\.{4}", row[0]) is not None for row in filled) > len(filled) / 2:
        return None  # A table of contents.
    headings = filled[:head]
    body = filled[head:]
    number, title = _title(before, words)
    spanning = [row[0] for row in headings if row[0] and not any(row[1:])]
    headings = [row for row in headings if any(row[1:])]
    title = " ".join([title, *spanning]).strip()
    names = [" ".join(dict.fromkeys(r[c] for r in headings if r[c])) for c in range(len(keep))]
    labelled = not all(_figure(row[0]) or row[0] in _EMPTY for row in body) or _years(body)
    first = 1 if labelled else 0
    rows = [
        Row(
            _clean(row[0]) if labelled else "",
            tuple(
                value(cell, _has(names[c], words.table.percent), _money(names[c], title, words))
                for c, cell in enumerate(row)
            )[first:],
        )
        for row in body
    ]
    notes = tuple(line for line in after if re.search(words.table.note, line, re.IGNORECASE))
    columns = tuple(_clean(name) for name in names[first:])
    if not columns:
        return None
    return Grid(number, title, columns, tuple(rows), page, notes)


def value(text: str, percent: bool = False, money: bool = False) -> Value:
    """Read one cell: "*180 000", "87 av 148", "55 (37 %)", "–", ".."."""
    if text.strip() in _EMPTY:
        return Value()
    match = _CELL.fullmatch(text.strip())
    if match is None:
        return Value(hidden=True)
    number, step = parse(match["digits"])
    return Value(
        number if (match["sign"] or "+")[0] == "+" else -number,
        step,
        percent or bool(match["percent"]),
        (money and number >= _LEAST_MONEY) or bool(match["money"]),
        _decimal(match["share"]),
        _decimal(match["base"]),
    )


def _blocks(document: Document) -> Iterator[_Block]:
    before: list[str] = []
    block: _Block | None = None
    for page in document.pages:
        for line in page.lines:
            text = _tags(document.text[line.start : line.end]).strip()
            if line.cell is None:
                if block is not None and text:
                    block.after.append(text)
                    if len(block.after) >= _NOTE_LINES:
                        yield block
                        before, block = block.after, None
                elif text:
                    before.append(text)
                continue
            key = line.cell.table
            if block is not None and (block.key != key or block.page != page.number):
                yield block
                before, block = block.after, None
            if block is None:
                block = _Block(page.number, key, before[-_TITLE_LINES:])
                before = []
            at = (line.cell.row, line.cell.column)
            block.cells[at] = f"{block.cells[at]} {text}" if at in block.cells else text
    if block is not None:
        yield block


def _matrix(block: _Block) -> list[list[str]]:
    width = max(column for _, column in block.cells) + 1
    return [
        [block.cells.get((r, c), "") for c in range(width)]
        for r in sorted({row for row, _ in block.cells})
    ]


def _title(before: Sequence[str], words: Words) -> tuple[int | None, str]:
    """The lines from "Tabell N" on, or else the last line before the table where it is short."""
    lines = list(before)[-_TITLE_LINES:]
    for i in range(len(lines) - 1, -1, -1):
        if match := re.match(words.table.number, lines[i], re.IGNORECASE):
            told = [match[2], *lines[i + 1 :]]
            return int(match[1]), " ".join(t for t in told if len(t) <= _TITLE_LENGTH).strip()
    last = lines[-1] if lines else ""
    return None, last if len(last) <= _TITLE_LENGTH // 2 else ""


def _joined(first: Grid, second: Grid) -> Grid:
    names = second.columns if not any(first.columns) else first.columns
    return replace(
        first, columns=names, rows=first.rows + second.rows, notes=first.notes + second.notes
    )


def _has_figures(row: Sequence[str]) -> bool:
    cells = [cell for cell in row[1:] if cell not in _EMPTY]
    figures = [cell for cell in cells if _figure(cell)]
    # A row whose only figures are years is a heading.
    return not all(_YEAR.fullmatch(cell) for cell in figures)


def _years(body: Sequence[Sequence[str]]) -> bool:
    return all(_YEAR.fullmatch(row[0]) for row in body if row[0])


def _figure(cell: str) -> bool:
    return _CELL.fullmatch(cell) is not None


def _has(heading: str, pattern: str) -> bool:
    return re.search(pattern, heading, re.IGNORECASE) is not None


def _money(heading: str, title: str, words: Words) -> bool:
    """Amounts: the heading says so, or the title does and the heading does not say "antal"."""
    counts = re.search(r"\bantal", heading, re.IGNORECASE)
    return _has(f"{heading} {title}", words.table.money) and not counts


def _decimal(digits: str | None) -> Decimal | None:
    return None if digits is None else parse(digits)[0]


def _tags(text: str) -> str:
    return re.sub(r"</?(?:b|i|u|em|strong|sup|sub)>", "", text)


def _clean(label: str) -> str:
    return re.sub(r"\s+", " ", label.replace("*", "").replace("\\", "")).strip()
