"""Word's fields, which may span paragraphs: legacy form fields, their state, and what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.signs import OFF, ON
from pipeline.ingest.word_xml import attribute, child, children, switched_on

# A form's empty text field shows five of these.
_EN_SPACE = "\u2002"
_PROMPTS = ("klicka ", "skriv ", "ange ", "fyll i", "välj ", "click ", "enter ", "choose ")
_UNSEEN = frozenset({"TOC", "INDEX", "TOA"})  # lists of what stands elsewhere in the document
_GLYPHS = ON + OFF + "☑🗹🗷🗵✓✔✗✘×xX\u25a0\u25a1\uf0fe\uf0fd\uf0a8\uf06f\uf078\uf0fc\uf052\uf0a3"


def is_sign(text: str) -> bool:
    """Tell whether a checkbox control's text is only its own glyph."""
    return text.strip() == "" or (len(text.strip()) == 1 and text.strip() in _GLYPHS)


@dataclass(slots=True)
class _Field:
    data: etree._Element | None
    code: str = ""
    result: bool = False

    @property
    def name(self) -> str:
        return self.code.split(maxsplit=1)[0].upper() if self.code.strip() else ""


@dataclass(slots=True)
class FieldStack:
    """The fields that are open at this point of the document."""

    _open: list[_Field] = field(default_factory=list)

    def begin(self, data: etree._Element | None) -> None:
        """Open a field; `data` is its w:ffData if it is a form field."""
        self._open.append(_Field(data))

    def instruction(self, code: str) -> None:
        """Add to the innermost field's code."""
        if self._open and not self._open[-1].result:
            self._open[-1].code += code

    def separate(self) -> None:
        """The code has ended, what the field shows begins."""
        if self._open:
            self._open[-1].result = True

    def shows(self, text: str) -> bool:
        """Tell whether words that stand here are seen on the page."""
        for item in self._open:
            if not item.result or item.name in _UNSEEN or _kind(item.data) in ("tick", "list"):
                return False
        if self._open and _kind(self._open[-1].data) == "text":
            blank = _EN_SPACE in text and not text.strip()
            return not blank and not _is_prompt(self._open[-1].data, text)
        return True

    def end(self) -> bool | str:
        """Close a field. Return a box's state, the words of a chosen list entry, or ""."""
        if not self._open:
            return ""
        item = self._open.pop()
        if any(not outer.result or outer.name in _UNSEEN for outer in self._open):
            return ""
        kind = _kind(item.data)
        if kind == "tick":
            box = child(item.data, "checkBox")
            now, default = (switched_on(child(box, name)) for name in ("checked", "default"))
            return bool(default if now is None else now)
        return _entry(child(item.data, "ddList")) if kind == "list" else ""


def _kind(data: etree._Element | None) -> str:
    for name, kind in (("checkBox", "tick"), ("ddList", "list"), ("textInput", "text")):
        if child(data, name) is not None:
            return kind
    return ""


def _is_prompt(data: etree._Element | None, text: str) -> bool:
    default = attribute(child(data, "textInput", "default"), "val") or ""
    return bool(default) and text.strip() == default.strip() and text.lower().startswith(_PROMPTS)


def _entry(options: etree._Element | None) -> str:
    entries = [attribute(e, "val") or "" for e in children(options, "listEntry")]
    chosen = child(options, "result")
    index = attribute(child(options, "default") if chosen is None else chosen, "val") or "0"
    if not index.isdecimal() or int(index) >= len(entries):
        return ""
    entry = entries[int(index)]
    return "" if entry.lower().startswith(_PROMPTS) else entry
