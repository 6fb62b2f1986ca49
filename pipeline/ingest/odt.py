"""Read OpenDocument text (ODT, OTT) by an own walk over content.xml."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import ReadError
from pipeline.ingest.base import Raw, Reader
from pipeline.ingest.odt_styles import OdtStyles, read_styles
from pipeline.ingest.odt_walk import OdtWalker
from pipeline.ingest.word_xml import child, children, local, parse
from pipeline.ingest.zipguard import damaged, encrypted, open_zip, read_part

_SUFFIXES = (".odt", ".ott")
_TYPE = b"application/vnd.oasis.opendocument.text"
_META = {"title": "title", "creator": "author", "creation-date": "created", "date": "modified"}


def accepts(head: bytes, suffix: str) -> str | None:
    """Take ZIP files whose first member says that they are OpenDocument text."""
    if not head.startswith(b"PK"):
        return None
    first = head[30:]  # the first member's name: an ODT inside a ZIP has these names too, later
    if first.startswith(b"mimetype"):
        return "odt" if _TYPE in head[:200] else None
    named = suffix in _SUFFIXES and b"word/" not in head
    return "odt" if named or first.startswith((b"content.xml", b"META-INF/manifest.xml")) else None


def read_odt(path: Path, fmt: str = "odt") -> Raw:
    """Return the document's lines. Raises ReadError where it is locked, damaged or too large."""
    with open_zip(path) as archive:
        try:
            return _read(archive, fmt)
        except RecursionError as error:
            raise damaged() from error


def _read(archive: zipfile.ZipFile, fmt: str) -> Raw:
    manifest = read_part(archive, "META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise encrypted()
    data = read_part(archive, "content.xml")
    if data is None:
        raise damaged()
    content = parse(data)
    body = child(content, "body", "text")
    if body is None:
        raise ReadError(
            "okant_format",
            "Det är inte ett textdokument (kanske ett kalkylark eller en presentation).",
            "Spara om filen som PDF och lägg den i inkorgen igen.",
        )
    common = read_part(archive, "styles.xml")
    named = None if common is None else parse(common)
    styles = read_styles([] if named is None else [named], content)
    walker = OdtWalker(styles, rendered_breaks=body.find(".//{*}soft-page-break") is not None)
    walker.document(body)
    pages = walker.out.pages()
    if not any(page.lines for page in pages):
        raise ReadError(
            "ingen_text",
            "Dokumentet innehåller ingen text.",
            "Om sidorna är bilder: spara dokumentet som PDF så läses bilderna.",
        )
    return Raw(fmt, pages, meta=(*_meta(archive), *_headers(named, styles)))


def _headers(named: etree._Element | None, styles: OdtStyles) -> Iterator[tuple[str, str]]:
    """Yield the lines of headers and footers once each: a journal number may stand only there."""
    seen: set[str] = set()
    for page in children(child(named, "master-styles"), "master-page"):
        for part in children(page, "header", "header-first", "footer", "footer-first"):
            walker = OdtWalker(styles)
            walker.walk(part)
            for line in (line.text.strip() for p in walker.out.pages() for line in p.lines):
                if line not in seen and any(c.isalpha() for c in line):
                    seen.add(line)
                    yield "sidhuvud", line


def _meta(archive: zipfile.ZipFile) -> tuple[tuple[str, str], ...]:
    try:
        data = read_part(archive, "meta.xml")
        root = parse(data) if data else None
    except ReadError:
        return ()  # properties that cannot be read must not cost the document
    meta = child(root, "meta")
    return tuple(
        (_META[local(item)], item.text.strip())
        for item in (() if meta is None else meta)
        if local(item) in _META and item.text and item.text.strip()
    )


READER = Reader("odt", accepts, read_odt, priority=11)
