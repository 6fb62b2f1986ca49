"""Which stretches of a document an OCR engine without Swedish read: å, ä and ö are lost there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.types import Document
from pipeline.ingest.quality import is_other_language
from pipeline.language.repair_counts import signs

# Sound Swedish has 4-6 å, ä, ö in 100 letters; single sound answers down to none.
MOST_AAO = 0.02
LEAST_WORDS = 20
# Damaged text has a sign in 3 to 20 words of 100; sound text has them only as slips of the pen.
LEAST_SIGNS = 0.02
LEAST_DIFFERENT = 2
LEAST_AGAINST = 3  # signs for each word that still has its å, ä or ö
STRETCH = 1500  # pages longer than two of these are judged in pieces, cut at line breaks

_WORD = re.compile(r"&?\w(?:&?\w)*")
_LETTERS = "åäöÅÄÖ"


def damaged(document: Document) -> tuple[tuple[int, int], ...]:
    """Return the damaged stretches of the text, page by page, as offsets; () for a sound text."""
    return _damaged(document.text, tuple((p.start, p.end) for p in document.pages))


def is_damaged(text: str) -> bool:
    """Tell whether Swedish text has lost its å, ä and ö. Too little text is never damaged."""
    if _has_letters(text):
        return False
    words = _WORD.findall(text)
    if len(words) < LEAST_WORDS:
        return False
    found = [w for w in words if w.lower() in signs()]
    sound = sum(not c.isdisjoint(_LETTERS) for c in map(set, words))
    return (
        len(found) >= max(LEAST_SIGNS * len(words), LEAST_AGAINST * sound)
        and len({w.lower() for w in found}) >= LEAST_DIFFERENT
        and not is_other_language(text)
    )


@lru_cache(maxsize=8)
def _damaged(text: str, pages: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    stretches = [s for start, end in pages for s in _stretches(text, start, end)]
    found = {s for s in stretches if is_damaged(text[slice(*s)])}
    # The last lines of a scan are too few to be judged alone.
    return tuple(s for s in stretches if s in found or (found and _follows(text[slice(*s)])))


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > 2 * STRETCH:
        cut = text.find("\n", start + STRETCH, end - STRETCH // 2) + 1
        if not cut:
            break
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _follows(text: str) -> bool:
    """Whether a stretch beside a damaged one may be damaged too."""
    return not any(c in text for c in _LETTERS) and not is_other_language(text)


def _has_letters(text: str) -> bool:
    # Counting characters is far quicker than words, and nearly every page ends here.
    return sum(map(text.count, _LETTERS)) > MOST_AAO * sum(map(str.isalpha, text))
