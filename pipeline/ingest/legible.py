"""Is there anything to read? Refuses noise and other scripts, tells where å, ä and ö are lost."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Document, Note
from pipeline.errors import ReadError
from pipeline.ingest.quality import LEAST_AAO, aao_share, poor

# Latin letters with all their marks lie below this code point.
_LATIN_END = 0x250
_LEAST_LETTERS = 50
_LEAST_LATIN = 0.6


def refuse_illegible(text: str) -> None:
    """Raise ReadError `obegriplig` when most letters of a text are not Latin ones.

    A damaged file that a converter accepts, or a font without a table of its letters, gives such
    text. Fewer than 50 letters say nothing.
    """
    letters = [c for c in text if c.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return
    if sum(ord(c) < _LATIN_END for c in letters) < _LEAST_LATIN * len(letters):
        raise ReadError(
            "obegriplig",
            "Texten går inte att läsa: tecknen är inte svenska bokstäver.",
            "Filen är troligen skadad; öppna den och spara den på nytt som PDF.",
        )


def note_lost_letters(document: Document) -> Document:
    """Return the document, with the note `dalig_text` if its text has lost its å, ä and ö.

    The PDF reader judges page by page and reads such a page again; a text somebody saved after an
    OCR engine without Swedish can only be told of. Unusual words alone are no ground here.
    """
    if any(note.code == "dalig_text" for note in document.notes):
        return document
    reason = poor(document.text) if aao_share(document.text) < LEAST_AAO else None
    if reason is None:
        return document
    note = Note("dalig_text", f"Texten är skadad. {reason} Läs den mot originalet.")
    return replace(document, notes=(*document.notes, note))
