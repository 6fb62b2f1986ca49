"""What an OCR engine without Swedish makes of å, ä and ö, and of i and l: the confusion set."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import log

# Share of each spelling among the lost letters of such scans; the rest is too rare to search for.
LOST = {
    "å": {"a": 0.60, "é": 0.12, "d": 0.10, "i": 0.06, "4": 0.04, "&": 0.02},
    "ä": {"a": 0.34, "é": 0.26, "i": 0.14, "d": 0.12, "4": 0.05, "&": 0.03, "e": 0.02},
    "ö": {"o": 0.64, "6": 0.17, "d": 0.06, "é": 0.05, "0": 0.02, "i": 0.01},
}
# One letter read as two: "véander", "aktdorer", "grundlidggande".
TWICE = {"å": "aéd4", "ä": "aédi4", "ö": "oé6d"}
A_PAIR = 0.003
# These happen to letters of any language.
WORN = {"i": {"1": 0.02, "|": 0.002, "i1": 0.002}, "l": {"1": 0.02}, "o": {"0": 0.01}}
_PLAIN = str.maketrans("åäöéü", "aaoeu")


def plain(word: str) -> str:
    """Return a lower-case word without its marks: what most lost letters look like."""
    return word.translate(_PLAIN)


@cache
def options(lost: float) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each spelling the letters it may stand for, with log P(spelling | letter).

    `lost` is the share of å, ä and ö that were lost, 0-1. A letter read as itself is not listed.
    """
    table: dict[str, list[tuple[str, float]]] = {}
    for letter, spellings in LOST.items():
        for seen, share in spellings.items():
            table.setdefault(seen, []).append((letter, log(share * lost)))
    for letter, marks in TWICE.items():
        for seen in map("".join, product(marks, marks)):
            table.setdefault(seen, []).append((letter, log(A_PAIR * lost)))
    for letter, spellings in WORN.items():
        for seen, share in spellings.items():
            table.setdefault(seen, []).append((letter, log(share)))
    return {seen: tuple(ones) for seen, ones in table.items()}
