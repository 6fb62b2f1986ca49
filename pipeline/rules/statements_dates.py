"""Whether words name a day that had not come when the report was written ("från hösten 2013").

The manual's ruling I11: decided, but from a day after the report or the project's end, is a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from corpus.types import Submission
from pipeline.parse.dates import points

WRITING = timedelta(days=120)  # a report without a date is written within so long of the period
SEASONS = {"vår": 1, "som": 6, "hal": 7, "hös": 8, "årss": 1, "nyår": 1}  # the month they begin


@dataclass(frozen=True, slots=True)
class Written:
    """When a report was written: not before `first` and not after `last`."""

    first: date
    last: date

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
    if header.datum is not None:
        return Written(header.datum, header.datum)
    if header.period_slut is not None:
        return Written(header.period_slut, header.period_slut + WRITING)
    return None
