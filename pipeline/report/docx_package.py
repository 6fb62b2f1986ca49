"""The package around a Word document: parts, relationships, content types, properties, zip.

The same parts give the same bytes, whatever the clock says.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from pipeline.report.docx_xml import fit

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"{_PACKAGE}/content-types"
_CORE = f"{_PACKAGE}/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_DC, _DCTERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "settings": f"{_WORD}.settings+xml",
    "footer": f"{_WORD}.footer+xml",
    "fontTable": f"{_WORD}.fontTable+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
}
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DOCUMENT = "word/document.xml"


@dataclass(slots=True)
class Package:
    """The parts of one document as they are gathered."""

    _parts: dict[str, bytes] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _relations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, kind: str, name: str, data: bytes, source: str = _DOCUMENT) -> str:
        """Add a part below word/ that `source` refers to; return the relationship's id.

        `kind` is the relationship's ("styles", "image", "chart", "package" …).
        """
        path = f"word/{name}"
        self._parts[path] = data
        if kind in _KINDS:
            self._kinds[path] = _KINDS[kind]
        up = "../" if source.count("/") > 1 else ""
        relations = self._relations.setdefault(source, [])
        relations.append((kind, up + name))
        return f"rId{len(relations)}"

    def pack(self, document: bytes, title: str, author: str, made: date) -> bytes:
        """Return the whole file."""
        self._parts[_DOCUMENT] = document
        self._kinds[_DOCUMENT] = f"{_WORD}.document.main+xml"
        files = {
            "[Content_Types].xml": self._content_types(),
            "_rels/.rels": _root_relations(),
            "docProps/core.xml": _core(title, author, made),
            "docProps/app.xml": _app(),
            _DOCUMENT: document,
        }
        for source, relations in self._relations.items():
            folder, _, name = source.rpartition("/")
            files[f"{folder}/_rels/{name}.rels"] = _relationships(
                [(f"{_OFFICE}/{kind}", target) for kind, target in relations]
            )
        return _zip(files | self._parts, made)

    def _content_types(self) -> bytes:
        root = _root(_TYPES, "Types")
        used = {path.rpartition(".")[2] for path in self._parts} | {"rels", "xml"}
        for extension, kind in _DEFAULTS.items():
            if extension in used:
                etree.SubElement(
                    root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=kind
                )
        kinds = self._kinds | {
            "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
            "docProps/app.xml": (
                "application/vnd.openxmlformats-officedocument.extended-properties+xml"
            ),
        }
        for path, kind in kinds.items():
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{path}", ContentType=kind)
        return _bytes(root)


def _root_relations() -> bytes:
    return _relationships(
        [
            (f"{_OFFICE}/officeDocument", _DOCUMENT),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        ]
    )


def _relationships(relations: list[tuple[str, str]]) -> bytes:
    space = f"{_PACKAGE}/relationships"
    root = _root(space, "Relationships")
    for n, (kind, target) in enumerate(relations, start=1):
        etree.SubElement(root, f"{{{space}}}Relationship", Id=f"rId{n}", Type=kind, Target=target)
    return _bytes(root)


def _core(title: str, author: str, made: date) -> bytes:
    root = etree.Element(
        f"{{{_CORE}}}coreProperties",
        nsmap={"cp": _CORE, "dc": _DC, "dcterms": _DCTERMS, "xsi": _XSI},
    )
    for name, text in (("title", title), ("creator", author)):
        etree.SubElement(root, f"{{{_DC}}}{name}").text = fit(text)
    etree.SubElement(root, f"{{{_CORE}}}lastModifiedBy").text = fit(author)
    for name in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_DCTERMS}}}{name}")
        moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        moment.text = f"{made.isoformat()}T00:00:00Z"
    etree.SubElement(root, f"{{{_DC}}}language").text = "sv-SE"
    return _bytes(root)


def _app() -> bytes:
    root = _root(_EXTENDED, "Properties")
    etree.SubElement(root, f"{{{_EXTENDED}}}Application").text = "samverkan"
    return _bytes(root)


def _root(space: str, name: str) -> etree._Element:
    """Return an element whose namespace needs no prefix."""
    return etree.fromstring(f'<{name} xmlns="{space}"/>')


def _bytes(root: etree._Element) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _zip(files: dict[str, bytes], made: date) -> bytes:
    out = io.BytesIO()
    moment = (max(made.year, 1980), made.month, made.day, 0, 0, 0)  # Zip knows no earlier year.
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, date_time=moment)
            info.create_system = 0  # As on Windows: the same bytes wherever it was made.
            stored = name.endswith((".png", ".xlsx"))
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
