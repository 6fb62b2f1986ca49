"""Read Word's DOCX (and DOCM, DOTX) by an own walk over its XML; macros are never run."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path

from lxml import etree

from corpus.types import Note
from pipeline.errors import ReadError
from pipeline.ingest.base import Raw, RawPage, Reader
from pipeline.ingest.ole import is_ole, ole_error
from pipeline.ingest.word_lines import LineCollector
from pipeline.ingest.word_styles import read_styles
from pipeline.ingest.word_walk import WordWalker
from pipeline.ingest.word_xml import attribute, child, children, local, parse
from pipeline.ingest.zipguard import damaged, open_zip, read_part

_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_MAIN = "word/document.xml"
_META = {"title": "title", "creator": "author", "created": "created", "modified": "modified"}


def accepts(head: bytes, suffix: str) -> str | None:
    """Take ZIP files with Word's parts, and what calls itself Word but is locked or damaged."""
    if head.startswith(b"PK"):
        office = b"[Content_Types].xml" in head or b"_rels/.rels" in head or b"docProps/" in head
        if b"word/" in head or suffix in _SUFFIXES:
            return "docx"
        return "docx" if office and b"xl/" not in head and b"ppt/" not in head else None
    if is_ole(head) and suffix in _SUFFIXES:
        return "docx"
    return None


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
    notes = []
    if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
        notes.append(
            Note("makron", "Filen innehåller makron. De har inte körts, bara texten lästs.")
        )
    return Raw(fmt, _filled(walker.out.pages()), tuple(notes), _meta(archive))


def _filled(pages: tuple[RawPage, ...]) -> tuple[RawPage, ...]:
    if not any(page.lines for page in pages):
        raise ReadError(
            "ingen_text",
            "Dokumentet innehåller ingen text.",
            "Om sidorna är bilder: spara dokumentet som PDF så läses bilderna.",
        )
    return pages


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
    return _targets(archive, "_rels/.rels", "").get("officeDocument", _MAIN)


def _related(archive: zipfile.ZipFile, main: str) -> dict[str, etree._Element]:
    folder, name = posixpath.split(main)
    targets = _targets(archive, f"{folder}/_rels/{name}.rels", folder)
    parts = {}
    for kind in ("styles", "numbering", "footnotes", "endnotes"):
        data = read_part(archive, targets.get(kind, f"{folder}/{kind}.xml"))
        if data is not None:
            parts[kind] = parse(data)
    return parts


def _targets(archive: zipfile.ZipFile, rels: str, folder: str) -> dict[str, str]:
    """Return each relation's last word ("styles") and the part it leads to."""
    data = read_part(archive, rels)
    if data is None:
        return {}
    found: dict[str, str] = {}
    for relation in children(parse(data), "Relationship"):
        kind = (attribute(relation, "Type") or "").rsplit("/", 1)[-1]
        target = attribute(relation, "Target") or ""
        if attribute(relation, "TargetMode") != "External":
            found.setdefault(kind, posixpath.normpath(posixpath.join("/" + folder, target))[1:])
    return found


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
