"""Building XML by hand: a maker of elements in one namespace."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

Element = etree._Element
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Maker:
    """`make("p", {"id": "1"}, child, "text")` gives `<ns:p id="1">` with its children and text."""

    def __init__(self, namespace: str, prefixes: Mapping[str, str]) -> None:
        self.namespace, self.prefixes = namespace, dict(prefixes)

    def __call__(self, tag: str, *content: Element | str | Mapping[str, str]) -> Element:
        """Return an element; a mapping is attributes, a string its text."""
        element = etree.Element(f"{{{self.namespace}}}{tag}", nsmap=self.prefixes)
        for part in content:
            if isinstance(part, str):
                element.text = part
            elif isinstance(part, Mapping):
                for name, value in part.items():
                    element.set(name, value)
            else:
                element.append(part)
        return element
