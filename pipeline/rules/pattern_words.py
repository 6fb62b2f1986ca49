"""The single words that all patterns ask for, looked up once for each word form of a text."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.scope import load_scope
from pipeline.language.lemmas import lemma

END = -1  # the id of whatever ends a clause


class PatternError(ValueError):
    """A pattern that cannot be read. The message names the file or entry, and the pattern."""


class Atoms:
    """The single words that patterns ask for, by id, and which of them a word form is."""

    def __init__(self) -> None:
        self._exact: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._suffixes: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        self._known: dict[str, frozenset[int]] = {}  # by word form, as far as words are added
        self._count = 0
        self.any = self._new({}, "*")

    def exact(self, word: str) -> int:
        """Register a word that counts only in these very letters and return its id."""
        return self._new(self._exact, word)

    def add(self, word: str) -> int:
        """Register `ord`, `ord*`, `*ord`, `*ord*` or `*` and return its id.

        Raises PatternError for a star elsewhere.
        """
        if word == "*":
            return self.any
        core = word.strip("*").lower()
        if not core or "*" in core:
            raise PatternError(f"stjärnan står fel i {word!r}")
        before, after = word.startswith("*"), word.endswith("*")
        if before and after:
            return self._new(self._parts, core)
        if before or after:
            return self._new(self._suffixes if before else self._prefixes, core)
        return self._new(self._words, core)

    def of(self, text: str) -> frozenset[int]:
        """Return the ids of everything that a word form is, `END` among them where it is one."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = frozenset(self._look_up(text))
        return known

    def _look_up(self, surface: str) -> Iterator[int]:
        base = surface.partition(":")[0].rstrip(".")  # "BUP:s", "psyk."
        if base and base != surface:
            yield from self._look_up(base)
        if surface in self._exact:
            yield self._exact[surface]
        if any(c.isalnum() for c in surface):
            yield self.any
        lower = surface.lower()
        if lower in load_scope().clauses.enders or not any(c.isalnum() for c in surface):
            yield END
        for form in {lower, lemma(lower)}:
            if form in self._words:
                yield self._words[form]
            size = len(form)
            for i in range(size):
                if (n := self._suffixes.get(form[i:])) is not None:
                    yield n
                if (n := self._prefixes.get(form[: i + 1])) is not None:
                    yield n
                if self._parts:
                    for j in range(i + 2, min(size, i + 24) + 1):
                        if (n := self._parts.get(form[i:j])) is not None:
                            yield n

    def _new(self, table: dict[str, int], word: str) -> int:
        if word not in table:
            table[word] = self._count
            self._count += 1
            self._known.clear()
        return table[word]


ATOMS = Atoms()
