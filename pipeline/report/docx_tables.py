"""A table of the report as Word's: caption above it, head repeated, rows whole, notes below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.report.blocks import NumberedNote
from pipeline.report.docx_rows import Line, Paper
from pipeline.report.docx_styles import SMALL_SIZE, TABLE_SIZE
from pipeline.report.docx_widths import PORTRAIT, column_widths, least_widths, lines_of
from pipeline.report.docx_xml import (
    Element,
    Numbers,
    bookmark_name,
    el,
    field,
    link,
    paragraph,
    run,
    val,
)

_CAPTION = re.compile(r"(Tabell|Figur)[ \u00a0](\d+)\b(.*)", re.DOTALL)
_ROW_HEIGHT = 300  # dxa: one line and the air around it
_LINE_HEIGHT = 230
_WHOLE = {PORTRAIT: 11_800}  # a table up to this height stays on one page
_WHOLE_LANDSCAPE = 7_200
_PART = 200  # dxa that the parts of a group are set in


def wide(paper: Paper) -> bool:
    """Whether the table's words and figures need a page on its side."""
    needed = least_widths(paper.headings, paper.texts, paper.numeric, TABLE_SIZE)
    return sum(needed) > PORTRAIT


def table(paper: Paper, available: int, numbers: Numbers) -> Iterator[Element]:
    """Yield caption, table and notes. `available` is the width between the margins (dxa)."""
    name = numbers.name(caption_name(paper.caption) or "tabell")
    yield caption(paper.caption, numbers, paper.marks, name)
    yield _table(paper, available, name)
    yield from (_numbered(note, name, numbers) for note in paper.numbered)
    yield from (paragraph("TableNote", run(note)) for note in paper.notes)
    yield _air()


def caption(
    text: str, numbers: Numbers, marks: tuple[str, ...] = (), name: str = "", **props: Element
) -> Element:
    """Return a caption; "Tabell 3" or "Figur 2" at its start becomes a field with that number."""
    found = _CAPTION.fullmatch(text)
    signs = _marks(marks, name)
    if not found:
        return paragraph("Caption", run(text), *signs, **props)
    kind, number, rest = found.groups()
    label = [
        run(f"{kind}\N{NO-BREAK SPACE}"),
        # \r: the number is the table's own, however many stand before it.
        *field(rf"SEQ {kind} \* ARABIC \r {number}", [run(number)]),
    ]
    marked = numbers.bookmark(name or numbers.name(f"{kind}_{number}"), *label)
    return paragraph("Caption", *marked, run(rest), *signs, **props)


def caption_number(text: str) -> int:
    """Return the number that a caption begins with ("Figur 2. …"), 0 where it has none."""
    found = _CAPTION.fullmatch(text)
    return int(found[2]) if found else 0


def caption_name(text: str) -> str:
    """Return the bookmark of a caption ("Tabell_3"); empty for one without number."""
    found = _CAPTION.fullmatch(text)
    return f"{found[1]}_{found[2]}" if found else ""


def _table(paper: Paper, available: int, name: str) -> Element:
    least = least_widths(paper.headings, paper.texts, paper.numeric, TABLE_SIZE)
    points = TABLE_SIZE if sum(least) <= available else SMALL_SIZE
    widths = column_widths(paper.headings, paper.texts, paper.numeric, points, available)
    style = "TableText" if points == TABLE_SIZE else "TableTextSmall"
    total = bool(paper.lines) and paper.lines[-1].total
    look = {
        "w:val": "0460" if total else "0420",
        "w:firstRow": 1,
        "w:lastRow": int(total),
        "w:firstColumn": 0,
        "w:lastColumn": 0,
        "w:noHBand": 0,
        "w:noVBand": 1,
    }
    # A table that fits on a page is kept whole, with its caption and its first note.
    together = _height(paper, widths, points) < _WHOLE.get(available, _WHOLE_LANDSCAPE)
    noted = bool(paper.numbered or paper.notes)
    last = len(paper.lines) - 1
    return el(
        "w:tbl",
        el(
            "w:tblPr",
            val("w:tblStyle", "ReportTable"),
            el("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
            el("w:tblLayout", {"w:type": "fixed"}),
            el("w:tblLook", look),
            val("w:tblCaption", paper.caption),
            val("w:tblDescription", _description(paper)),
        ),
        el("w:tblGrid", *(el("w:gridCol", {"w:w": width}) for width in widths)),
        _head(paper, widths, style),
        *(
            _row(
                line,
                paper,
                widths,
                name,
                style,
                keep=(together or i in (0, last - 1)) and (i < last or noted),
            )
            for i, line in enumerate(paper.lines)
        ),
    )


def _description(paper: Paper) -> str:
    columns = ", ".join(paper.headings[1:])
    return f"En rad för varje {paper.headings[0].lower()}. Kolumner: {columns}."


def _head(paper: Paper, widths: tuple[int, ...], style: str) -> Element:
    props = el("w:trPr", el("w:cantSplit"), el("w:tblHeader"))
    cells = [
        _cell([run(heading)], widths[c], style, right=c in paper.numeric, keep=True, bottom=True)
        for c, heading in enumerate(paper.headings)
    ]
    return el("w:tr", props, *cells)


def _row(
    line: Line, paper: Paper, widths: tuple[int, ...], name: str, style: str, *, keep: bool
) -> Element:
    cells = []
    for c, text in enumerate(line.cells):
        content = [run(text)] if text else []
        if c == 0:
            content += _marks(line.marks, name)
        cells.append(
            _cell(
                content,
                widths[c],
                style,
                right=c in paper.numeric,
                keep=keep,
                left=_PART if line.part and c == 0 else 0,
            )
        )
    return el("w:tr", el("w:trPr", el("w:cantSplit")), *cells)


def _cell(
    content: list[Element],
    width: int,
    style: str,
    *,
    right: bool,
    keep: bool,
    bottom: bool = False,
    left: int = 0,
) -> Element:
    props = {}
    if keep:
        props["keep"] = el("w:keepNext")
    if left:
        props["left"] = el("w:ind", {"w:left": left, "w:firstLine": 0})
    if right:
        props["right"] = val("w:jc", "right")
    return el(
        "w:tc",
        el(
            "w:tcPr",
            el("w:tcW", {"w:w": width, "w:type": "dxa"}),
            val("w:vAlign", "bottom") if bottom else None,
        ),
        paragraph(style, *content, **props),
    )


def _marks(marks: tuple[str, ...], name: str) -> list[Element]:
    """Return raised marks that lead to their notes, with commas between them."""
    return [
        link(_note_name(name, mark), run(("," if i else "") + mark, style="NoteMark"))
        for i, mark in enumerate(marks)
    ]


def _numbered(note: NumberedNote, name: str, numbers: Numbers) -> Element:
    mark = numbers.bookmark(_note_name(name, note.mark), run(note.mark, style="NoteMark"))
    hanging = el("w:ind", {"w:left": 220, "w:hanging": 220})
    return paragraph("TableNote", *mark, run(f"\t{note.text}"), hanging=hanging)


def _note_name(name: str, mark: str) -> str:
    return bookmark_name(f"{name}_not_{mark}")


def _height(paper: Paper, widths: tuple[int, ...], points: float) -> int:
    rows = (paper.headings, *paper.texts)
    most = (
        max(lines_of(text, width, points) for text, width in zip(row, widths, strict=True))
        for row in rows
    )
    return sum(_ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT for lines in most)


def _air() -> Element:
    """Return the small space after a table; two tables in a row would else grow together."""
    return paragraph("TableNote")
