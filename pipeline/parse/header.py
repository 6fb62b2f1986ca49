"""What identifies a project: place, period, title, money, number and date of one submission."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from annotations.documents import Headings, load_headings
from annotations.places.places import Places
from corpus.types import Answer, Document, Header, Note
from pipeline.parse import dates, money, place

_DNR = re.compile(
    r"(?:\b[Dd]nr|\bDNR|[Dd]iarie(?:nummer|nr)|[Ää]rendenummer|[Bb]eteckning)\b[.:]?\s*(?:är\s+)?"
    r"(?P<dnr>(?:[A-ZÅÄÖ]{1,6}[ -]?)?\d{1,6}[\w/.:-]*\d(?:[ -]\d{1,6})?)"
)
_HUNDREDS = re.compile(r"\s*(?:ca\.?|cirka|c:a)?\s*([1-9]\d{1,2})\.?\s*", re.IGNORECASE)
_OPENS = re.compile(r"\W*(?:(?:ca\.?|cirka|c:a)\s*)?\d{2,3}[ .]?\d{3}\b", re.IGNORECASE)
_TOP = 1500
_HEAD = 400  # letters in which a lone sum beside the title is the grant
_READ = 200_000  # letters, some hundred pages, in which a free text says what it is about
_PERIOD_CUE = re.compile(
    r"(?:projekt|rapport|redovisnings)(?:tid|period)\w*|\bavse(?:r|tt)\b|\btiden\b|\bperioden\b"
    r"|disponera\w*|till och med|medlen",
    re.IGNORECASE,
)


def from_form(
    document: Document,
    fields: Mapping[str, tuple[int, int]],
    answers: Sequence[Answer],
    places: Places,
) -> tuple[Header, tuple[Note, ...]]:
    """Read the header of a filled-in form from the stretches of its fields and its money answer."""
    text = document.text

    def value(name: str) -> str:
        a, b = fields.get(name, (0, 0))
        return text[a:b]

    town = place.municipality(value("kommun"), places) or place.municipality(
        value("sokande"), places
    )
    county = place.county(value("lan"), places) if value("lan") else None
    span = dates.period(value("period")) if value("period") else None
    header = Header(
        titel=_clean_title(value("titel")),
        period_start=span[0] if span else None,
        period_slut=span[1] if span else None,
        beviljat_belopp=_form_amount(text, answers),
        dnr=_dnr(value("dnr"), text[:_TOP], bare=True),
        datum=dates.day(value("datum")),
    )
    return _placed(header, town, county, places)


def from_text(
    document: Document, start: int, end: int, places: Places, applying: bool = False
) -> tuple[Header, tuple[Note, ...]]:
    """Read the header of a free-form document from the words of `start:end`."""
    text = document.text[start : min(end, start + _READ)]
    found = place.municipality_in(text, places)
    sums = money.sums(text)
    applied = money.stated(text, sums, "sokt")
    granted = money.stated(text, sums, "beviljat")
    if applying and applied is None:
        asked = [s for s in sums if s.meaning in ("okand", "sokt")]
        applied = asked[0].amount if len(asked) == 1 else None
    span = _free_period(text)
    header = Header(
        titel=_title(text),
        period_start=span[0] if span else None,
        period_slut=span[1] if span else None,
        beviljat_belopp=None if applying else granted or _lone_sum(text[:_HEAD]),
        sokt_belopp=applied,
        dnr=_dnr("", text[:_TOP], bare=False),
        datum=dates.day(text[:_TOP]) or dates.day(dict(document.meta).get("date", "")),
    )
    return _placed(header, found[0] if found else None, place.county_in(text, places), places)


def fallback(header: Header, document: Document, places: Places) -> tuple[Header, tuple[Note, ...]]:
    """Fill what a form's fields do not say from the text around them: letterhead and title."""
    text = document.text
    notes: tuple[Note, ...] = ()
    if header.kommunkod is None:
        named = place.municipality_in(text[:_TOP], places)
        said = place.municipality_in(text[:_READ], places) if named is None else None
        found = named or (said if said and said[1] >= 0.6 else None)
        if found:
            header, notes = _placed(header, found[0], header.lanskod, places)
    if header.lanskod is None and (county := place.county_in(text[:_TOP], places)):
        header = replace(header, lan=places.county(county).name, lanskod=county)
    if header.titel is None:
        header = replace(header, titel=_title(text[:_TOP]))
    return header, notes


