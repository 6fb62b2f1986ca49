"""Builds small office files and archives by hand, part by part, for the reader tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types '
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="{target}"/></Relationships>'
)
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def p(*runs: str, ppr: str = "") -> str:
    """A Word paragraph of runs; plain words become a run."""
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p><w:pPr>{ppr}</w:pPr>{inner}</w:p>"


def run(text: str, rpr: str = "") -> str:
    return f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: Iterable[str]) -> str:
    """A Word table; each cell is its content, or a whole <w:tc> or <w:sdt>."""
    cells = (
        "".join(c if c.startswith(("<w:tc>", "<w:sdt>")) else f"<w:tc>{c}</w:tc>" for c in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{c}</w:tr>' for c in cells)}</w:tbl>"


def checkbox(on: str | None, content: str) -> str:
    """A content control with a box; `on` is w14:checked's value, None leaves it out."""
    state = "" if on is None else f'<w14:checked w14:val="{on}"/>'
    return (
        f"<w:sdt><w:sdtPr><w14:checkbox>{state}</w14:checkbox></w:sdtPr>"
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def field(data: str, code: str, result: str = "") -> str:
    """A legacy field: its w:ffData's content, its code, and what it shows."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def sdt(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def docx(body: str, *, target: str = "word/document.xml", **parts: str) -> bytes:
    """A DOCX; `parts` are further XML parts by name (styles, numbering, footnotes, endnotes)."""
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(target=target),
        target.lstrip("/"): f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
    }
    folder = target.lstrip("/").rsplit("/", 1)[0]
    for name, inner in parts.items():
        files[f"{folder}/{name}.xml"] = f"<w:{name} {_NAMES}>{inner}</w:{name}>"
    related = "".join(
        f'<Relationship Id="{name}" Type="http://x/{name.rstrip("123")}" Target="{name}.xml"/>'
        for name in parts
    )
    rels = target.lstrip("/").replace("/", "/_rels/") + ".rels"
    files[rels] = f'<Relationships xmlns="http://x">{related}</Relationships>'
    return zipped(files)


def odt(body: str, *, automatic: str = "", styles: str = "", **extra: str) -> bytes:
    """An ODT; `automatic` are automatic styles, `styles` the named ones."""
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{extra.get('master', '')}</office:master-styles>"
        "</office:document-styles>",
        "META-INF/manifest.xml": extra.get("manifest", "<manifest/>"),
        "meta.xml": f"<office:document-meta {_ODF}><office:meta><dc:title>Titel</dc:title>"
        "</office:meta></office:document-meta>",
    }
    return zipped(files)


def zipped(files: dict[str, str] | dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, stored)
    return buffer.getvalue()


def save(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
