"""What somebody may have meant who wrote a name that there is not."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_FARTHEST = 2  # letters wrong, missing, too many or changed over


def nearest(written: str, there: Sequence[str]) -> str:
    """Return the known name that is nearest to what was written, "" where none is near."""
    found = process.extractOne(
        written, there, scorer=DamerauLevenshtein.distance, score_cutoff=_FARTHEST
    )
    return str(found[0]) if found else ""
