"""Walk OpenDocument text and collect what the eye meets, in reading order.

What is not known is walked through. Tracked deletions, annotations, hidden text, placeholders and
tables of contents are left out; notes come at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.types import Cell, TickSign
from pipeline.ingest.odt_styles import OdtStyles
from pipeline.ingest.word_fields import is_sign
from pipeline.ingest.word_lines import LineCollector
from pipeline.ingest.word_xml import attribute, child, children, local, names

_SPACES = re.compile(r"[ \t\r\n]+")
_MAX_REPEAT = 64
_PLACEHOLDER = "\u2002"


@dataclass(slots=True)
class OdtWalker:
    """Collects one document into `out`."""

    styles: OdtStyles
    out: LineCollector = field(default_factory=LineCollector)
    rendered_breaks: bool = False
    _forms: dict[str, etree._Element] = field(default_factory=dict)
    _notes: list[etree._Element] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)
    _bold: bool = False
    _lists: list[str | None] = field(default_factory=list)
    _item: bool = False
    _in_checkbox: int = 0
    _form_text: int = 0

    def document(self, body: etree._Element) -> None:
        """Walk the whole text, then its notes."""
        for forms in body.iter("{*}forms"):
            for control in forms.iter("{*}*"):
                for key in (attribute(control, "id"),):
                    if key:
                        self._forms[key] = control
        self.walk(body)
        notes, self._notes = self._notes, []
        for note in notes:
            self.walk(note)

    def walk(self, node: etree._Element) -> None:
        """Walk the children of `node`, not its text."""
        for part in node:
            self._one(part)

    def _one(self, part: etree._Element) -> None:
        name = local(part)
        handler = _HANDLERS.get(name)
        if handler is not None:
            handler(self, part)
        elif name and name not in _SKIPPED:
            self.walk(part)

    def _inline(self, node: etree._Element) -> None:
        """Walk text and children of a paragraph or span."""
        self._text(node.text)
        for part in node:
            name = local(part)
            handler = _HANDLERS.get(name)
            if handler is not None:
                handler(self, part)
            elif name and name not in _SKIPPED:
                self._inline(part)
            self._text(part.tail)

    def _text(self, text: str | None) -> None:
        if not text or (self._in_checkbox and is_sign(text)):
            return
        if self._form_text and _PLACEHOLDER in text and not text.strip():
            return
        self.out.text(_SPACES.sub(" ", text), bold=self._bold)

    def _p(self, node: etree._Element) -> None:
        style = self.styles.of("paragraph", attribute(node, "style-name"))
        if style.page_break and not self.rendered_breaks and self.out.cell is None:
            self.out.page_break()
        heading = local(node) == "h" or bool(style.heading)
        if self._item and not heading:
            level = len(self._lists)
            named = next((name for name in reversed(self._lists) if name), None)
            self.out.list_mark(self.styles.mark(named, level))
            self._item = False
        outer, self._bold = self._bold, bool(style.bold)
        self.out.hidden += bool(style.hidden)
        self._inline(node)
        self.out.hidden -= bool(style.hidden)
        self._bold = outer
        self.out.paragraph(heading=heading)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.walk(box)

    def _span(self, node: etree._Element) -> None:
        style = self.styles.of("text", attribute(node, "style-name"))
        outer = self._bold
        self._bold = outer if style.bold is None else style.bold
        self.out.hidden += bool(style.hidden)
        self._inline(node)
        self.out.hidden -= bool(style.hidden)
        self._bold = outer

    def _space(self, node: etree._Element) -> None:
        self.out.text(" " * _count(node, "c"))

    def _tab(self, node: etree._Element) -> None:
        self.out.text("\t")

    def _line_break(self, node: etree._Element) -> None:
        self.out.line_break()

    def _page_break(self, node: etree._Element) -> None:
        if self.out.cell is None:
            self.out.page_break()

    def _list(self, node: etree._Element) -> None:
        self._lists.append(attribute(node, "style-name"))
        for item in children(node, "list-item", "list-header"):
            self._item = local(item) == "list-item"
            self.walk(item)
        self._item = False
        self._lists.pop()

    def _section(self, node: etree._Element) -> None:
        shown = attribute(node, "display")
        hidden = shown == "none" or (
            shown == "condition" and attribute(node, "is-hidden") == "true"
        )
        self.out.hidden += hidden
        self.walk(node)
        self.out.hidden -= hidden

    def _hidden(self, node: etree._Element) -> None:
        """A hidden-text field shows its text unless its condition hides it."""
        if attribute(node, "is-hidden") == "false":
            self._inline(node)

    def _table(self, node: etree._Element) -> None:
        number, outer, lists = self.out.tables, self.out.cell, self._lists
        self.out.tables += 1
        self._lists = []
        for row, tr in enumerate(_rows(node)):
            column = 0
            for tc in children(tr, "table-cell", "covered-table-cell"):
                self.out.cell = Cell(number, row, column)
                if local(tc) == "table-cell":
                    self.walk(tc)
                    self.out.paragraph()
                column += _count(tc, "number-columns-repeated")
        self.out.cell, self._lists = outer, lists

    def _note(self, node: etree._Element) -> None:
        body = child(node, "note-body")
        if body is not None and not self.out.hidden:
            self._notes.append(body)

    def _box(self, node: etree._Element) -> None:
        """A frame or shape with text: its text comes after the paragraph that holds it."""
        if not self.out.hidden:
            self._boxes.append(node)
            if not _inside_paragraph(node):
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    self.walk(box)

    def _control(self, node: etree._Element) -> None:
        control = self._forms.get(attribute(node, "control") or "")
        if control is None:
            return
        kind = local(control)
        if kind == "checkbox":
            state = attribute(control, "current-state") or attribute(control, "state")
            self._tick(state == "checked", TickSign.WIDGET)
            self.out.text(_label(control))
        elif kind == "radio":
            chosen = attribute(control, "current-selected") or attribute(control, "selected")
            self._tick(chosen == "true", TickSign.WIDGET)
            self.out.text(_label(control))
        elif kind in ("text", "textarea", "formatted-text", "combobox", "number", "date"):
            self.out.text(attribute(control, "current-value") or attribute(control, "value") or "")

    def _content_control(self, node: etree._Element) -> None:
        if attribute(node, "checkbox") == "true":
            self._tick(attribute(node, "checked") == "true", TickSign.CONTENT_CONTROL)
            self._in_checkbox += 1
            self._inline(node)
            self._in_checkbox -= 1
            return
        hidden = attribute(node, "showing-place-holder") == "true"
        self.out.hidden += hidden
        self._inline(node)
        self.out.hidden -= hidden

    def _field_mark(self, node: etree._Element) -> None:
        kind = (attribute(node, "type") or "").rsplit(".", 1)[-1]
        values = [
            (attribute(p, "name") or "", attribute(p, "value") or "")
            for p in children(node, "param")
        ]
        if kind == "FORMCHECKBOX":
            checked = any(n.endswith("Checked") and v in ("true", "1") for n, v in values)
            self._tick(checked, TickSign.LEGACY_FIELD)
        elif kind == "FORMDROPDOWN":
            entries = [v for n, v in values if n.endswith("ListEntry")]
            chosen = next((v for n, v in values if n.endswith("Selected")), "0")
            if chosen.isdecimal() and int(chosen) < len(entries):
                self.out.text(entries[int(chosen)])
        elif kind == "FORMTEXT" and local(node) == "fieldmark-start":
            self._form_text += 1

    def _field_mark_end(self, node: etree._Element) -> None:
        self._form_text = max(0, self._form_text - 1)

    def _tick(self, checked: bool, sign: TickSign) -> None:
        self.out.tick(checked, sign)


def _label(control: etree._Element) -> str:
    """A box drawn by a form control brings its own label."""
    return attribute(control, "label") or ""


def _count(node: etree._Element, name: str) -> int:
    value = attribute(node, name) or "1"
    return min(int(value), _MAX_REPEAT) if value.isdecimal() else 1


def _rows(node: etree._Element) -> Iterator[etree._Element]:
    for part in node:
        if local(part) == "table-row":
            yield part
        elif local(part) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(part)


def _inside_paragraph(node: etree._Element) -> bool:
    parent = node.getparent()
    while parent is not None and local(parent) not in ("text", "table-cell", "section"):
        if local(parent) in ("p", "h"):
            return True
        parent = parent.getparent()
    return False


_Handler = Callable[[OdtWalker, etree._Element], None]
_HANDLERS: dict[str, _Handler] = {
    "p": OdtWalker._p,
    "h": OdtWalker._p,
    "span": OdtWalker._span,
    "s": OdtWalker._space,
    "tab": OdtWalker._tab,
    "line-break": OdtWalker._line_break,
    "soft-page-break": OdtWalker._page_break,
    "list": OdtWalker._list,
    "section": OdtWalker._section,
    "hidden-text": OdtWalker._hidden,
    "hidden-paragraph": OdtWalker._hidden,
    "table": OdtWalker._table,
    "note": OdtWalker._note,
    "text-box": OdtWalker._box,
    "custom-shape": OdtWalker._box,
    "control": OdtWalker._control,
    "content-control": OdtWalker._content_control,
    "fieldmark": OdtWalker._field_mark,
    "fieldmark-start": OdtWalker._field_mark,
    "fieldmark-end": OdtWalker._field_mark_end,
}
_SKIPPED = names(
    "tracked-changes annotation annotation-end forms placeholder table-of-content label",
    "alphabetical-index illustration-index table-index object-index user-index bibliography",
    "sequence-decls variable-decls user-field-decls desc title image object note-citation",
    "page-number page-count ruby-text shape-properties enhanced-geometry glue-point",
)
