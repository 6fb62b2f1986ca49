"""What OpenDocument styles say about a paragraph or span: hidden, bold, heading, page break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.signs import BULLET, OFF, ON, clean_signs
from pipeline.ingest.word_xml import attribute, child, children, local

_HEADING_NAME = re.compile(r"(?:heading|rubrik|title|subtitle)[ _0-9]*", re.IGNORECASE)
_MAX_CHAIN = 50
_BOLD_FROM = 600  # font weights: 400 normal, 700 bold


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What one style says; None where it leaves the question to its parent."""

    hidden: bool | None = None
    bold: bool | None = None
    heading: bool | None = None
    page_break: bool = False


@dataclass(frozen=True, slots=True)
class OdtStyles:
    """Resolved styles by (family, name), and list marks by list style, one for each level."""

    by_name: dict[tuple[str, str], OdtStyle] = field(default_factory=dict)
    marks: dict[str, dict[int, str]] = field(default_factory=dict)

    def of(self, family: str, name: str | None) -> OdtStyle:
        """Return the style of a "paragraph", "text" or "section"."""
        return self.by_name.get((family, name or ""), OdtStyle())

    def mark(self, list_style: str | None, level: int) -> str:
        """Return what stands before an item of a bulleted list, "" for a numbered one."""
        return self.marks.get(list_style or "", {}).get(level, "")


def read_styles(common: Sequence[etree._Element], content: etree._Element) -> OdtStyles:
    """Read the named styles and the automatic ones of `content`; the latter win."""
    raw: dict[tuple[str, str], etree._Element] = {}
    marks: dict[str, dict[int, str]] = {}
    for root in (*common, content):
        for group in children(root, "styles", "automatic-styles"):
            for node in group:
                name = attribute(node, "name") or ""
                if local(node) == "style":
                    raw[attribute(node, "family") or "", name] = node
                elif local(node) == "list-style":
                    marks[name] = _marks(node)
    return OdtStyles({key: _resolve(key, raw) for key in raw}, marks)


def _resolve(key: tuple[str, str], raw: dict[tuple[str, str], etree._Element]) -> OdtStyle:
    family, name = key
    hidden = bold = heading = None
    page_break = False
    for step in range(_MAX_CHAIN):
        node = raw.get((family, name))
        if node is None:
            break
        text = child(node, "text-properties")
        if hidden is None and (display := attribute(text, "display")) is not None:
            hidden = display == "none"
        if bold is None and (weight := attribute(text, "font-weight")) is not None:
            bold = weight == "bold" or (weight.isdecimal() and int(weight) >= _BOLD_FROM)
        if heading is None and _is_heading(node, name):
            heading = True
        if step == 0:
            page_break = attribute(child(node, "paragraph-properties"), "break-before") == "page"
            page_break |= bool(attribute(node, "master-page-name"))
        name = attribute(node, "parent-style-name") or ""
    return OdtStyle(hidden, bold, heading, page_break)


def _is_heading(style: etree._Element, name: str) -> bool:
    if (attribute(style, "default-outline-level") or "0").strip() not in ("", "0"):
        return True
    shown = attribute(style, "display-name") or name.replace("_20_", " ")
    return attribute(style, "family") == "paragraph" and bool(_HEADING_NAME.fullmatch(shown))


def _marks(list_style: etree._Element) -> dict[int, str]:
    marks = {}
    for level in children(list_style, "list-level-style-bullet"):
        sign = clean_signs(attribute(level, "bullet-char") or "")
        number = attribute(level, "level") or "1"
        if number.isdecimal():
            marks[int(number)] = (sign if sign in (ON, OFF) else BULLET) + " "
    return marks
