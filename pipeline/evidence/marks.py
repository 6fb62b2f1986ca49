"""Text with marked spans as HTML: every mark closed within its line, crossing spans split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from html import escape


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """`text[start:end]` is to be marked under `id`; `against` words speak against a category."""

    start: int
    end: int
    id: str
    against: bool = False


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line of text, the same as HTML, and the ids of marks whose last words stand on it."""

    text: str
    html: str
    ended: tuple[str, ...]


class Marker:
    """Marks one document's spans line by line; remembers which ids it has written.

    An id stands on the first piece of a span only. Pieces after it, on the next line or beyond
    the end of a crossing span, carry the id as a class: `broken` lists those spans.
    """

    def __init__(self, text: str, spans: Sequence[Marked]) -> None:
        self._text = text
        self._coming = sorted(spans, key=lambda s: (-s.start, s.end))  # the next one last
        self._open_spans: list[Marked] = []
        self._begun: set[str] = set()
        self.broken: dict[str, None] = {}

    def lines(self, start: int, end: int) -> Iterator[MarkedLine]:
        """Yield the lines of `text[start:end]`, marks opened and closed in each.

        To be asked for stretch after stretch, as they follow in the text.
        """
        at = start
        while at < end:
            found = self._text.find("\n", at, end)
            stop = found if found >= 0 else end
            line = self._text[at:stop]
            if here := self._on(at, stop):
                clipped = [
                    Marked(max(s.start, at), min(s.end, stop), s.id, s.against) for s in here
                ]
                ended = tuple(s.id for s in here if s.end <= stop)
                yield MarkedLine(line, "".join(self._marked(at, stop, clipped)), ended)
            else:
                yield MarkedLine(line, verbatim(line), ())
            at = stop + 1

    def _on(self, at: int, stop: int) -> list[Marked]:
        """Return the spans with words on the line `at:stop`, in order."""
        while self._coming and self._coming[-1].start < stop:
            self._open_spans.append(self._coming.pop())
        if self._open_spans:
            self._open_spans = [s for s in self._open_spans if s.end > at]
        return self._open_spans

    def _marked(self, at: int, stop: int, spans: list[Marked]) -> Iterator[str]:
        """Yield the pieces of one line; where spans cross, the later one is split in two."""
        waiting = [(s.start, -s.end, s) for s in spans]
        heapify(waiting)
        open_ends: list[int] = []
        while waiting or open_ends:
            begin = waiting[0][0] if waiting else stop
            while open_ends and open_ends[-1] <= begin:
                yield verbatim(self._text[at : open_ends[-1]])
                at = open_ends.pop()
                yield "</mark>"
            if not waiting:
                continue
            _, _, span = heappop(waiting)
            yield verbatim(self._text[at : span.start])
            at = span.start
            end = span.end
            if open_ends and end > open_ends[-1]:
                end = open_ends[-1]
                rest = Marked(end, span.end, span.id, span.against)
                heappush(waiting, (rest.start, -rest.end, rest))
            yield self._open(span)
            open_ends.append(end)
        yield verbatim(self._text[at:stop])

    def _open(self, span: Marked) -> str:
        kind = " mot" if span.against else ""
        if span.id in self._begun:
            self.broken[span.id] = None
            return f'<mark class="{span.id}{kind}">'
        self._begun.add(span.id)
        return f'<mark id="{span.id}" class="{span.id}{kind}">'


def verbatim(text: str) -> str:
    """Return text as HTML that a browser reads back as it was; NUL cannot be written."""
    plain = escape(text)
    if "\r" in plain or "\0" in plain:
        plain = plain.replace("\r", "&#13;").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return plain
