"""OpenDocument text written by hand: tables, glyph ticks, header and footer."""

from __future__ import annotations

from lxml import etree

from corpus.render.layout import Layout
from corpus.render.ooxml import zip_bytes
from corpus.render.sheet import Block, Box, Cell, PageBreak, Para, Sheet, Table
from corpus.render.signs import signs
from corpus.render.xml import Element, Maker

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE = (f"{_BASE}{n}:1.0" for n in ("office", "text", "table", "style"))
FO = f"{_BASE}xsl-fo-compatible:1.0"
_NS = {"office": OFFICE, "text": TEXT, "table": TABLE, "style": STYLE, "fo": FO}
_O, _T, _TB, _S = (Maker(n, _NS) for n in (OFFICE, TEXT, TABLE, STYLE))

_KIND = "application/vnd.oasis.opendocument.text"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_STYLES = {"title": "Rubrik0", "heading": "Rubrik1", "subheading": "Rubrik2"}


def write_odt(sheet: Sheet, layout: Layout) -> bytes:
    """Return an .odt with its boxes as typed glyphs."""
    body = _O(
        "text",
    )
    for block in sheet.blocks:
        body.append(_block(block, signs("glyph", layout)))
    content = _O("document-content", _automatic(sheet, layout), _O("body", body))
    files = {
        "mimetype": _KIND.encode(),
        "content.xml": _xml(content),
        "styles.xml": _xml(_styles(sheet)),
    }
    return zip_bytes(files | {"META-INF/manifest.xml": _MANIFEST.encode()}, stored=("mimetype",))


def _block(block: Block, typed: tuple[str, str]) -> Element:
    if isinstance(block, PageBreak):
        return _T("p", {_q(TEXT, "style-name"): "Sidbrytning"})
    if isinstance(block, Para):
        return _paragraph(block, typed)
    return _table(block, typed)


def _table(table: Table, typed: tuple[str, str]) -> Element:
    element = _TB("table", {_q(TABLE, "style-name"): "Tabell"})
    for cell in table.rows[0]:
        element.append(_TB("table-column", {_q(TABLE, "style-name"): _column(cell.width)}))
    for row in table.rows:
        element.append(_TB("table-row", *(_cell(cell, typed) for cell in row)))
    return element


def _cell(cell: Cell, typed: tuple[str, str]) -> Element:
    return _TB(
        "table-cell",
        {_q(TABLE, "style-name"): "Ruta"},
        *(_paragraph(para, typed) for para in cell.paras),
    )


def _paragraph(para: Para, typed: tuple[str, str]) -> Element:
    if para.style in ("title", "heading"):
        element = _T(
            "h", {_q(TEXT, "style-name"): _STYLES[para.style], _q(TEXT, "outline-level"): "1"}
        )
    else:
        name = "Sidbrytning" if para.break_before else _STYLES.get(para.style, "Brod")
        element = _T("p", {_q(TEXT, "style-name"): name})
    for inline in para.inlines:
        if isinstance(inline, Box):
            element.append(_T("span", typed[not inline.checked]))
            continue
        span = (
            _T("span", {_q(TEXT, "style-name"): "Fet"})
            if inline.bold
            else _T(
                "span",
            )
        )
        _fill(span, inline.text)
        element.append(span)
    return element


def _fill(span: Element, text: str) -> None:
    """Put text into a span; a tab is an element, and so is a space at either end."""
    for n, part in enumerate(text.split("\t")):
        last = None
        if n:
            last = _T(
                "tab",
            )
            span.append(last)
        if part.startswith(" "):
            last, part = (
                _T(
                    "s",
                ),
                part[1:],
            )
            span.append(last)
        tail, part = part.endswith(" "), part.removesuffix(" ")
        if last is None:
            span.text = part
        else:
            last.tail = part
        if tail:
            span.append(
                _T(
                    "s",
                )
            )


def _automatic(sheet: Sheet, layout: Layout) -> Element:
    element = _O("automatic-styles")
    sizes = {"Brod": 1.0, "Rubrik0": 1.4, "Rubrik1": 1.2, "Rubrik2": 1.0, "Sidbrytning": 1.0}
    for name, scale in sizes.items():
        paragraph = {_q(FO, "margin-bottom"): "0.15cm"}
        if name in ("Rubrik1", "Rubrik2"):
            paragraph[_q(FO, "margin-top")] = "0.35cm"
        if name == "Sidbrytning":
            paragraph[_q(FO, "break-before")] = "page"
        text = {
            _q(FO, "font-size"): f"{layout.size * scale:g}pt",
            _q(FO, "font-family"): sheet.font,
        }
        if name.startswith("Rubrik"):
            text[_q(FO, "font-weight")] = "bold"
        element.append(
            _style(
                name,
                "paragraph",
                _S("paragraph-properties", paragraph),
                _S("text-properties", text),
            )
        )
    element.append(_style("Fet", "text", _S("text-properties", {_q(FO, "font-weight"): "bold"})))
    room = {_q(FO, "margin-top"): "0.1cm", _q(FO, "margin-bottom"): "0.2cm"}
    element.append(_style("Tabell", "table", _S("table-properties", room)))
    border = {_q(FO, "border"): "0.5pt solid #000000", _q(FO, "padding"): "0.1cm"}
    element.append(_style("Ruta", "table-cell", _S("table-cell-properties", border)))
    widths = {c.width for b in sheet.blocks if isinstance(b, Table) for c in b.rows[0]}
    for width in sorted(widths):
        column = _S("table-column-properties", {_q(STYLE, "column-width"): f"{width * 17:.2f}cm"})
        element.append(_style(_column(width), "table-column", column))
    return element


def _column(width: float) -> str:
    return f"Kolumn{round(width * 1000)}"


def _style(name: str, family: str, *properties: Element) -> Element:
    return _S("style", {_q(STYLE, "name"): name, _q(STYLE, "family"): family}, *properties)


def _styles(sheet: Sheet) -> Element:
    page = _S("page-layout-properties", {_q(FO, "margin"): "2cm"})
    gap = _S("header-footer-properties", {_q(FO, "margin-bottom"): "0.6cm"})
    layout = _S("page-layout", {_q(STYLE, "name"): "Sida"}, page, _S("header-style", gap))
    automatic = _O("automatic-styles", layout)
    number = _T("page-number", "1")
    footer = _T("p", f"{sheet.footer} ".lstrip(), number)
    master = _S(
        "master-page",
        {_q(STYLE, "name"): "Standard", _q(STYLE, "page-layout-name"): "Sida"},
        _S("header", _T("p", sheet.header)),
        _S("footer", footer),
    )
    return _O("document-styles", automatic, _O("master-styles", master))


def _q(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _xml(root: Element) -> bytes:
    root.set(_q(OFFICE, "version"), "1.2")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
