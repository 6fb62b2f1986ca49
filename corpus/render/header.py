"""What stands in the form's header: county, municipality, period, as people write them."""

from __future__ import annotations

from datetime import date

from corpus.months import MONTHS
from corpus.records import Report
from corpus.render.layout import Layout
from corpus.render.wording import LABELS

_DASHES = {"iso": "–", "long": " – ", "hyphen": " - ", "short": "-"}


def header_rows(report: Report, layout: Layout) -> tuple[tuple[str, str], ...]:
    """Return (label, value) of the header's rows in the layout's wording."""
    applicant = report.kommun
    if layout.seed % 2:
        applicant = municipality(report.kommun)
    if layout.title_place == "applicant" and report.titel:
        applicant = f"{municipality(report.kommun)}, {report.titel}"
    values = [("lan", report.lan), ("kommun", applicant)]
    if layout.title_place == "row":
        values.append(("titel", report.titel or ""))
    values.append(("period", period(report.period or "", layout.dates)))
    return tuple((LABELS[key].pick(layout.wording), value) for key, value in values)


def municipality(name: str) -> str:
    """Return a municipality's formal name: Vetlanda kommun, Köpings kommun, Region Gotland."""
    if name == "Gotland":
        return "Region Gotland"
    genitive = name[-1] not in "aouyåeiäösxz" and name != "Kalmar"
    return f"{name}{'s' if genitive else ''} kommun"


def period(text: str, dates: str) -> str:
    """Write `2008-09-01–2010-08-31` in one of four ways; other texts stay as they are."""
    try:
        start, end = (date.fromisoformat(part.strip()) for part in text.split("–"))
    except ValueError:
        return text
    return f"{_day(start, dates)}{_DASHES[dates]}{_day(end, dates)}"


def _day(day: date, dates: str) -> str:
    if dates == "long":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return day.strftime("%y%m%d") if dates == "short" else day.isoformat()
