"""Reads PDF: text, form fields, drawn boxes and tables page by page; scanned pages go to OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from corpus.types import Note
from pipeline.errors import ReadError
from pipeline.ingest.base import Raw, RawPage, Reader
from pipeline.ingest.pdf_boxes import place_boxes, ruled
from pipeline.ingest.pdf_doubt import settle
from pipeline.ingest.pdf_frame import frame_of
from pipeline.ingest.pdf_layout import reading_order
from pipeline.ingest.pdf_lines import raw_lines
from pipeline.ingest.pdf_pictures import add_picture_boxes
from pipeline.ingest.pdf_shapes import read_shapes
from pipeline.ingest.pdf_tables import find_tables
from pipeline.ingest.pdf_widgets import place_annotations
from pipeline.ingest.pdf_words import read_words

XFA = (
    "Blanketten är en dynamisk Adobe-blankett (XFA) vars svar inte går att läsa här."
    " Be avsändaren skriva ut den till PDF och skicka den igen."
)
ATTACHED = "Inuti PDF-filen ligger andra filer ({} st) som inte läses. "
SAVE_THEM = "Öppna den i Adobe Reader, spara ut filerna och lägg dem i inkorgen."
NO_PAGES = re.compile(rb"/Count\s+0\b")
A_PAGE = re.compile(rb"/Type\s*/Page\b")


def read_pdf(path: Path, _format: str) -> Raw:
    """Read one PDF into raw pages; one page is held in memory at a time.

    Raises ReadError: `krypterad`, `trasig`, `tom`, `ingen_text`.
    """
    notes: list[Note] = []
    pages: list[RawPage] = []
    tables = 0
    with opened(path) as document:
        form = document.formenv
        if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
            notes.append(Note("xfa", XFA))
        if attached := document.count_attachments():
            notes.append(Note("inbaddade_filer", ATTACHED.format(attached) + SAVE_THEM))
        for index in range(len(document)):
            page, count = _read_page(document, index, form, tables, notes, path)
            tables += count
            pages.append(page)
        meta = tuple(
            (key.lower(), value)
            for key, value in document.get_metadata_dict(skip_empty=True).items()
            if key in ("Title", "Author", "CreationDate")
        )
    if not any(line.text.strip() for page in pages for line in page.lines):
        if any(note.code == "ingen_ocr" for note in notes):
            raise ReadError(
                "ingen_text",
                "Filen är inskannad och innehåller ingen text.",
                "Installera tillägget ocr med svenska språkdata och kör igen.",
            )
        if attached:
            reason = "Filen har ingen egen text. " + ATTACHED.format(attached).strip()
            raise ReadError("ingen_text", reason, SAVE_THEM)
        raise ReadError(
            "ingen_text", "Filen innehåller ingen läsbar text.", "Öppna filen och kontrollera den."
        )
    return Raw("pdf", tuple(pages), tuple(notes), meta)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a PDF, trying without a password and with an empty one; raises ReadError."""
    document = _open(path)
    try:
        document.init_forms()  # Before the first page, or fields have no values.
        if len(document) == 0:
            raise ReadError("tom", "PDF-filen har inga sidor.", "Be avsändaren skicka den igen.")
        yield document
    finally:
        document.close()


def _open(path: Path) -> Any:
    for password in (None, ""):
        try:
            return pdfium2.PdfDocument(path, password=password)
        except pdfium2.PdfiumError as error:
            failure = error
    # pdfium's error code may be that of an earlier file, so the file itself is asked.
    data = path.read_bytes()
    if b"/Encrypt" in data and failure.err_code == pdfium.FPDF_ERR_PASSWORD:
        raise ReadError(
            "krypterad",
            "PDF-filen är skyddad med lösenord.",
            "Be avsändaren skicka den utan lösenord.",
        ) from failure
    if NO_PAGES.search(data) and not A_PAGE.search(data):
        raise ReadError("tom", "PDF-filen har inga sidor.", "Be avsändaren skicka den igen.")
    raise ReadError(
        "trasig",
        "Filen går inte att öppna som PDF; den är skadad eller avklippt.",
        "Be avsändaren skicka den igen.",
    ) from failure


def _read_page(
    document: Any, index: int, form: Any, tables: int, notes: list[Note], path: Path
) -> tuple[RawPage, int]:
    """Return one page and how many tables it holds; remarks are added to `notes`."""
    number = index + 1
    page = None
    try:
        page = document[index]
        frame = frame_of(page)
        shapes = read_shapes(page, frame)
        textpage = page.get_textpage()
        try:
            words = read_words(textpage, frame)
            add_picture_boxes(page, frame, shapes)
            words = place_annotations(page, form, frame, shapes, words)
            words = place_boxes(shapes, words)
            found = find_tables(ruled(shapes))
            blind = shapes.texts > 0 and textpage.count_chars() == 0
            lines = raw_lines(reading_order(words, found), textpage, tables)
        finally:
            textpage.close()
        raw = RawPage(number, tuple(lines), frame.width, frame.height)
        letters = sum(len(w.text) for w in words if w.index >= 0)
        raw, remarks = settle(raw, letters, page, frame, shapes, path, blind=blind)
        notes.extend(remarks)
        return raw, len(found)
    except pdfium2.PdfiumError:
        notes.append(Note("trasig_sida", f"Sidan {number} är skadad och kunde inte läsas.", number))
        return RawPage(number, ()), 0
    finally:
        if page is not None:
            page.close()


def _accepts(head: bytes, suffix: str) -> str | None:
    return "pdf" if b"%PDF-" in head[:1024] or (suffix == ".pdf" and head[:2] != b"PK") else None


READER = Reader("pdf", _accepts, read_pdf, priority=50)
