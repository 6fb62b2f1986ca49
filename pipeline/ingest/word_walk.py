"""Walk WordprocessingML and collect what the eye meets, in reading order.

What is not known is walked through, so new wrappers lose no text. Comments, deletions, moved-from
and hidden text, placeholders, and tables of contents are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.types import Cell, TickSign
from pipeline.ingest.signs import font_sign
from pipeline.ingest.word_fields import FieldStack, is_sign
from pipeline.ingest.word_lines import LineCollector
from pipeline.ingest.word_styles import Style, Styles, over, own
from pipeline.ingest.word_xml import attribute, child, local, names, switched_on

_TEXT_SPACES = ("wordprocessingml", "/math")
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent")


@dataclass(slots=True)
class _Row:
    """Pages begun in the current table row: cells side by side break at the same place."""

    most: int = 0
    here: int = 0


@dataclass(slots=True)
class WordWalker:
    """Collects one document part into `out`; `notes` are the ids of notes in order of reference."""

    styles: Styles
    out: LineCollector = field(default_factory=LineCollector)
    rendered_breaks: bool = False
    notes: dict[tuple[str, str], None] = field(default_factory=dict)
    _fields: FieldStack = field(default_factory=FieldStack)
    _paragraph: Style = field(default_factory=Style)
    _boxes: list[etree._Element] = field(default_factory=list)
    _pending: tuple[bool, float] | None = None
    _in_checkbox: int = 0
    _row: _Row | None = None

    def walk(self, node: etree._Element) -> None:
        """Walk the children of `node`."""
        for part in node:
            name = local(part)
            handler = _HANDLERS.get(name)
            if handler is not None:
                handler(self, part)
            elif name and name not in _SKIPPED:
                self.walk(part)

    def note(self, node: etree._Element) -> None:
        """Walk one footnote or endnote."""
        self._fields = FieldStack()
        self.walk(node)

    def _p(self, node: etree._Element) -> None:
        ppr = child(node, "pPr")
        outer, style = self._paragraph, self.styles.of(attribute(child(ppr, "pStyle"), "val"))
        if ppr is not None:
            # The paragraph mark's own rPr is inside pPr and says nothing about the words.
            style = over(Style(None, None, *_paragraph_part(own(ppr))), style)
        self._paragraph = style
        if switched_on(child(ppr, "pageBreakBefore")) and not self.rendered_breaks:
            self._page()
        if not style.heading:
            self.out.list_mark(self.styles.mark(style.list_id, style.level))
        self._settle()
        self.walk(node)
        deleted_mark = child(ppr, "rPr", "del") is not None
        if not deleted_mark or self._boxes:
            self.out.paragraph(heading=bool(style.heading))
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.walk(box)
        if child(ppr, "sectPr") is not None and not self.rendered_breaks:
            kind = attribute(child(ppr, "sectPr", "type"), "val") or "nextPage"
            if kind != "continuous":
                self._page()
        self._paragraph = outer

    def _r(self, node: etree._Element) -> None:
        rpr = child(node, "rPr")
        style = over(self._run_style(rpr), self._paragraph)
        hidden = bool(style.hidden)
        self.out.hidden += hidden
        for part in node:
            name = local(part)
            if name == "t":
                self._text(part, bold=bool(style.bold))
            elif handler := _HANDLERS.get(name):
                handler(self, part)
            elif name and name not in _SKIPPED:
                self.walk(part)
        self.out.hidden -= hidden

    def _run_style(self, rpr: etree._Element | None) -> Style:
        if rpr is None:
            return Style()
        style_id = attribute(child(rpr, "rStyle"), "val")
        named = self.styles.by_id.get(style_id, Style()) if style_id else Style()
        return over(own(rpr), Style(named.hidden, named.bold))

    def _text(self, node: etree._Element, *, bold: bool = False) -> None:
        space = node.tag.partition("}")[0]
        if not any(s in space for s in _TEXT_SPACES) or not self._fields.shows(node.text or ""):
            return
        text = node.text or ""
        if self._in_checkbox and is_sign(text):
            return
        self.out.text(text.replace("\n", " "), bold=bold)

    def _tab(self, node: etree._Element) -> None:
        if self._fields.shows("\t"):
            self.out.text("\t")

    def _br(self, node: etree._Element) -> None:
        kind = attribute(node, "type")
        if kind in (None, "textWrapping"):
            self.out.line_break()
        elif kind == "page":
            self.out.line_break()
            if not self.rendered_breaks:
                self._page()

    def _rendered(self, node: etree._Element) -> None:
        self._page()

    def _page(self) -> None:
        if self._row is not None:
            self._row.here += 1
            if self._row.here <= self._row.most:
                return
            self._row.most = self._row.here
        self.out.page_break()

    def _hyphen(self, node: etree._Element) -> None:
        self.out.text("-")

    def _sym(self, node: etree._Element) -> None:
        if self._in_checkbox or not self._fields.shows("☐"):
            return
        try:
            code = int(attribute(node, "char") or "", 16)
        except ValueError:
            return
        sign = font_sign(attribute(node, "font") or "", code)
        self.out.text(sign or (chr(code) if 0x20 <= code < 0xD800 or code >= 0xE000 else ""))

    def _field_char(self, node: etree._Element) -> None:
        kind = attribute(node, "fldCharType")
        if kind == "begin":
            self._fields.begin(child(node, "ffData"))
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            shown = self._fields.end()
            if isinstance(shown, bool):
                self.out.tick(shown, TickSign.LEGACY_FIELD)
            elif shown:
                self.out.text(shown)

    def _instruction(self, node: etree._Element) -> None:
        self._fields.instruction(node.text or "")

    def _simple_field(self, node: etree._Element) -> None:
        self._fields.begin(child(node, "ffData"))
        self._fields.instruction(attribute(node, "instr") or "")
        self._fields.separate()
        self.walk(node)
        shown = self._fields.end()
        if isinstance(shown, bool):
            self.out.tick(shown, TickSign.LEGACY_FIELD)

    def _sdt(self, node: etree._Element) -> None:
        """A content control, at any level: inside a paragraph, around paragraphs, cells or rows."""
        properties, content = child(node, "sdtPr"), child(node, "sdtContent")
        if content is None:
            return
        if (box := child(properties, "checkbox")) is not None:
            self._checkbox(box, content)
            return
        placeholder = bool(switched_on(child(properties, "showingPlcHdr")))
        self.out.hidden += placeholder
        self.walk(content)
        self.out.hidden -= placeholder

    def _checkbox(self, box: etree._Element, content: etree._Element) -> None:
        """The state decides; a glyph that shows the opposite makes it uncertain."""
        checked = bool(switched_on(child(box, "checked")))
        shown = _shown_sign(content, box)
        certainty = 1.0 if shown is None or shown == checked else 0.5
        inline = not any(local(n) in ("p", "tc", "tr") for n in content.iter())
        self._pending = (checked, certainty)
        if inline:
            self._settle()
        self._in_checkbox += 1
        self.walk(content)
        self._in_checkbox -= 1
        self._pending = None

    def _settle(self) -> None:
        if self._pending is not None:
            checked, certainty = self._pending
            self._pending = None
            self.out.tick(checked, TickSign.CONTENT_CONTROL, certainty)

    def _tbl(self, node: etree._Element) -> None:
        number, outer, row_outer = self.out.tables, self.out.cell, self._row
        self.out.tables += 1
        for row, tr in enumerate(_inside(node, "tr")):
            if child(tr, "trPr", "del") is not None:
                continue
            self._row = row_outer or _Row()
            self._tr(tr, number, row)
        self.out.cell, self._row = outer, row_outer

    def _tr(self, node: etree._Element, table: int, row: int) -> None:
        before = attribute(child(node, "trPr", "gridBefore"), "val")
        column = int(before) if before and before.isdecimal() else 0
        for wrapper, tc in _cells(node):
            self.out.cell = Cell(table, row, column)
            if self._row is not None:
                self._row.here = 0
            properties = child(tc, "tcPr")
            merge = child(properties, "vMerge")
            covered = merge is not None and attribute(merge, "val") != "restart"
            gone = covered or child(properties, "cellDel") is not None
            self.out.hidden += gone
            if wrapper is not None:
                self._cell_control(wrapper, tc)
            else:
                self.walk(tc)
            self.out.hidden -= gone
            self.out.paragraph()  # a deleted last paragraph mark must not run into the next cell
            span = attribute(child(properties, "gridSpan"), "val")
            column += int(span) if span and span.isdecimal() and 0 < int(span) < 64 else 1

    def _cell_control(self, sdt: etree._Element, tc: etree._Element) -> None:
        properties = child(sdt, "sdtPr")
        if (box := child(properties, "checkbox")) is not None:
            self._checkbox(box, tc)
            return
        placeholder = bool(switched_on(child(properties, "showingPlcHdr")))
        self.out.hidden += placeholder
        self.walk(tc)
        self.out.hidden -= placeholder

    def _alternate(self, node: etree._Element) -> None:
        """The same thing for new and old programs: taken once, in its new form."""
        chosen = child(node, "Choice")
        if chosen is None or not len(chosen):
            chosen = child(node, "Fallback")
        if chosen is not None:
            self.walk(chosen)

    def _text_box(self, node: etree._Element) -> None:
        if not self.out.hidden:
            self._boxes.append(node)

    def _reference(self, node: etree._Element) -> None:
        note = (local(node).removesuffix("Reference"), attribute(node, "id") or "")
        if not self.out.hidden:
            self.notes[note] = None


def _paragraph_part(style: Style) -> tuple[bool | None, str | None, str | None]:
    return style.heading, style.list_id, style.level


def _inside(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table through content controls and insertions, not of inner tables."""
    for part in node:
        if local(part) == name:
            yield part
        elif local(part) in _WRAPPERS:
            yield from _inside(part, name)


