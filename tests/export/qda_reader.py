"""A reader of `.qdpx` that shares nothing with the writer: what another program would find."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

NS = "{urn:QDA-XML:project:1.0}"
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("Project.xsd")))


@dataclass(frozen=True)
class Found:
    """One coded place: the document's name, where, the words there, the codes' paths."""

    document: str
    start: int
    end: int
    words: str
    codes: tuple[tuple[str, ...], ...]
    description: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Qda:
    """A project exchange file as another program sees it."""

    root: etree._Element
    codes: dict[str, tuple[str, ...]]
    texts: dict[str, str]
    found: tuple[Found, ...]


def read(path: Path) -> Qda:
    """Read a file, checked against the standard's schema."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        SCHEMA.assertValid(root)
        files = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    codes = dict(_codes(root.find(f"{NS}CodeBook/{NS}Codes"), ()))
    notes = {
        of(n, "guid"): n.findtext(f"{NS}PlainTextContent") or "" for n in root.iter(NS + "Note")
    }
    texts: dict[str, str] = {}
    found: list[Found] = []
    for source in root.iter(NS + "TextSource"):
        text = files["Sources/" + of(source, "plainTextPath").removeprefix("internal://")]
        texts[of(source, "name")] = text
        for place in source.iter(NS + "PlainTextSelection"):
            start, end = int(of(place, "startPosition")), int(of(place, "endPosition"))
            found.append(
                Found(
                    of(source, "name"),
                    start,
                    end,
                    text[start:end],
                    tuple(codes[of(r, "targetGUID")] for r in place.iter(NS + "CodeRef")),
                    place.findtext(NS + "Description") or "",
                    tuple(notes[of(r, "targetGUID")] for r in place.iter(NS + "NoteRef")),
                )
            )
    return Qda(root, codes, texts, tuple(found))


def _codes(parent, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for code in parent.findall(NS + "Code"):
        path = (*above, code.get("name"))
        yield code.get("guid"), path
        yield from _codes(code, path)


def of(element: etree._Element, attribute: str) -> str:
    """An attribute that must be there."""
    return str(element.attrib[attribute])
