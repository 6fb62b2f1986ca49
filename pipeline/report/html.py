"""rapport.html: the report as one self-contained page, with the projects behind each figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.blocks import (
    BarChart,
    Block,
    CountyMap,
    Grid,
    Heading,
    Listing,
    NumberedNote,
    Paragraph,
    Report,
    TableBlock,
)
from pipeline.report.html_behind import Behind
from pipeline.report.html_tables import shown
from pipeline.report.svg import figure as svg_figure
from pipeline.report.swedish import day
from pipeline.tables.numbers import NDASH

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures that follow one another: side by side where there is room."""

    blocks: tuple[BarChart | CountyMap, ...]


Shown = Block | Pictures


def render(report: Report, behind: Behind) -> str:
    """Return the page as HTML."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    chapters = [b for b in report.blocks if isinstance(b, Heading) and b.level == 1]
    tables = [(b.table.id, b.caption) for b in report.blocks if isinstance(b, TableBlock)]
    return environment.get_template("rapport.html").render(
        report=report,
        made=day(report.made),
        sections=list(_sections(report.blocks)),
        chapters=chapters,
        tables=tables,
        kind=_kind,
        shown=lambda block: shown(block, behind),
        figure=lambda block: Markup(svg_figure(block)),
        note_anchor=_note_anchor,
        stretches=_stretches,
        linked=_linked,
    )


def _sections(blocks: tuple[Block, ...]) -> Iterator[tuple[Heading | None, list[Shown]]]:
    """Yield the chapters: their heading, and what stands below it."""
    heading: Heading | None = None
    own: list[Shown] = []
    for block in _gathered(blocks):
        if isinstance(block, Heading) and block.level == 1:
            if heading or own:
                yield heading, own
            heading, own = block, []
        else:
            own.append(block)
    if heading or own:
        yield heading, own


def _gathered(blocks: tuple[Block, ...]) -> Iterator[Shown]:
    """Yield the blocks, pictures that follow one another as one."""
    for pictures, some in groupby(blocks, key=lambda b: isinstance(b, BarChart | CountyMap)):
        if pictures:
            yield Pictures(tuple(b for b in some if isinstance(b, BarChart | CountyMap)))
        else:
            yield from some


_KINDS: tuple[tuple[type, str], ...] = (
    (Heading, "heading"),
    (Paragraph, "paragraph"),
    (Listing, "listing"),
    (TableBlock, "table"),
    (Grid, "grid"),
    (Pictures, "pictures"),
)


def _kind(block: Shown) -> str:
    return next(name for kind, name in _KINDS if isinstance(block, kind))


def _linked(grid: Grid) -> dict[tuple[int, int], str]:
    """Return the addresses of a grid's cells by row and column."""
    return {(row, column): address for row, column, address in grid.links}


def _stretches(marks: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the first mark of each stretch and how it is told: 4–10 for more than two in a row."""
    place = enumerate(marks)
    for _, some in groupby(place, key=lambda p: int(p[1]) - p[0] if p[1].isdigit() else p[1]):
        own = [mark for _, mark in some]
        if len(own) > 2:
            yield own[0], f"{own[0]}{NDASH}{own[-1]}"
        else:
            yield from ((mark, mark) for mark in own)


def _note_anchor(table: str, note: NumberedNote | str) -> str:
    """Return the anchor of a note; the same note may stand under two tables."""
    return f"{table}-not-{note.mark if isinstance(note, NumberedNote) else note}"