def _cells(
    node: etree._Element, sdt: etree._Element | None = None
) -> Iterator[tuple[etree._Element | None, etree._Element]]:
    """Yield the cells of a row, each with the content control around it, if any."""
    for part in node:
        if local(part) == "tc":
            yield sdt, part
        elif local(part) in _WRAPPERS:
            yield from _cells(part, part if local(part) == "sdt" else sdt)


def _shown_sign(content: etree._Element, box: etree._Element) -> bool | None:
    """Return which state the control's glyph shows, None where it cannot be told."""
    text = "".join(n.text or "" for n in content.iter() if local(n) == "t").strip()
    states = {}
    for name, default, state in (
        ("checkedState", "2612", True),
        ("uncheckedState", "2610", False),
    ):
        states[(attribute(child(box, name), "val") or default).upper()] = state
    return states.get(f"{ord(text[0]):04X}") if text else None


_Handler = Callable[[WordWalker, etree._Element], None]
_HANDLERS: dict[str, _Handler] = {
    "p": WordWalker._p,
    "r": WordWalker._r,
    "t": WordWalker._text,
    "tab": WordWalker._tab,
    "ptab": WordWalker._tab,
    "br": WordWalker._br,
    "cr": WordWalker._br,
    "lastRenderedPageBreak": WordWalker._rendered,
    "noBreakHyphen": WordWalker._hyphen,
    "sym": WordWalker._sym,
    "fldChar": WordWalker._field_char,
    "instrText": WordWalker._instruction,
    "fldSimple": WordWalker._simple_field,
    "sdt": WordWalker._sdt,
    "tbl": WordWalker._tbl,
    "AlternateContent": WordWalker._alternate,
    "txbxContent": WordWalker._text_box,
    "footnoteReference": WordWalker._reference,
    "endnoteReference": WordWalker._reference,
}
# What is not on the page: properties, what was deleted or moved away, and the like.
_SKIPPED = names(
    "pPr rPr tblPr tblPrEx tblGrid trPr tcPr sectPr sdtPr sdtEndPr del moveFrom delText",
    "delInstrText ffData comment rt softHyphen pgNum annotationRef fldData docPr",
    "cNvPr numPicBullet textpath",
)
