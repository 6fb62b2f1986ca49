"""Is there anything to read? Refuses text that is noise or in another script than ours."""

from __future__ import annotations

from pipeline.errors import ReadError

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
