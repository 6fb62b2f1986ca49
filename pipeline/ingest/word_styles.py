"""What Word's styles and lists say about a paragraph or run: hidden, bold, heading, list mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.signs import BULLET, OFF, ON, font_sign
from pipeline.ingest.word_xml import attribute, child, children, local, switched_on

# Style names as Word stores them in English and Swedish; localised documents have either.
_HEADING_NAME = re.compile(
    r"(?:heading|rubrik)(?:\s*\d)?|title|subtitle|underrubrik", re.IGNORECASE
)
_BODY_LEVEL = 9  # w:outlineLvl 9 means body text
_MAX_CHAIN = 50  # styles that are based on each other in a ring must not hang the reader


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says; None where it leaves the question to the style it is based on."""

    hidden: bool | None = None
    bold: bool | None = None
    heading: bool | None = None
    list_id: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by id, and list marks by (list, level)."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: Style = Style()
    marks: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, style_id: str | None) -> Style:
        """Return the style; the default paragraph style for None or an unknown id."""
        return self.by_id.get(style_id or "", self.default)

    def mark(self, list_id: str | None, level: str | None) -> str:
        """Return what stands before an item of a bulleted list, "" for numbers and no list.

        A number that Word makes is not in the file; it is not invented here.
        """
        return self.marks.get((list_id or "", level or "0"), "")


def read_styles(styles: etree._Element | None, numbering: etree._Element | None) -> Styles:
    """Read styles.xml and numbering.xml; both may be missing."""
    raw = {attribute(s, "styleId") or "": s for s in children(styles, "style")}
    by_id = {style_id: _resolve(style_id, raw) for style_id in raw}
    default = next(
        (
            by_id[style_id]
            for style_id, s in raw.items()
            if attribute(s, "type") == "paragraph" and attribute(s, "default") in ("1", "true")
        ),
        Style(),
    )
    return Styles(by_id, default, _list_marks(numbering))


def own(node: etree._Element | None) -> Style:
    """Return what a pPr, rPr or style element itself says."""
    rpr = node if node is not None and local(node) == "rPr" else child(node, "rPr")
    ppr = node if node is not None and local(node) == "pPr" else child(node, "pPr")
    outline = attribute(child(ppr, "outlineLvl"), "val")
    heading = None
    if outline is not None and outline.isdecimal():
        heading = int(outline) < _BODY_LEVEL
    numbers = child(ppr, "numPr")
    return Style(
        hidden=switched_on(child(rpr, "vanish")),
        bold=switched_on(child(rpr, "b")),
        heading=heading,
        list_id=attribute(child(numbers, "numId"), "val"),
        level=attribute(child(numbers, "ilvl"), "val"),
    )


def over(style: Style, base: Style) -> Style:
    """Return `style` with `base` where it says nothing."""
    return Style(
        hidden=base.hidden if style.hidden is None else style.hidden,
        bold=base.bold if style.bold is None else style.bold,
        heading=base.heading if style.heading is None else style.heading,
        list_id=base.list_id if style.list_id is None else style.list_id,
        level=base.level if style.level is None else style.level,
    )


def _resolve(style_id: str, raw: dict[str, etree._Element]) -> Style:
    result, name = Style(), style_id
    for _ in range(_MAX_CHAIN):
        node = raw.get(name)
        if node is None:
            break
        here = own(node)
        if here.heading is None and _is_heading_name(node):
            here = over(here, Style(heading=True))
        result = over(result, here)
        name = attribute(child(node, "basedOn"), "val") or ""
    return result


def _is_heading_name(style: etree._Element) -> bool:
    name = attribute(child(style, "name"), "val") or ""
    return attribute(style, "type") != "character" and bool(_HEADING_NAME.fullmatch(name.strip()))


def _list_marks(numbering: etree._Element | None) -> dict[tuple[str, str], str]:
    abstract = {attribute(a, "abstractNumId"): a for a in children(numbering, "abstractNum")}
    marks: dict[tuple[str, str], str] = {}
    for number in children(numbering, "num"):
        list_id = attribute(number, "numId") or ""
        source = abstract.get(attribute(child(number, "abstractNumId"), "val"))
        overrides = (child(o, "lvl") for o in children(number, "lvlOverride"))
        for level in (*children(source, "lvl"), *(o for o in overrides if o is not None)):
            if attribute(child(level, "numFmt"), "val") == "bullet":
                marks[list_id, attribute(level, "ilvl") or "0"] = _bullet(level) + " "
    return marks


def _bullet(level: etree._Element) -> str:
    """Return ☒ or ☐ for lists that have Wingdings boxes as their mark, else a bullet."""
    text = attribute(child(level, "lvlText"), "val") or ""
    fonts = child(level, "rPr", "rFonts")
    font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "Wingdings"
    sign = font_sign(font, ord(text)) if len(text) == 1 else None
    return sign if sign in (ON, OFF) else BULLET
