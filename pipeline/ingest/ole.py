"""Tell what is inside an OLE file (DOC, MSG, encrypted DOCX) by the names of its streams."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ReadError
from pipeline.ingest.zipguard import damaged, encrypted

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", "krypterad"),
    ("__substg1.0_", "msg"),
    ("__properties_version1.0", "msg"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
)
_CHUNK = 1024 * 1024


def is_ole(head: bytes) -> bool:
    """Tell whether a file that begins so is an OLE compound file."""
    return head.startswith(MAGIC)


def ole_kind(path: Path) -> str | None:
    """Return "doc", "msg", "xls", "ppt" or "krypterad", None for anything else."""
    wanted = [(name.encode("utf-16-le"), kind) for name, kind in _STREAMS]
    overlap = max(len(name) for name, _ in wanted)
    seen: set[str] = set()
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(_CHUNK):
            seen |= {kind for name, kind in wanted if name in tail + chunk}
            tail = chunk[-overlap:]
    return next((kind for _, kind in _STREAMS if kind in seen), None)


def ole_error(path: Path) -> ReadError:
    """Return why an OLE file that calls itself DOCX cannot be read as one."""
    kind = ole_kind(path)
    if kind == "krypterad":
        return encrypted()
    if kind in ("xls", "ppt"):
        return ReadError(
            "okant_format",
            "Det är ett kalkylark eller en presentation, inte ett textdokument.",
            "Spara om filen som PDF och lägg den i inkorgen igen.",
        )
    return damaged()
