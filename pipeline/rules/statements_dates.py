"""Whether words name a day after the report was written, or a year before the project began.

The manual's ruling I11: decided, but from a day after the report or the project's end, is a plan.
S4: what was founded before the project is no new structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from spacy.tokens import Span

from annotations.statements import load_decisions
from corpus.types import DocumentKind, Submission
from pipeline.language.swedish import text_of
from pipeline.parse.dates import points
from pipeline.rules.patterns import Match

WRITING = timedelta(days=120)  # a report without a date is written within so long of the period
FORMS = (DocumentKind.BLANKETT_SLUT, DocumentKind.BLANKETT_DEL)
TAIL = 80  # characters at the end of an account, where its day and signature stand
PROJECT = 3  # years: a project without a first day began within so many of its report
BESIDE = 24  # characters around words in which a year is theirs
YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?!\d)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Written:
    """When a report was written: not before `first` and not after `last`.

    `began`: the year in which the project did, or the first in which it may have.
    """

    first: date
    last: date
    began: int = 0

    def before(self, text: str) -> bool | None:
        """Return whether the first day that the text names came later; None where it cannot tell.

        A day without a year is the nearest one, and is read only where the report is dated.
        """
        found = next(iter(points(text)), None)
        if found is not None and not found.yearless:
            return self._before(found.first)
        if self.first != self.last:
            return None
        if found is not None:
            return self._before(self._nearest(found.first.month, found.first.day))
        known = load_decisions()
        for ahead, word in pairwise(["", *_WORD.findall(text.lower())]):
            month = known.seasons.get(f"{ahead} {word}") or known.seasons.get(word)
            if month:
                return ahead in known.next_words or self._before(self._nearest(month, 1))
        return None

    def _before(self, day: date) -> bool | None:
        return True if day > self.last else False if day <= self.first else None

    def _nearest(self, month: int, day: int) -> date:
        days = (date(self.last.year + n, month, min(day, 28)) for n in (-1, 0, 1))
        return min(days, key=lambda at: abs(at - self.last))


def written(submission: Submission, text: str) -> Written | None:
    """Return when the report was written, by its date or else by the project's last day.

    The day under an account without a form ("Nora den 3 maj 2012") goes before one in its heading.
    """
    header = submission.header
    start = header.period_start.year if header.period_start else 0
    day = header.datum
    if submission.kind not in FORMS:
        end = submission.end or len(text)
        signed = (p for p in points(text[max(end - TAIL, submission.start) : end]) if p.exact)
        day = max((p.first for p in signed if not p.yearless), default=day)
        day = max(day, header.datum) if day and header.datum else day
    if day is not None:
        return Written(day, day, start or day.year - PROJECT)
    if header.period_slut is not None:
        last = header.period_slut
        return Written(last, last + WRITING, start or last.year - PROJECT)
    return None


def founded_before(sentence: Span, hit: Match, at: Written | None) -> bool:
    """Whether the years beside the words, and there are any, all lie before the project."""
    if at is None:
        return False
    start = max(hit.start_char - sentence.start_char - BESIDE, 0)
    beside = text_of(sentence)[start : hit.end_char - sentence.start_char + BESIDE]
    years = [int(year) for year in YEAR.findall(beside)]
    return bool(years) and max(years) < at.began
