"""The shipped word and word-pair counts, loaded when the first damaged page is met."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from annotations.places.places import load_places

DATA = Path(__file__).with_name("data")
COUNTS = "repair_counts.tsv.gz"
SIGNS = "damage_signs.txt"
A_PLACE = 60
PAIRED = 0.7  # weight of the pair against the word alone


@dataclass(frozen=True, eq=False)
class Counts:
    """How often words and pairs of words stand in Swedish government text; all lower case."""

    words: Mapping[str, int]
    pairs: Mapping[str, int]
    ordered: tuple[str, ...]
    total: int

    def begins(self, start: str) -> bool:
        """Whether a word begins with `start`."""
        at = bisect_left(self.ordered, start)
        return at < len(self.ordered) and self.ordered[at].startswith(start)

    def alone(self, word: str) -> float:
        """Return log P(word) of a word in the table."""
        return log(self.words[word] / self.total)

    def after(self, before: str, word: str, alone: float) -> float:
        """Return log P(word | before), given log P(word)."""
        pair = self.pairs.get(f"{before} {word}")
        if pair is None:
            return alone + log(1 - PAIRED)
        return log(PAIRED * pair / self.words[before])


@cache
def load_counts() -> Counts:
    """Read the table (0.2 s, 40 MB)."""
    words: dict[str, int] = {}
    pairs: dict[str, int] = {}
    for line in gzip.decompress((DATA / COUNTS).read_bytes()).decode().splitlines():
        key, _, count = line.partition("\t")
        if " " in key:
            pairs[key] = int(count)
        else:
            words[key] = int(count)
    for name, _ in (*(places := load_places()).names, *places.county_names):
        # Every municipality may be named in a report, however seldom the counted texts do.
        if name.isalpha():
            words[name.lower()] = max(words.get(name.lower(), 0), A_PLACE)
    return Counts(words, pairs, tuple(sorted(words)), sum(words.values()))


@cache
def signs() -> frozenset[str]:
    """Return the spellings that only text without its å, ä and ö has in number."""
    return frozenset((DATA / SIGNS).read_text(encoding="utf-8").split())
