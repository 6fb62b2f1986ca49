"""Reading files: `read(path)` gives a Document whatever the format, or raises ReadError."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from functools import cache
from pathlib import Path

from corpus.types import Document
from pipeline.errors import ReadError
from pipeline.ingest.base import Reader

HEAD_BYTES = 4096


@cache
def readers() -> tuple[Reader, ...]:
    """Return every module's READER, highest priority first; a new format is a new file here."""
    found = [
        reader
        for info in pkgutil.iter_modules(__path__)
        if (reader := getattr(importlib.import_module(f"{__name__}.{info.name}"), "READER", None))
    ]
    return tuple(sorted(found, key=lambda r: (-r.priority, r.family)))


def sniff(path: Path) -> tuple[Reader, str] | None:
    """Return the reader and format for a file by its first bytes, or None when nothing takes it."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    for reader in readers():
        if fmt := reader.accepts(head, path.suffix.lower()):
            return reader, fmt
    return None


def read(path: Path, name: str | None = None, *, converted: Path | None = None) -> Document:
    """Read one file.

    `name` is what the document is called in the results; the file name by default. `converted` is
    a DOCX that `office.convert` has made of it already.
    Raises ReadError with a Swedish reason and advice; nothing else for bad input.
    """
    from pipeline.ingest.legible import note_lost_letters, refuse_illegible
    from pipeline.ingest.normalise import assemble
    from pipeline.ingest.office import read_converted

    if path.stat().st_size == 0:
        raise ReadError("tom", "Filen är tom.", "Be avsändaren skicka den igen.")
    match = sniff(path)
    if match is None:
        raise ReadError(
            "okant_format",
            f"Formatet känns inte igen ({path.suffix or 'utan filändelse'}).",
            "Spara om filen som PDF eller Word och lägg den i inkorgen igen.",
        )
    reader, fmt = match
    raw = read_converted(converted, fmt) if converted else reader.read(path, fmt)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    document = assemble(raw, name=name or path.name, sha256=sha256)
    refuse_illegible(document.text)
    return note_lost_letters(document)
