"""Wording shared between reports: shingles of six words, the measure of near-duplicates.

Shingling after Broder (1997), On the resemblance and containment of documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

WORDS = 6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shared:
    """Two texts and the six-word sequences that stand in both."""

    first: str
    second: str
    wording: tuple[str, ...]


def shingles(text: str) -> frozenset[str]:
    """Return all sequences of six words, lower case, of one text."""
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1))


def shared_wording(texts: Mapping[str, str], group: Mapping[str, str], most: int) -> list[Shared]:
    """Return pairs of texts of different groups with more than `most` shingles in common.

    `texts` and `group` have the same keys. What the forms and the trade say everywhere is not
    copying, so a caller allows a few.
    """
    where: dict[str, list[str]] = defaultdict(list)
    for key in sorted(texts):
        for shingle in shingles(texts[key]):
            where[shingle].append(key)
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for shingle, keys in where.items():
        for i, first in enumerate(keys):
            for second in keys[i + 1 :]:
                if group[first] != group[second]:
                    pairs[first, second].append(shingle)
    return [
        Shared(a, b, tuple(sorted(found)))
        for (a, b), found in sorted(pairs.items())
        if len(found) > most
    ]
