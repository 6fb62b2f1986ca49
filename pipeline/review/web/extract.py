"""The piece of a document that is shown: paragraphs cut where evidence and hidden words begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.review.masking import Masked, mask

LONGEST = 60_000
"""Characters shown at most; what is cut off is said."""
_AROUND = 700
_TICKS = re.compile("[☒☐☑]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that look the same: evidence or not; `hidden` says what was left out, `text` is ""."""

    text: str
    mark: bool = False
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """Paragraphs of pieces; `cut_before` and `cut_after` say whether the document goes on."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    cut_before: bool = False
    cut_after: bool = False

    @property
    def hides(self) -> int:
        """How many hidden pieces there are."""
        return sum(bool(piece.hidden) for paragraph in self.paragraphs for piece in paragraph)


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of whole lines around `start:end`, some hundred characters each way."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    first = text.rfind("\n", 0, low) + 1
    last = text.find("\n", high)
    return first, len(text) if last < 0 else last


def cut(
    text: str,
    start: int,
    end: int,
    marks: Iterable[tuple[int, int]] = (),
    hidden: Iterable[Masked] = (),
) -> Extract:
    """Return `text[start:end]` as paragraphs; spans are offsets into `text`."""
    start, end = max(0, start), min(len(text), end)
    stop = min(end, start + LONGEST)
    marks, hidden = list(marks), list(hidden)
    edges = sorted(
        {start, stop}
        | {
            edge
            for span in (*marks, *((m.start, m.end) for m in hidden))
            for edge in span
            if start < edge < stop
        }
        | {i + d for i in _newlines(text, start, stop) for d in (0, 1) if start < i + d < stop}
    )
    paragraphs: list[tuple[Piece, ...]] = []
    pieces: list[Piece] = []
    covered = None  # what a mark's edge or a line end cuts in two is still one thing hidden
    for a, b in pairwise(edges):
        if text[a:b] == "\n":
            paragraphs.append(tuple(pieces))
            pieces = []
            continue
        mark = any(s <= a and b <= e for s, e in marks)
        over = next((m for m in hidden if m.start <= a and b <= m.end), None)
        if over is None:
            pieces.append(Piece(text[a:b], mark))
        elif over is not covered:
            pieces.append(Piece("", mark, over.kind.label))
            covered = over
    paragraphs.append(tuple(pieces))
    filled = [_stripped(p) for p in paragraphs if any(q.hidden or q.text.strip() for q in p)]
    return Extract(tuple(_with_labels(filled)), cut_after=stop < end)


def _with_labels(paragraphs: Iterable[tuple[Piece, ...]]) -> Iterator[tuple[Piece, ...]]:
    """Put a tick that stands alone in its line before the words that follow it."""
    sign: tuple[Piece, ...] = ()
    for paragraph in paragraphs:
        if len(paragraph) == 1 and _TICKS.fullmatch(paragraph[0].text):
            yield from [sign] if sign else []
            sign = paragraph
            continue
        yield (*sign, Piece(" "), *paragraph) if sign else paragraph
        sign = ()
    yield from [sign] if sign else []


def _stripped(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Strip the blanks at both ends of a paragraph."""
    first, *rest = pieces
    parts = [Piece(first.text.lstrip(), first.mark, first.hidden), *rest]
    last = parts[-1]
    parts[-1] = Piece(last.text.rstrip(), last.mark, last.hidden)
    return tuple(p for p in parts if p.text or p.hidden)


def _newlines(text: str, start: int, end: int) -> Iterator[int]:
    at = text.find("\n", start, end)
    while at >= 0:
        yield at
        at = text.find("\n", at + 1, end)


def quote(text: str, most: int = 300) -> Extract:
    """Return the beginning of a text on one line, without tick signs and personal data."""
    text = " ".join(_TICKS.sub(" ", text).split())[: 4 * most]
    # Half a number is not known for one: what is hidden is found before the text is cut off.
    return cut(text, 0, min(len(text), most), (), mask(text))


def veiled(text: str, clear: bool = False) -> str:
    """Return a name or a heading with its personal data blacked out, unless `clear`."""
    at, parts = 0, []
    for hidden in () if clear else mask(text):
        parts += [text[at : hidden.start], "▮▮▮"]
        at = hidden.end
    return "".join((*parts, text[at:]))