def _placed(
    header: Header, town: str | None, county: str | None, places: Places
) -> tuple[Header, tuple[Note, ...]]:
    """Put municipality and county in; the municipality decides where the two disagree."""
    notes: tuple[Note, ...] = ()
    if town is None:
        lan = places.county(county).name if county else None
        return replace(header, lan=lan, lanskod=county), notes
    home = places.municipality(town)
    if county is not None and county != home.county_code:
        notes = (
            Note(
                "lan_kommun",
                f"Länet {places.county(county).name} och kommunen {home.name} hör inte ihop; "
                "kommunens län används.",
            ),
        )
    own = places.county(home.county_code)
    return replace(header, lan=own.name, lanskod=own.code, kommun=home.name, kommunkod=town), notes


def money_answer(text: str, answers: Sequence[Answer], *, form: bool) -> Decimal | None:
    """Return the grant that the answer to the question of money states, or None.

    A form's box may hold nothing but "185", which tells thousands. Under a heading of a free text a
    sum without a cue is the grant only where it opens the answer.
    """
    for value in (text[a.start : a.end] for a in answers if a.question == "belopp"):
        if form and (alone := _HUNDREDS.fullmatch(value)):
            return Decimal(alone[1]) * 1000
        opens = form or _OPENS.match(value) is not None
        if (amount := money.granted(value, bare=opens)) is not None:
            return amount
    return None


def _form_amount(text: str, answers: Sequence[Answer]) -> Decimal | None:
    """Return the grant: from its own question, else from an answer that states it."""
    if (amount := money_answer(text, answers, form=True)) is not None:
        return amount
    own = [text[a.start : a.end] for a in answers if a.question == "belopp"]
    rest = [text[a.start : a.end] for a in answers if a.question != "belopp"]
    for line in (line for value in rest for line in value.split("\n")):  # in the wrong field
        found = money.sums(line, bare=True)
        if found and len(re.findall(r"[^\W\d_]{4,}", line)) <= 2:
            return money.granted(line, bare=True)
    for value in [*own, *rest]:
        known = [s for s in money.sums(value, bare=True) if s.meaning == "beviljat"]
        if known:
            return known[0].amount
    return None


def _lone_sum(text: str) -> Decimal | None:
    """Return the only sum in the head of a document ("… av Småstegen (110 000 kr)"), or None."""
    found = {s.amount for s in money.sums(text) if s.meaning == "okand"}
    return found.pop() if len(found) == 1 else None


def _dnr(value: str, top: str, *, bare: bool) -> str | None:
    if bare and (match := re.search(r"[\w/.:-]*\d[\w/.: -]*\d", value)):
        return match.group().strip()
    found = _DNR.search(top)
    return " ".join(found.group("dnr").split()) if found else None


def _free_period(text: str) -> tuple[date, date] | None:
    """Return the first from–to near words about the project's time, else the longest one."""
    spans = list(dates.periods(text))
    for first, last, a, b in spans:
        if (last - first).days > 20 and _PERIOD_CUE.search(
            text[max(0, a - 60) : a] + text[b : b + 20]
        ):
            return first, last
    return None


def _title(text: str, rules: Headings | None = None) -> str | None:
    for pattern in (rules or load_headings()).titles:
        if (match := _pattern(pattern).search(text)) and (
            title := _clean_title(match.group("title"))
        ):
            return title
    return None


def _clean_title(value: str) -> str | None:
    title = " ".join(value.split()).strip(' .:;,–-_”"“*#|')
    if any(w.start == 0 and w.end >= len(title) - 2 for w in dates.points(title)):
        return None
    return title if re.search(r"[^\W\d_]{2}", title) and len(title) <= 140 else None


@cache
def _pattern(find: str) -> re.Pattern[str]:
    return re.compile(find)
