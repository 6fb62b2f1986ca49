"""The mark of a row: which item it is, what was shown, sealed so that a shifted row is noticed.

A mark is `ID.SEQ.SEAL`. The seal (HMAC-SHA256, 80 bits) covers the item, where its log stood and
the words of the row that the reviewer reads, so that a decision can only land on what it stood
beside.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_SEAL_DIGITS = 20
_BETWEEN = "\x1f"
_NEITHER_LETTER_NOR_DIGIT = re.compile(rf"[^\w{_BETWEEN}]+|_+")


@dataclass(frozen=True, slots=True)
class Mark:
    """An item's id and its log's length when the workbook was written."""

    item: int
    seq: int


def sign(secret: str, mark: Mark, shown: Sequence[str]) -> str:
    """Return the text of a mark for a row that shows the words `shown`."""
    return f"{mark.item}.{mark.seq}.{_seal(secret, mark, shown)}"


def verify(secret: str, text: str, shown: Sequence[str]) -> Mark | None:
    """Return the mark that `sign` wrote for these words, or None where anything was changed."""
    parts = text.strip().split(".")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts[:2]):
        return None
    mark = Mark(int(parts[0]), int(parts[1]))
    expected = _seal(secret, mark, shown)
    given = parts[2].encode(errors="replace")
    return mark if hmac.compare_digest(given, expected.encode()) else None


def _seal(secret: str, mark: Mark, shown: Sequence[str]) -> str:
    words = _plain(_BETWEEN.join(text.replace(_BETWEEN, "") for text in shown))
    message = f"{mark.item}.{mark.seq}.{words}".encode()
    return hmac.digest(secret.encode(), message, "sha256").hex()[:_SEAL_DIGITS]


def _plain(text: str) -> str:
    """Return the letters and digits: programs change spaces, line ends and how å is composed."""
    return _NEITHER_LETTER_NOR_DIGIT.sub("", unicodedata.normalize("NFC", text))
