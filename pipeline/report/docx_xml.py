"""The XML of a Word file: elements by prefixed name, runs, fields, bookmarks and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from lxml import etree

Element = etree._Element
NAMESPACES: Mapping[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML 1.0 cannot hold: control signs and lone surrogates, which damaged documents have.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def named(name: str) -> str:
    """Return the qualified name of "w:p"; others are left as they are."""
    if name.startswith("{"):
        return name
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def el(name: str, *content: Element | str | Mapping[str, object] | None) -> Element:
    """Return `<name …>`: a mapping is attributes, a string text, None nothing."""
    element = etree.Element(named(name), nsmap={p: NAMESPACES[p] for p in _prefixes(name)})
    for part in content:
        if part is None:
            continue
        if isinstance(part, str):
            element.text = fit(part)
        elif isinstance(part, Mapping):
            for key, value in part.items():
                element.set(named(key), fit(str(value)))
        else:
            element.append(part)
    return element


def _prefixes(name: str) -> Iterator[str]:
    prefix = name.partition(":")[0]
    yield prefix if prefix in NAMESPACES else "w"


def val(name: str, value: object) -> Element:
    """Return `<name val="value"/>`; the attribute has the element's prefix where Word wants it."""
    return el(name, {"w:val" if name.startswith("w:") else "val": value})


def fit(text: str) -> str:
    """Return text that XML can hold."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def xml(root: Element) -> bytes:
    """Return a part's bytes."""
    etree.cleanup_namespaces(root, top_nsmap=dict(NAMESPACES))
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def run(text: str, *, style: str = "", bold: bool = False) -> Element:
    """Return a run of text; tabs and line breaks become their elements."""
    props = [val("w:rStyle", style)] if style else []
    if bold:
        props.append(el("w:b"))
    one = el("w:r", el("w:rPr", *props) if props else None)
    for part in re.split(r"(\t|\r\n|\r|\n)", text):
        if part == "\t":
            one.append(el("w:tab"))
        elif part.strip("\r\n"):
            one.append(el("w:t", {_SPACE: "preserve"}, part))
        elif part:
            one.append(el("w:br"))
    return one


def paragraph(style: str, *content: Element, **props: Element) -> Element:
    """Return a paragraph in a style; `props` are paragraph properties, in the schema's order."""
    head = el("w:pPr", val("w:pStyle", style) if style else None, *props.values())
    return el("w:p", head if len(head) else None, *content)


def field(instruction: str, shown: Iterable[Element], style: str = "") -> list[Element]:
    """Return the runs of a field, `shown` being its result until Word works it out anew."""
    marks = {
        kind: el("w:r", _style(style), el("w:fldChar", {"w:fldCharType": kind}))
        for kind in ("begin", "separate", "end")
    }
    asked = el("w:r", _style(style), el("w:instrText", {_SPACE: "preserve"}, f" {instruction} "))
    return [marks["begin"], asked, marks["separate"], *shown, marks["end"]]


def _style(style: str) -> Element | None:
    return el("w:rPr", val("w:rStyle", style)) if style else None


def link(anchor: str, *content: Element) -> Element:
    """Return a link to a bookmark of the same document."""
    return el("w:hyperlink", {"w:anchor": anchor, "w:history": "1"}, *content)


class Numbers:
    """The numbers that must be unique in a document: of bookmarks, drawings and figures.

    `figures` is the highest number that a figure has already.
    """

    def __init__(self, figures: int = 0) -> None:
        self._bookmarks, self._drawings, self._figures = count(1), count(1), count(figures + 1)
        self._names: set[str] = set()

    def name(self, anchor: str) -> str:
        """Return a bookmark's name that nothing else in the document has."""
        name = short = bookmark_name(anchor)
        while name.lower() in self._names:
            name = f"{short[:32]}_{len(self._names)}"
        self._names.add(name.lower())
        return name

    def bookmark(self, name: str, *content: Element) -> list[Element]:
        """Return `content` between the marks of a bookmark."""
        number = str(next(self._bookmarks))
        start = el("w:bookmarkStart", {"w:id": number, "w:name": name})
        return [start, *content, el("w:bookmarkEnd", {"w:id": number})]

    def drawing(self) -> int:
        """Return the next drawing's number."""
        return next(self._drawings)

    def figure(self) -> int:
        """Return the next figure's number."""
        return next(self._figures)


def bookmark_name(anchor: str) -> str:
    """Return a name that Word takes: at most 40 letters, digits and underscores."""
    name = re.sub(r"\W", "_", anchor)
    return (name if name[:1].isalpha() or name[:1] == "_" else f"_{name}")[:40]
