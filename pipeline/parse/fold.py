"""Text folded for comparison — lower case, no accents, no spaces — with the way back to offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

_FROM = "åäæàáâãöøòóôéèêëüùúûíìîïçñ" + "ÅÄÆÀÁÂÃÖØÒÓÔÉÈÊËÜÙÚÛÍÌÎÏÇÑ"
_TO = "aaaaaaaoooooeeeeuuuuiiiicn" * 2
_TABLE = str.maketrans(_FROM + "ABCDEFGHIJKLMNOPQRSTUVWXYZ", _TO + "abcdefghijklmnopqrstuvwxyz")
_TOKEN = re.compile(r"[^\W_]+")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_LOOKALIKE = str.maketrans("10", "lo")


def fold(text: str) -> str:
    """Return `text` in lower case without accents, one character for each character."""
    return text.translate(_TABLE)


def squeeze(text: str) -> str:
    """Return only the folded letters and digits: what two wordings are compared by.

    "Hälso- och sjukvården" → "halsoochsjukvarden"; l read as 1 inside a word is l again.
    """
    return "".join(_token(m.group()) for m in _TOKEN.finditer(fold(text)))


@dataclass(frozen=True, eq=False)
class Folded:
    """A text as a row of folded words.

    Word `i` is `text[starts[i]:ends[i]]` of the original and `joined[at[i]:at[i + 1]]` folded.
    """

    text: str
    joined: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    at: tuple[int, ...]

    @cached_property
    def flat(self) -> str:
        """The folded text with its spaces and line breaks, same offsets as the original."""
        return fold(self.text)

    def word_at(self, offset: int) -> int:
        """Return the first word that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def squeezed(self, start: int, end: int) -> str:
        """Return the folded words that start inside `start:end`."""
        i, j = self.word_at(start), self.word_at(end)
        return self.joined[self.at[i] : self.at[j]]


def folded(text: str) -> Folded:
    """Fold a whole text once."""
    flat = fold(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = [0]
    for match in _TOKEN.finditer(flat):
        word = _token(match.group())
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
        at.append(at[-1] + len(word))
    return Folded(text, "".join(words), tuple(starts), tuple(ends), tuple(at))


def _token(word: str) -> str:
    return word.translate(_LOOKALIKE) if _HAS_LETTER.search(word) else word
