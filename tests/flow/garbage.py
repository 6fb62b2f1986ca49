"""Files that municipalities do not send on purpose, made fresh for each test."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from pathlib import Path

import pikepdf
from reportlab.pdfgen.canvas import Canvas


def fill(folder: Path) -> set[str]:
    """Write one of each kind of garbage; return the names that must end with a reason."""
    rng = random.Random(7)
    noise = rng.randbytes(20_000)
    pdf = _pdf()
    writers = {
        "tom.pdf": b"",
        "tom.docx": b"",
        "avklippt.pdf": pdf[: len(pdf) // 3],
        "avklippt.docx": _zip({"[Content_Types].xml": b"<Types/>"})[:40],
        "brus.pdf": b"%PDF-1.7\n" + noise,
        "brus.docx": b"PK\x03\x04" + noise,
        "brus.odt": noise,
        "brus.txt": noise,
        "brus.rtf": b"{\\rt" + noise,
        "brus.doc": bytes.fromhex("d0cf11e0a1b11ae1") + noise,
        "brus.jpg": b"\xff\xd8\xff\xe0" + noise,
        "brus.png": b"\x89PNG\r\n\x1a\n" + noise,
        "brus.msg": bytes.fromhex("d0cf11e0a1b11ae1") + noise,
        "last.pdf": _encrypted(),
        "flatebomb.pdf": _flate_bomb(),
        "zipbomb.docx": _zip_bomb(),
        "zipbomb.zip": _zip({"stor.txt": b"0" * 300_000_000}),
        "program.exe": b"MZ" + noise,
        "kalkyl.xlsx": _zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}),
        "utan_andelse": noise,
        "djupt.zip": _nested(6),
    }
    for name, data in writers.items():
        (folder / name).write_bytes(data)
    with (folder / "enorm.pdf").open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    (folder / "slinga").symlink_to(folder, target_is_directory=True)
    (folder / "lank.docx").symlink_to(folder / "finns_inte.docx")
    os.mkfifo(folder / "ror.txt")
    hidden = folder / "olasbar.docx"
    hidden.write_bytes(b"x")
    hidden.chmod(0)
    bad = {*writers, "enorm.pdf", "slinga", "lank.docx", "ror.txt", "olasbar.docx"} - {"djupt.zip"}
    # Only the innermost archive is refused; the file beside it has been read.
    return bad


def _pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Slutredovisning av projektet")
    canvas.save()
    return out.getvalue()


def _encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="hemligt", owner="hemligt"))
    return out.getvalue()


def _flate_bomb() -> bytes:
    """Return a small PDF whose page content unpacks to 2 GB."""
    block = b"0 0 m 1 1 l S " * 1024
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(block * 64) for _ in range(2200)) + packer.flush()
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n"
        % len(data)
        + data
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def _zip_bomb() -> bytes:
    return _zip(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"<w>" + b" " * 400_000_000 + b"</w>",
        }
    )


def _nested(depth: int) -> bytes:
    data = b"innerst"
    for _ in range(depth):
        data = _zip({"inre.zip": data})
    return data


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
