"""A document as the rules should read it: damaged pages repaired, with the way back to offsets.

The document itself is never changed: quotes and offsets are always of the original text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TypeVar

from corpus.types import Answer, Choice, Document, Line, Mention, Page, Submission, Tick
from pipeline.language.repair_damage import damaged
from pipeline.language.repair_text import Change, changes_in


def repair(document: Document) -> Repaired:
    """Return the document with its damaged stretches repaired; sound ones are left untouched.

    Without damage nothing is loaded and `document` comes back as it is.
    """
    changes = _changes(document.text, damaged(document))
    if not changes:
        return Repaired(document, ())
    way = Repaired(document, changes)
    return replace(way, document=way.rewritten(document))


@lru_cache(maxsize=4)
def _changes(text: str, stretches: tuple[tuple[int, int], ...]) -> tuple[Change, ...]:
    return tuple(c for start, end in stretches for c in changes_in(text, start, end))


@dataclass(frozen=True)
class Repaired:
    """A repaired document and the log of what was changed, in text order."""

    document: Document
    changes: tuple[Change, ...]

    def forward(self, offset: int) -> int:
        """Return where an offset into the original text stands in the repaired one."""
        return self._moved(offset, self._original, self._repaired)

    def back(self, offset: int) -> int:
        """Return where an offset into the repaired text stands in the original."""
        return self._moved(offset, self._repaired, self._original)

    def submission_forward(self, submission: Submission) -> Submission:
        """Return a submission of the original with its offsets into the repaired text."""
        return _submission(submission, self.forward) if self.changes else submission

    def submission_back(self, submission: Submission) -> Submission:
        """Return a submission parsed from the repaired text with offsets into the original."""
        return _submission(submission, self.back) if self.changes else submission

    def mentions_back(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return mentions found in the repaired text with offsets into the original."""
        if not self.changes:
            return tuple(mentions)
        return tuple(
            replace(
                m,
                start=self.back(m.start),
                end=self.back(m.end),
                sent_start=self.back(m.sent_start),
                sent_end=self.back(m.sent_end),
            )
            for m in mentions
        )

    def rewritten(self, document: Document) -> Document:
        """Return the original with the changes made, and every offset moved along."""
        parts: list[str] = []
        at = 0
        for change in self.changes:
            parts += [document.text[at : change.start], change.after]
            at = change.end
        text = "".join([*parts, document.text[at:]])
        return replace(document, text=text, pages=tuple(map(self._page, document.pages)))

    def _page(self, page: Page) -> Page:
        return replace(
            page,
            start=self.forward(page.start),
            end=self.forward(page.end),
            lines=tuple(_spanned(line, self.forward) for line in page.lines),
            ticks=tuple(_spanned(tick, self.forward) for tick in page.ticks),
        )

    @cached_property
    def _original(self) -> tuple[list[int], list[int]]:
        return [c.start for c in self.changes], [c.end for c in self.changes]

    @cached_property
    def _repaired(self) -> tuple[list[int], list[int]]:
        starts, ends, shift = [], [], 0
        for c in self.changes:
            starts.append(c.start + shift)
            ends.append(c.start + shift + len(c.after))
            shift += len(c.after) - len(c.before)
        return starts, ends

    @staticmethod
    def _moved(offset: int, here: _Ends, there: _Ends) -> int:
        i = bisect_right(here[0], offset) - 1
        if i < 0:
            return offset
        if offset >= here[1][i]:
            return offset - here[1][i] + there[1][i]
        return min(offset - here[0][i] + there[0][i], there[1][i])


_Ends = tuple[list[int], list[int]]
_Move = Callable[[int], int]
_Spanned = TypeVar("_Spanned", Line, Tick, Answer, Choice)


def _submission(submission: Submission, move: _Move) -> Submission:
    return replace(
        submission,
        start=move(submission.start),
        end=move(submission.end),
        answers=tuple(_spanned(a, move) for a in submission.answers),
        choices=tuple(_spanned(c, move) for c in submission.choices),
    )


def _spanned(thing: _Spanned, move: _Move) -> _Spanned:
    return replace(thing, start=move(thing.start), end=move(thing.end))
