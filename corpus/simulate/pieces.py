"""Text with marks on it: cut, joined and edited so that every mark keeps standing on its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

Edit = tuple[int, int, str]

# A sentence ends at a stop before a capital, or at a line's end.
_END = re.compile(r"(?<=[.!?])[ \t]+(?=[A-ZÅÄÖ”\"»])|\n+")
# Stops that end no sentence.
_SHORT = re.compile(
    r"\b(?:bl\.a|t\.ex|d\.v\.s|m\.m|m\.fl|t\.o\.m|fr\.o\.m|f\.d|resp|ca|kl|nr|dnr|ev|inkl|tel|jan|"
    r"feb|aug|sept?|okt|nov|dec|st|dr|ordf|s\.k|etc|landst|komm)\.$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the words at `start:end` say: a code, or the mention of a partner with its `context`."""

    code: str
    start: int
    end: int
    context: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and its marks."""

    text: str
    marks: tuple[Mark, ...] = ()

    def cut(self, start: int, end: int) -> Piece:
        """Return `text[start:end]` with the marks that overlap it, cut to it."""
        kept = tuple(
            replace(m, start=max(m.start, start) - start, end=min(m.end, end) - start)
            for m in self.marks
            if m.start < end and m.end > start
        )
        return Piece(self.text[start:end], kept)

    def edited(self, edits: Iterable[Edit]) -> Piece:
        """Return the piece with `(start, end, new text)` replaced; overlapping later edits fall."""
        text, position = "", 0
        done: list[tuple[int, int, int, int]] = []  # old start and end, new start and end
        for start, end, new in sorted(edits):
            if start < position:
                continue
            text += self.text[position:start]
            done.append((start, end, len(text), len(text) + len(new)))
            text += new
            position = end
        text += self.text[position:]

        def moved(offset: int, to_end: bool) -> int:
            """Return where an offset has gone; inside an edit, to one of its edges."""
            shift = 0
            for start, end, new_start, new_end in done:
                if offset <= start:
                    break
                if offset < end:
                    return new_end if to_end else new_start
                shift = new_end - end
            return offset + shift

        marks = (
            replace(m, start=moved(m.start, False), end=moved(m.end, True)) for m in self.marks
        )
        return Piece(text, tuple(m for m in marks if m.start < m.end))


def join(pieces: Iterable[Piece], between: str) -> Piece:
    """Return the non-empty pieces one after the other with `between` between them."""
    text, marks = "", []
    for piece in pieces:
        if not piece.text:
            continue
        text += between if text else ""
        shift = len(text)
        marks += [replace(m, start=m.start + shift, end=m.end + shift) for m in piece.marks]
        text += piece.text
    return Piece(text, tuple(marks))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the sentences, white space around them left out."""
    start = 0
    for end in [*_END.finditer(text), None]:
        stop = len(text) if end is None else end.start()
        if end is not None and "\n" not in end[0] and _SHORT.search(text[start:stop]):
            continue
        first = start + len(text[start:stop]) - len(text[start:stop].lstrip())
        last = start + len(text[start:stop].rstrip())
        if first < last:
            yield first, last
        start = stop if end is None else end.end()


def without(piece: Piece, spans: Iterable[tuple[int, int]]) -> Piece:
    """Return the piece without these sentences, the white space that is left evened out."""
    edits: list[Edit] = []
    for start, end in spans:
        while end < len(piece.text) and piece.text[end] in " \t":
            end += 1
        edits.append((start, end, ""))
    cut = piece.edited(edits)
    holes = [(m.start(), m.end(), "\n\n") for m in re.finditer(r"\n{3,}", cut.text)]
    cut = cut.edited(holes)
    first = len(cut.text) - len(cut.text.lstrip())
    return cut.cut(first, max(first, len(cut.text.rstrip())))
