"""Read Word's DOCX (and DOCM, DOTX) by an own walk over its XML; macros are never run."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from corpus.types import Note
from pipeline.errors import ReadError
from pipeline.ingest.base import Raw, RawPage, Reader
from pipeline.ingest.ole import is_ole, ole_error
from pipeline.ingest.word_lines import LineCollector
from pipeline.ingest.word_styles import Styles, read_styles
from pipeline.ingest.word_walk import WordWalker
from pipeline.ingest.word_xml import attribute, child, children, local, parse
from pipeline.ingest.zipguard import damaged, open_zip, read_part

_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_MAIN = "word/document.xml"
# The first member of an archive tells: a Word file inside a ZIP has these names too, but later.
_PART = re.compile(
    rb"\[Content_Types\]\.xml|_rels/|docProps/|customXml/|word/(?:_rels/|[^/]+\.xml)"
)
_META = {"title": "title", "creator": "author", "created": "created", "modified": "modified"}


def accepts(head: bytes, suffix: str) -> str | None:
    """Take ZIP files with Word's parts, and what calls itself Word but is locked or damaged."""
    if head.startswith(b"PK"):
        office = _PART.match(head[30:]) is not None and b"xl/" not in head and b"ppt/" not in head
        return "docx" if office or suffix in _SUFFIXES else None
    return "docx" if is_ole(head) and suffix in _SUFFIXES else None


def read_docx(path: Path, fmt: str = "docx") -> Raw:
    """Return the document's lines. Raises ReadError where it is locked, damaged or too large."""
    with path.open("rb") as file:
        if is_ole(file.read(8)):
            raise ole_error(path)
    with open_zip(path) as archive:
        try:
            return _read(archive, fmt)
        except RecursionError as error:
            raise damaged() from error


def _read(archive: zipfile.ZipFile, fmt: str) -> Raw:
    main = _main_part(archive)
    data = read_part(archive, main)
    if data is None:
        raise _not_word(archive)
    body = child(parse(data), "body")
    if body is None:
        raise damaged()
    parts = _related(archive, main)
    styles = read_styles(parts.get("styles"), parts.get("numbering"))
    rendered = any(local(n) == "lastRenderedPageBreak" for n in body.iter("{*}*"))
    walker = WordWalker(styles, LineCollector(), rendered)
    walker.walk(body)
    _append_notes(walker, parts)
    meta = (*_meta(archive), *_headers(archive, main, styles))
    return Raw(fmt, _filled(walker.out.pages()), tuple(_remarks(archive, body)), meta)


def _filled(pages: tuple[RawPage, ...]) -> tuple[RawPage, ...]:
    if not any(page.lines for page in pages):
        raise ReadError(
            "ingen_text",
            "Dokumentet innehåller ingen text.",
            "Om sidorna är bilder: spara dokumentet som PDF så läses bilderna.",
        )
    return pages


def _remarks(archive: zipfile.ZipFile, body: etree._Element) -> Iterator[Note]:
    if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
        yield Note("makron", "Filen innehåller makron. De har inte körts, bara texten är läst.")
    if body.find(".//{*}object/{*}control") is not None:
        yield Note(
            "activex",
            "Filen har kryssrutor eller fält av typen ActiveX, som inte kan läsas. "
            "Jämför kryssen med originalet.",
        )


def _headers(archive: zipfile.ZipFile, main: str, styles: Styles) -> Iterator[tuple[str, str]]:
    """Yield the lines of headers and footers once each: a journal number may stand only there."""
    seen: set[str] = set()
    for kind, part in _relations(archive, *_rels_of(main)):
        if kind in ("header", "footer") and (data := read_part(archive, part)) is not None:
            walker = WordWalker(styles)
            walker.walk(parse(data))
            lines = (line.text.strip() for page in walker.out.pages() for line in page.lines)
            for text in lines:
                if text not in seen and any(c.isalpha() for c in text):
                    seen.add(text)
                    yield "sidhuvud", text


def _append_notes(walker: WordWalker, parts: dict[str, etree._Element]) -> None:
    known = {
        (kind, attribute(note, "id")): note
        for kind in ("footnote", "endnote")
        for note in children(parts.get(kind + "s"), kind)
    }
    for place in list(walker.notes):
        if place in known:
            walker.note(known[place])


def _main_part(archive: zipfile.ZipFile) -> str:
    """Return where the document is; writers other than Word name it as they like."""
    return dict(_relations(archive, "_rels/.rels", "")).get("officeDocument", _MAIN)


def _related(archive: zipfile.ZipFile, main: str) -> dict[str, etree._Element]:
    rels, folder = _rels_of(main)
    targets = dict(_relations(archive, rels, folder))
    parts = {}
    for kind in ("styles", "numbering", "footnotes", "endnotes"):
        data = read_part(archive, targets.get(kind, f"{folder}/{kind}.xml"))
        if data is not None:
            parts[kind] = parse(data)
    return parts


def _rels_of(main: str) -> tuple[str, str]:
    folder, name = posixpath.split(main)
    return f"{folder}/_rels/{name}.rels", folder


def _relations(archive: zipfile.ZipFile, rels: str, folder: str) -> Iterator[tuple[str, str]]:
    """Yield each relation's last word ("styles") and the part inside the file it leads to."""
    data = read_part(archive, rels)
    for relation in children(None if data is None else parse(data), "Relationship"):
        kind = (attribute(relation, "Type") or "").rsplit("/", 1)[-1]
        target = attribute(relation, "Target") or ""
        if attribute(relation, "TargetMode") != "External":
            yield kind, posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def _meta(archive: zipfile.ZipFile) -> tuple[tuple[str, str], ...]:
    data = read_part(archive, "docProps/core.xml")
    if data is None:
        return ()
    try:
        core = parse(data)
    except ReadError:
        return ()  # properties that cannot be read must not cost the document
    return tuple(
        (_META[local(item)], item.text.strip())
        for item in core
        if local(item) in _META and item.text and item.text.strip()
    )


def _not_word(archive: zipfile.ZipFile) -> ReadError:
    names = archive.namelist()
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        return ReadError(
            "okant_format",
            "Det är ett kalkylark eller en presentation, inte ett Word-dokument.",
            "Spara om filen som PDF och lägg den i inkorgen igen.",
        )
    return damaged()


READER = Reader("word", accepts, read_docx, priority=10)
