"""rapport.html: the report as one self-contained page, with the projects behind each figure."""

from __future__ import annotations

from collections.abc import Iterator
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

_FOLDER = Path(__file__).parent


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
        made=report.made.isoformat(),
        sections=list(_sections(report.blocks)),
        chapters=chapters,
        tables=tables,
        kind=_kind,
        shown=lambda block: shown(block, behind),
        figure=lambda block: Markup(svg_figure(block)),
        marked=lambda marks: _marked(marks),
        note_anchor=_note_anchor,
        linked=_linked,
    )


def _sections(blocks: tuple[Block, ...]) -> Iterator[tuple[Heading | None, list[Block]]]:
    """Yield the chapters: their heading, and what stands below it."""
    heading: Heading | None = None
    own: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            if heading or own:
                yield heading, own
            heading, own = block, []
        else:
            own.append(block)
    if heading or own:
        yield heading, own


_KINDS: tuple[tuple[type, str], ...] = (
    (Heading, "heading"),
    (Paragraph, "paragraph"),
    (Listing, "listing"),
    (TableBlock, "table"),
    (Grid, "grid"),
    (BarChart, "picture"),
    (CountyMap, "picture"),
)


def _kind(block: Block) -> str:
    return next(name for kind, name in _KINDS if isinstance(block, kind))


def _marked(marks: tuple[str, ...]) -> str:
    """Return what joins the marks of a row: 1, 3 and 4 are "1, 3, 4" for the ear as for the eye."""
    return ", ".join(marks)


def _linked(grid: Grid) -> dict[tuple[int, int], str]:
    """Return the addresses of a grid's cells by row and column."""
    return {(row, column): address for row, column, address in grid.links}


def _note_anchor(table: str, note: NumberedNote | str) -> str:
    """Return the anchor of a note; the same note may stand under two tables."""
    return f"{table}-not-{note.mark if isinstance(note, NumberedNote) else note}"
