"""Turn HTML (a saved page, the body of an e-mail) into lines; scripts and styles left out."""

from __future__ import annotations

import re

from lxml import etree, html

from corpus.types import Cell, TickSign
from pipeline.ingest.base import RawPage
from pipeline.ingest.word_lines import LineCollector
from pipeline.ingest.word_xml import local, names
from pipeline.ingest.zipguard import damaged

_SKIPPED = names("script style head template noscript svg math object iframe del s")
_BLOCKS = names(
    "p div section article main header footer li ul ol dl dt dd blockquote pre form fieldset",
    "legend address table caption tr td th body html hr center",
)
_BOLD = names("b strong th")
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def html_pages(text: str) -> tuple[RawPage, ...]:
    """Return the lines of an HTML text as one page. Raises ReadError (`trasig`)."""
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
        root = html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise damaged() from error
    out = LineCollector()
    try:
        _walk(root, out, bold=False)
    except RecursionError as error:
        raise damaged() from error
    out.paragraph()
    return out.pages()


def _walk(node: etree._Element, out: LineCollector, *, bold: bool) -> None:
    name = local(node).lower()
    if name in _SKIPPED or not name or _HIDDEN.search(node.get("style") or ""):
        return
    if name == "br":
        out.line_break()
    elif name == "input":
        _box(node, out)
    elif name in ("textarea", "option"):
        if name == "textarea" or node.get("selected") is not None:
            out.text(node.text or "")
    elif name == "table":
        out.paragraph()
        _table(node, out)
    elif name in _HEADINGS:
        out.paragraph()
        _children(node, out, bold=bold)
        out.paragraph(heading=True)
    else:
        block = name in _BLOCKS
        if block:
            out.paragraph()
        if name == "li":
            out.list_mark("• ")
        _children(node, out, bold=bold or name in _BOLD)
        if block:
            out.paragraph()


def _children(node: etree._Element, out: LineCollector, *, bold: bool) -> None:
    _text(node.text, out, bold=bold)
    for item in node:
        _walk(item, out, bold=bold)
        _text(item.tail, out, bold=bold)


def _text(text: str | None, out: LineCollector, *, bold: bool) -> None:
    if text:
        out.text(re.sub(r"\s+", " ", text), bold=bold)


def _box(node: etree._Element, out: LineCollector) -> None:
    kind = (node.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        out.tick(node.get("checked") is not None, TickSign.WIDGET)
    elif kind in ("text", "number", "date", "email"):
        out.text(node.get("value") or "")


def _table(node: etree._Element, out: LineCollector) -> None:
    outer, number = out.cell, out.tables
    out.tables += 1
    rows = (row for row in node.iter("tr") if next(row.iterancestors("table")) is node)
    for r, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            out.cell = Cell(number, r, column)
            _children(cell, out, bold=local(cell).lower() == "th")
            out.paragraph()
            span = cell.get("colspan") or "1"
            column += int(span) if span.isdecimal() and 0 < int(span) < 64 else 1
    out.cell = outer
