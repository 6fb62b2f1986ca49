"""What one damaged word may have been: known words and compounds within the confusion set."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from math import log

from pipeline.language.repair_channel import options
from pipeline.language.repair_counts import load_counts

# Log-probabilities of words that the table lacks. A dictionary word is rarer than any counted one;
# a string that nothing knows is kept only where no reading of it is a word.
IN_DICTIONARY = log(2e-8)
UNKNOWN = log(1e-9)
A_LETTER = -1.0  # by which each letter makes an unknown string rarer
JOINED = log(1e-2)  # that two words stand together as a compound
JOINTS = ("", "s", "e")
MOST_PARTS = 3
GENITIVE = log(0.02)
AS_IT_STANDS = log(8)  # how much likelier another reading of a sound compound must be
LEAST_PART = 3
LEAST_PART_COUNT = 8
DICTIONARY_PART = 6
COMPOUND_FROM = 8
MOST_SPELLINGS = 400
MOST = 8


@lru_cache(maxsize=20_000)
def readings(seen: str, lost: float) -> tuple[tuple[str, float, float], ...]:
    """Return (word, log P(word), log P(seen | word)) for a lower-case word, the best first.

    The word as it stands is among them. Counted words come first; only where none fits are the
    dictionary and compounds asked.
    """
    words = load_counts()
    found = [(w, words.alone(w), c) for w, c in _counted(seen, lost)]
    if not found and len(seen) >= LEAST_PART:
        found = [(w, IN_DICTIONARY, c) for w, c in _in_dictionary(seen, lost)]
        found += _parts(seen, lost)
        if len(seen) >= COMPOUND_FROM:
            found += _compounds(seen, lost)
    if not any(word == seen for word, _, _ in found):
        found.append((seen, UNKNOWN + A_LETTER * len(seen), 0.0))
    best: dict[str, tuple[str, float, float]] = {}
    for one in sorted(found, key=lambda f: (-(f[1] + f[2]), f[0])):
        best.setdefault(one[0], one)
    kept = list(best.values())[:MOST]
    return tuple(kept if any(w == seen for w, _, _ in kept) else [*kept, best[seen]])


def _counted(seen: str, lost: float) -> Iterator[tuple[str, float]]:
    """Yield the counted words that `seen` may stand for, with log P(seen | word)."""
    words = load_counts()
    for word, cost, rest in _walk(seen, lost, "", 0.0):
        if not rest and word in words.words:
            yield word, cost


def _walk(seen: str, lost: float, done: str, cost: float) -> Iterator[tuple[str, float, str]]:
    """Yield every start of a counted word that reads the start of `seen`, and what is left."""
    if done:
        yield done, cost, seen
    for letters, length, more in _steps(seen, lost):
        if load_counts().begins(done + letters):
            yield from _walk(seen[length:], lost, done + letters, cost + more)


def _steps(seen: str, lost: float) -> Iterator[tuple[str, int, float]]:
    """Yield the letters that the start of `seen` may stand for: (letters, length seen, cost)."""
    if seen and seen[0].isalpha():
        yield seen[0], 1, 0.0
    for length in (1, 2):
        if len(seen) >= length:
            for letter, cost in options(lost).get(seen[:length], ()):
                yield letter, length, cost


def _in_dictionary(seen: str, lost: float) -> Iterator[tuple[str, float]]:
    """Yield dictionary words; a word with too many spellings is left to the compounds."""
    from pipeline.language.lemmas import is_word

    spelled = list(islice(_spellings(seen, lost, "", 0.0), MOST_SPELLINGS + 1))
    if len(spelled) <= MOST_SPELLINGS:
        yield from ((word, cost) for word, cost in spelled if word.isalpha() and is_word(word))


def _spellings(seen: str, lost: float, done: str, cost: float) -> Iterator[tuple[str, float]]:
    if not seen:
        yield done, cost
    for letters, length, more in _steps(seen, lost):
        yield from _spellings(seen[length:], lost, done + letters, cost + more)


def _compounds(seen: str, lost: float) -> list[tuple[str, float, float]]:
    """Return compounds of two or three counted words, perhaps with an s or e between them."""
    known: dict[str, list[tuple[str, float, float]]] = {}

    def parts(rest: str, left: int) -> list[tuple[str, float, float]]:
        key = f"{left} {rest}"
        if key not in known:
            found = [(w, likely, c) for w, likely, c in _parts(rest, lost)]
            if left > 1:
                found += joined(rest, left)
            known[key] = sorted(found, key=lambda f: -(f[1] + f[2]))[:MOST]
        return known[key]

    def joined(whole: str, left: int) -> list[tuple[str, float, float]]:
        counts = load_counts()
        return [
            (first + joint + last, counts.alone(first) + likely + JOINED, cost + more)
            for first, cost, rest in _walk(whole, lost, "", 0.0)
            if len(first) >= LEAST_PART and counts.words.get(first, 0) >= LEAST_PART_COUNT
            for joint in JOINTS
            if rest.startswith(joint) and len(rest) - len(joint) >= LEAST_PART
            for last, likely, more in parts(rest.removeprefix(joint), left - 1)
        ]

    found = [(w, p, AS_IT_STANDS if w == seen else c) for w, p, c in joined(seen, MOST_PARTS)]
    return sorted(found, key=lambda f: -(f[1] + f[2]))[:MOST]


def _parts(seen: str, lost: float) -> Iterator[tuple[str, float, float]]:
    counts = load_counts()
    found = False
    for ending, rarer in (("", 0.0), ("s", GENITIVE)):
        if not seen.endswith(ending):
            continue
        for word, cost in _counted(seen.removesuffix(ending), lost):
            if len(word) >= LEAST_PART and counts.words[word] >= LEAST_PART_COUNT:
                found = True
                yield word + ending, counts.alone(word) + rarer, cost
    if not found and len(seen) >= DICTIONARY_PART:
        yield from ((word, IN_DICTIONARY, cost) for word, cost in _in_dictionary(seen, lost))
