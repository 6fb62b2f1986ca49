"""Long names with one letter wrong: "försäkringkassan", "brottsoferjouren", "vådcentralen"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from annotations.lexicon import Entry
from annotations.scope import load_scope
from pipeline.language.lemmas import is_word, lemma

LONG = 9  # letters of a name in which one wrong letter is safe
SHORTEST = LONG - 1  # letters of such a name with one of them lost
SURE = 0.85  # entries of at least this weight
TAIL = 6  # letters that may follow it: an ending, not another word
PART = 4  # letters of each word of a compound
DISCOUNT = 0.95  # weight of a name so found


class Spelling:
    """The long single words of a lexicon, by their first letter."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Collect the words of entries that name one actor in any answer."""
        self._stems: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for entry in entries:
            if not entry.generic and entry.weight >= SURE and not entry.questions:
                for stem in _stems(entry):
                    self._stems[stem[0]].append((stem, entry))
        self._known: dict[str, Entry | None] = {}

    def meant(self, word: str) -> Entry | None:
        """Return the entry that a lower-case word misspells, or None."""
        if word not in self._known:
            self._known[word] = self._nearest(word)
        return self._known[word]

    def _nearest(self, word: str) -> Entry | None:
        if len(word) < SHORTEST or not word.isalpha() or _real(word):
            return None
        near = [(len(s), e) for s, e in self._stems.get(word[0], ()) if _begins(word, s)]
        return max(near, key=lambda n: n[0])[1] if near else None


def _stems(entry: Entry) -> Iterator[str]:
    for pattern in entry.patterns:
        words = pattern.split("|") if " " not in pattern else []
        yield from (
            s
            for w in words
            if len(s := w.strip("*").lower()) >= LONG
            and s.isalpha()
            and not s.endswith(load_scope().open_stems)
        )


def _begins(word: str, stem: str) -> bool:
    """Whether the word begins with the stem but for one letter."""
    size = len(stem)
    sizes = (size - 1, size, size + 1)
    return any(one_apart(word[:k], stem) for k in sizes if len(word) - k <= TAIL)


def _real(word: str) -> bool:
    """Whether it is a word as it stands, or two of them."""
    if is_word(word) or is_word(lemma(word)):
        return True
    cuts = range(PART, len(word) - PART + 1)
    return any(
        is_word(word[i:]) and (is_word(word[:i]) or is_word(word[:i].removesuffix("s")))
        for i in cuts
    )


@cache
def one_apart(a: str, b: str) -> bool:
    """Whether one letter added, lost, changed, or two swapped lead from `a` to `b`."""
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return abs(len(a) - len(b)) == 1
    rest_a, rest_b = a[start:], b[start:]
    swapped = rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
    return rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:] or swapped
