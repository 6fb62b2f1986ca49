"""Parse the XML inside office documents: no entities, no network, names without namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.zipguard import damaged


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML part; entities stay unexpanded. Raises ReadError (`trasig`)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root is None:
        raise damaged()
    return root


def local(node: etree._Element) -> str:
    """Return the element's name without namespace; "" for comments and entities.

    Strict and transitional OOXML, and what each maker calls its own, differ in namespaces only.
    """
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: etree._Element | None, name: str) -> str | None:
    """Return the attribute by its name without namespace, None where it is missing."""
    if node is None:
        return None
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def children(node: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the direct children with one of these names."""
    if node is not None:
        for child in node:
            if local(child) in names:
                yield child


def child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first child, grandchild … along `path`, or None."""
    for name in path:
        node = next(children(node, name), None)
    return node


def switched_on(node: etree._Element | None) -> bool | None:
    """Return an on/off property's value: None where it is not given, on where it has no value."""
    if node is None:
        return None
    return (attribute(node, "val") or "1").lower() not in ("0", "false", "off")


def names(*groups: str) -> frozenset[str]:
    """Return the words of the given lines as a set of element names."""
    return frozenset(" ".join(groups).split())
