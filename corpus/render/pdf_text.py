"""Breaking paragraphs into lines for the PDF writers: words, fonts, boxes, hyphens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.render.sheet import Box, Para

Measure = Callable[[str, bool, float], float]

_SCALES = {"title": 1.4, "heading": 1.2}
_VOWELS = "aeiouyåäöAEIOUYÅÄÖ"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word with its fonts, or a box, at `x` points from the line's left end."""

    x: float
    text: str = ""
    bold: bool = False
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """One broken line. `height` includes the space before and after; sizes in points."""

    pieces: tuple[Piece, ...]
    size: float
    height: float
    drop: float
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    bold: bool
    box: Box | None = None
    tab: bool = False
    glued: bool = False  # no space before it: "Annat" + ", ange vad:"


def break_lines(
    para: Para, width: float, size: float, measure: Measure, hyphens: bool
) -> list[TextLine]:
    """Return the paragraph's lines; an empty paragraph gives one empty line."""
    size = size * _SCALES.get(para.style, 1.0)
    above = {"heading": size * 0.9, "subheading": size * 0.6}.get(para.style, 0.0)
    leading = size * 1.22
    rows = list(_fill(para, width, size, measure, hyphens)) or [()]
    lines = []
    for n, row in enumerate(rows):
        before = above if n == 0 else 0.0
        after = size * 0.35 if n == len(rows) - 1 else 0.0
        first = para.break_before and n == 0
        lines.append(TextLine(row, size, leading + before + after, before + size, first))
    return lines


def _fill(
    para: Para, width: float, size: float, measure: Measure, hyphens: bool
) -> Iterator[tuple[Piece, ...]]:
    space = measure(" ", False, size)
    row: list[Piece] = []
    x = 0.0
    for token in _tokens(para):
        if token.tab:
            x = max(x + space, width / 2)
            continue
        word = token.text
        if token.glued and row:
            x -= space
        wide = size * 1.1 if token.box else measure(word, token.bold, size)
        while row and x + wide > width:
            cut = _hyphen(word, width - x, token.bold, size, measure) if hyphens else 0
            if cut:
                row.append(Piece(x, word[:cut] + "-", token.bold))
                word = word[cut:]
                wide = measure(word, token.bold, size)
            yield tuple(row)
            row, x = [], 0.0
        row.append(Piece(x, word, token.bold, token.box))
        x += wide + space
    if row:
        yield tuple(row)


def _tokens(para: Para) -> Iterator[_Token]:
    spaced = True
    for inline in para.inlines:
        if isinstance(inline, Box):
            yield _Token("", False, inline)
            spaced = True
            continue
        for n, part in enumerate(inline.text.split("\t")):
            if n:
                yield _Token("", False, tab=True)
            for m, word in enumerate(part.split()):
                glued = m == 0 and not spaced and not part[0].isspace()
                yield _Token(word, inline.bold, glued=glued)
        spaced = inline.text[-1:].isspace() or not inline.text


def _hyphen(word: str, room: float, bold: bool, size: float, measure: Measure) -> int:
    """Return how many letters of a long word fit before a hyphen, or 0; breaks before `KV`."""
    if len(word) < 10 or not word.isalpha():
        return 0
    for cut in range(len(word) - 4, 3, -1):
        syllable = word[cut] not in _VOWELS and word[cut + 1] in _VOWELS
        if syllable and measure(word[:cut] + "-", bold, size) <= room:
            return cut
    return 0
