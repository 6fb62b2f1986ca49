"""Which figures of a report may be compared: those about the same time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.check.types import Report, Scope

_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Scopes:
    """The years that a report as a whole is about; a figure without year is about them too."""

    whole: frozenset[frozenset[int]]

    def main(self, scope: Scope) -> bool:
        """Tell whether something is about the report's own time."""
        if scope.earlier:
            return False
        # A table of two rounds side by side is about the later one too.
        spans = any(len(years) > 1 and years <= scope.years for years in self.whole)
        return not scope.years or scope.years in self.whole or spans

    def same(self, one: Scope, other: Scope) -> bool:
        """Tell whether two figures are about the same time."""
        if self.main(one) and self.main(other):
            return True
        return one.earlier == other.earlier and one.years == other.years


def scopes_of(report: Report) -> Scopes:
    """Find out what years a report is about: those of its title, and the last it often names."""
    named = Counter(year for s in report.sentences for year in s.scope.years)
    often = [year for year, n in named.items() if n >= _OFTEN]
    whole = {report.title_years} if report.title_years else set()
    if often:
        whole.add(frozenset({max(often)}))
    return Scopes(frozenset(whole))
