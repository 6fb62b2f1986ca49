"""Whether words name a day after the report was written, or a year before the project began.

The manual's ruling I11: decided, but from a day after the report or the project's end, is a plan.
S4: what was founded before the project is no new structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Span

from corpus.types import Submission
from pipeline.language.swedish import text_of
from pipeline.parse.dates import points
from pipeline.rules.patterns import Match

WRITING = timedelta(days=120)  # a report without a date is written within so long of the period
PROJECT = 3  # years: a project without a first day began within so many of its report
BESIDE = 24  # characters around words in which a year is theirs
YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?!\d)")
SEASONS = {"vår": 1, "som": 6, "hal": 7, "hös": 8, "årss": 1, "nyår": 1}  # the month they begin


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
        words = text.lower().split()
        months = (m for word in words for s, m in SEASONS.items() if word.startswith(s))
        month = next(months, None)
        return None if month is None else self._before(self._nearest(month, 1))

    def _before(self, day: date) -> bool | None:
        return True if day > self.last else False if day <= self.first else None

    def _nearest(self, month: int, day: int) -> date:
        days = (date(self.last.year + n, month, min(day, 28)) for n in (-1, 0, 1))
        return min(days, key=lambda at: abs(at - self.last))


def written(submission: Submission) -> Written | None:
    """Return when the report was written, by its date or else by the project's last day."""
    header = submission.header
    start = header.period_start.year if header.period_start else 0
    if header.datum is not None:
        return Written(header.datum, header.datum, start or header.datum.year - PROJECT)
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
