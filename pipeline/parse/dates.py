"""Dates and periods as Swedish officials write them: "2008-09-01", "ht 2009", "090101-101231"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

FIRST_YEAR, LAST_YEAR = 1995, 2039
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari febr feb", "mars mar", "april apr", "maj", "juni jun",
            "juli jul", "augusti aug", "september sept sep", "oktober okt", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_POINT = re.compile(
    rf"(?<![\d/:])(?:"
    rf"(?P<iso>(?P<y1>{_YEAR})\s?[-./–]\s?(?P<m1>0?[1-9]|1[0-2])\s?[-./–]\s?(?P<d1>[0-3]?\d)(?!\d))"
    rf"|(?P<eight>(?P<y2>20\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>[0-3]\d)(?!\d))"
    rf"|(?P<six>(?P<y3>[012]\d)(?P<m3>0[1-9]|1[0-2])(?P<d3>[0-3]\d)(?![\d-]\d{{3,4}}(?!\d)|\d))"
    rf"|(?P<short>(?P<y7>0\d|1\d|2\d)-(?P<m7>0[1-9]|1[0-2])-(?P<d7>[0-3]\d)(?!\d))"
    rf"|(?P<slash>(?P<d4>[0-3]?\d)/(?P<m4>1[0-2]|0?[1-9])[\s-]+(?P<y4>{_YEAR}|[012]\d)(?!\d))"
    rf"|(?P<long>(?:(?:den\s+)?(?P<d5>[0-3]?\d)(?::?e|:a)?\s+)?(?P<m5>{_MONTH})\b\.?\s*(?:månad\s+)?(?:år\s+)?(?P<y5>{_YEAR}|[-–'’][012]\d)?(?!\d))"
    rf"|(?P<ym>(?P<y6>{_YEAR})\s?[-./–]\s?(?P<m6>0[1-9]|1[0-2])(?!\d))"
    rf"|(?P<term>\b(?P<half>ht|vt|hösten|våren|höst|vår|höstterminen|vårterminen|sommaren|årsskiftet)\s*[-–]?\s*(?P<y8>{_YEAR}|[-–'’]?[012]\d)(?!\d))"
    rf"|(?P<year>(?P<y9>{_YEAR})(?!\d))"
    rf")",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"[\s,(]*(?:[-–—]{1,2}|till?\s+och\s+med|t\.?\s?o\.?\s?m\.?|till\s+den|till|tom|fram\s+till|och\s+fram\s+till|till\s+sista|/)[\s,]*(?:den\s+)?(?:sista\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """A point in time as written, as the days it covers."""

    first: date
    last: date
    start: int
    end: int
    exact: bool
    yearless: bool = False


def points(text: str) -> list[When]:
    """Return every date, month, term and year in the text, in order."""
    return [when for match in _POINT.finditer(text) if (when := _when(match))]


def day(text: str) -> date | None:
    """Return the first exact day in the text, or None."""
    return next((w.first for w in points(text) if w.exact and not w.yearless), None)


def periods(text: str) -> Iterator[tuple[date, date, int, int]]:
    """Yield (first day, last day, start, end) for each span of time written as from–to.

    "2009–2010" is whole years, "sept 2008 – aug 2010" whole months, "ht 2009 – vt 2010" half
    years. A month without a year takes it from the other end.
    """
    found = points(text)
    skip = False
    for a, b in pairwise(found):
        if skip:
            skip = False
            continue
        if not _JOIN.fullmatch(text[a.end : b.start]):
            continue
        first, last = a.first, b.last
        if a.yearless:
            first = _with_year(a.first, b.last.year)
            if first > last:
                first = _with_year(a.first, b.last.year - 1)
        elif b.yearless:
            last = (
                _last_day(a.last.year, b.last.month)
                if not b.exact
                else _with_year(b.last, a.last.year)
            )
            if last < first:
                last = last.replace(year=last.year + 1)
        if first <= last and (last - first).days <= 366 * 8:
            skip = True
            yield first, last, a.start, b.end


def period(text: str) -> tuple[date, date] | None:
    """Return the span a header value states: from–to, or the days a lone term or year covers."""
    spans = list(periods(text))
    if spans:
        first, last, _, _ = spans[0]
        if len(spans) > 1 and re.fullmatch(
            r"\s*(?:och|samt|\+|,|&|/)\s*", text[spans[0][3] : spans[1][2]]
        ):
            last = max(last, spans[1][1])
        return first, last
    short = re.search(rf"(?<!\d)({_YEAR})\s*[-–/]\s*(\d\d)(?![\d-])", text)
    if short:
        year = int(short.group(1))
        end = year - year % 100 + int(short.group(2))
        if year <= end <= year + 8:
            return date(year, 1, 1), date(end, 12, 31)
    found = [w for w in points(text) if not w.yearless]
    if len(found) >= 2 and not any(w.exact for w in found):
        return min(w.first for w in found), max(w.last for w in found)
    if len(found) == 1 and not found[0].exact:
        return found[0].first, found[0].last
    return None


def _when(match: re.Match[str]) -> When | None:
    g = match.groupdict()
    start, end = match.span()
    if g["term"]:
        year = _full_year(g["y8"])
        first, last = _half(g["half"].lower(), year)
        return When(first, last, start, end, False) if _sane(year) else None
    if g["year"]:
        year = int(g["y9"])
        return (
            When(date(year, 1, 1), date(year, 12, 31), start, end, False) if _sane(year) else None
        )
    if g["ym"]:
        year, month = int(g["y6"]), int(g["m6"])
        return When(date(year, month, 1), _last_day(year, month), start, end, False)
    if g["long"]:
        return _written(g, start, end)
    for y, m, d in (
        ("y1", "m1", "d1"),
        ("y2", "m2", "d2"),
        ("y3", "m3", "d3"),
        ("y7", "m7", "d7"),
        ("y4", "m4", "d4"),
    ):
        if g[y]:
            return _exact(_full_year(g[y]), int(g[m]), int(g[d]), start, end)
    return None


def _written(g: dict[str, str], start: int, end: int) -> When | None:
    """ "1 mars 2009", "mars 2009", and "1 mars" whose year stands at the other end."""
    month = _MONTHS[g["m5"].lower()]
    if g["y5"] is None:
        year = 2000
        if g["d5"]:
            found = _exact(year, month, int(g["d5"]), start, end)
            return When(found.first, found.last, start, end, True, True) if found else None
        return When(date(year, month, 1), _last_day(year, month), start, end, False, True)
    year = _full_year(g["y5"])
    if g["d5"]:
        return _exact(year, month, int(g["d5"]), start, end)
    return (
        When(date(year, month, 1), _last_day(year, month), start, end, False)
        if _sane(year)
        else None
    )


def _exact(year: int, month: int, day_: int, start: int, end: int) -> When | None:
    if not _sane(year) or not 1 <= day_ <= _last_day(year, month).day:
        return None
    at = date(year, month, day_)
    return When(at, at, start, end, True)


def _sane(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _full_year(text: str) -> int:
    digits = int(re.sub(r"\D", "", text))
    return digits if digits > 99 else 2000 + digits


def _half(name: str, year: int) -> tuple[date, date]:
    if name.startswith("h"):
        return date(year, 7, 1), date(year, 12, 31)
    if name.startswith("v"):
        return date(year, 1, 1), date(year, 6, 30)
    if name.startswith("s"):
        return date(year, 6, 1), date(year, 8, 31)
    return date(year, 1, 1), date(year, 1, 1)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _with_year(at: date, year: int) -> date:
    return at.replace(year=year, day=min(at.day, _last_day(year, at.month).day))
