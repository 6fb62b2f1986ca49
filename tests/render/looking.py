"""Looking into rendered files by other means than our readers: text, and (boxes, ticked)."""

from __future__ import annotations

import email
import io
import re
import zipfile
from email.message import EmailMessage
from email.policy import default

import pikepdf
import pypdfium2 as pdfium
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
Count = tuple[int, int]


def fold(text: str) -> str:
    return " ".join(text.split())


def all_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def docx_root(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        return etree.fromstring(archive.read("word/document.xml"))


def docx_text(data: bytes) -> str:
    """Text in `w:t` that a reader of the printed page sees: no deleted, no hidden text."""
    root = docx_root(data)
    seen = []
    for paragraph in root.iter(f"{W}p"):
        for run in paragraph.iter(f"{W}r"):
            hidden = run.find(f"{W}rPr/{W}vanish") is not None
            if not hidden:
                seen += [t.text or "" for t in run.findall(f"{W}t")]
        seen.append("\n")
    return fold("".join(seen))


def count_controls(data: bytes) -> Count:
    states = [e.get(f"{W14}val") for e in docx_root(data).iter(f"{W14}checked")]
    return len(states), states.count("1")


def count_legacy(data: bytes) -> Count:
    """A FORMCHECKBOX is ticked as `w:checked` says, or as `w:default` where there is none."""
    found = list(docx_root(data).iter(f"{W}checkBox"))
    on = 0
    for box in found:
        checked, fallback = box.find(f"{W}checked"), box.find(f"{W}default")
        state = checked if checked is not None else fallback
        assert state is not None
        on += state.get(f"{W}val", "1") == "1"
    return len(found), on


def count_symbols(data: bytes) -> Count:
    chars = [e.get(f"{W}char") for e in docx_root(data).iter(f"{W}sym")]
    return len(chars), chars.count("F0FE")


def count_signs(text: str, on: str, off: str) -> Count:
    ticked = text.count(on)
    return ticked + text.count(off), ticked


def count_lone_x(data: bytes) -> int:
    cells = [all_text(cell) for cell in docx_root(data).iter(f"{W}tc")]
    return sum(cell in ("x", "X") for cell in cells)


def pdf_text(data: bytes) -> str:
    with pdfium.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return fold(" ".join(pages))


def count_squares(data: bytes) -> int:
    """Stroked vector squares of a box's size."""
    found = 0
    with pdfium.PdfDocument(data) as document:
        for page in document:
            for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH]):
                left, bottom, right, top = item.get_bounds()
                square = abs((right - left) - (top - bottom)) < 0.5 and 6 < right - left < 18
                found += square and pdfium.raw.FPDFPath_CountSegments(item.raw) >= 5
    return found


def form_fields(data: bytes) -> tuple[Count, list[str]]:
    """Return (boxes, ticked) and the text values of an AcroForm."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        states = [str(f.V) for f in fields if f.FT == "/Btn"]
        texts = [str(f.V) for f in fields if f.FT == "/Tx"]
    return (len(states), sum(state != "/Off" for state in states)), texts


def count_flat(data: bytes) -> Count:
    """Boxes that were merged into the page as XObjects, ticked where they hold a ZapfDingbats 8."""
    boxes = on = 0
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root
        for page in pdf.pages:
            assert "/Annots" not in page.obj
            for form in page.resources.get("/XObject", {}).values():
                content = form.read_bytes()
                boxes += b"re S" in content
                on += b"(8) Tj" in content
    return boxes, on


def mail_parts(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def odt_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        root = etree.fromstring(archive.read("content.xml"))
    space = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    for gap in root.iter(f"{space}s", f"{space}tab"):
        gap.text = " "
    return fold(" ".join(all_text(p) for p in root.iter(f"{space}p", f"{space}h")))


def rtf_text(data: bytes) -> str:
    text = re.sub(
        r"\\'([0-9a-f]{2})", lambda m: bytes.fromhex(m[1]).decode("cp1252"), data.decode("ascii")
    )
    text = re.sub(r"\\par\b ?", "\n", text)
    return fold(re.sub(r"[{}]|\\[a-z*]+-?\d* ?", "", text))
