"""What two papers must share to be worth weighing: keeps the review list linear in the papers."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from corpus.types import Header
from pipeline.parse.fold import fold
from pipeline.projects.profiles import Profile
from pipeline.projects.types import Key

_WORD = re.compile(r"[^\W\d_]{4,}")
_GOAL_WORDS = 6  # goals that say the same share at least one of so many chosen words
_COMMON = 25  # what more papers of one place share says nothing


def signs(profile: Profile, texts: Mapping[str, str]) -> frozenset[str]:
    """Return a paper's number, sums, the words of its title, and some words of its goal.

    The same goal gives the same words: those whose checksums are smallest.
    """
    slim = profile.slim
    found = header_signs(slim.header)
    text = texts[slim.document]
    for answer in slim.answers:
        if answer.question == "mal":
            words = set(_WORD.findall(fold(text[answer.start : answer.end])))
            found |= {f"mal {w}" for w in sorted(words, key=_checksum)[:_GOAL_WORDS]}
        else:
            found.add(text[answer.start : answer.end])  # the digest of all words
    return frozenset(found)


def header_signs(h: Header) -> set[str]:
    """Return a header's number, sums and the words of its title."""
    found = {f"titel {w}" for w in _WORD.findall(fold(h.titel or ""))}
    found |= {f"kr {a}" for a in (h.beviljat_belopp, h.sokt_belopp) if a}
    if h.dnr:
        found.add("dnr " + "".join(c for c in fold(h.dnr) if c.isalnum()))
    return found


def sharing(papers: Mapping[Key, Collection[str]]) -> Iterator[tuple[Key, Key]]:
    """Yield the pairs that share a sign which few of the papers have, each once, smaller first."""
    having: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(papers):
        for sign in papers[key]:
            having[sign].append(key)
    seen: set[tuple[Key, Key]] = set()
    for keys in having.values():
        if len(keys) <= _COMMON:
            seen.update(combinations(keys, 2))
    yield from sorted(seen)


def _checksum(word: str) -> int:
    return zlib.crc32(word.encode())
