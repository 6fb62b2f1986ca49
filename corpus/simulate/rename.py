"""Giving borrowed text its new home: places, people, amounts, years, by edits that keep marks."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from corpus.simulate.library import Source
from corpus.simulate.pieces import Edit, Piece
from corpus.simulate.words import words

# Municipalities whose names are words of every day at the beginning of a sentence.
_EVERYDAY = frozenset({"Vara", "Mark"})
_SEATS = r"(?:s|)(?= (?:universitet|högskola|tekniska))"
_UNIVERSITIES = ("Umeå", "Uppsala", "Stockholm", "Örebro", "Karlstad", "Göteborg", "Linköping")
_AMOUNT = re.compile(
    r"(?<![\d,.-])(\d{1,3}(?:[  .]\d{3})+|\d{4,7})"
    r"(?=(?:,\d\d?)? ?(?:kr\b|kronor|:-|SEK|[,.;)]|$|\s))"
)
_CURRENCY = re.compile(r"(?:,\d\d?)? ?(?:kr\b|kronor|:-|SEK)")
_THOUSANDS = re.compile(r"(?<![\d,.])(\d{2,4})(?:,\d+)?(?= ?(?:tkr|kkr|tusen kr|'))")
_ISO = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?=-\d\d-\d\d|-\d\d\b)")
_YEAR = re.compile(r"(?<![\d-])(20[0-2]\d)(?![\d])")
_SHORT_YEAR = re.compile(
    r"\b(?:ht|vt|våren|hösten|sommaren|vintern|jan(?:uari)?|feb(?:ruari)?|mars|april|maj|juni|juli|"
    r"aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|sen|sedan)"
    r"\.? ?[-'’–]?(\d\d)(?!\d|[.:/])"
)
_PLACE_AFTER = re.compile(
    r"\b(?:i|på|från|till|vid|hos|kring|mot) ([A-ZÅÄÖ][a-zåäö]{3,})(?![\wåäö])"
    r"(?! (?:[A-ZÅÄÖ]|universitet))"
)


@dataclass(frozen=True)
class Country:
    """The counties with the names of their municipalities."""

    counties: Mapping[str, tuple[str, ...]]

    @property
    def municipalities(self) -> dict[str, str]:
        """Each municipality's county."""
        return {name: county for county, names in self.counties.items() for name in names}


@dataclass
class Home:
    """A project's new place, money and time, and what its borrowed names have become so far.

    `avoid` is where most of its text comes from: no other place is given that name.
    """

    country: Country
    lan: str
    kommun: str
    belopp: int
    year: int
    rng: random.Random
    avoid: str = ""
    others: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)


def settle(piece: Piece, source: Source, home: Home) -> Piece:
    """Return a piece of `source` with places, people, amounts and years changed to the home's."""
    edits: list[Edit] = []
    taken: list[tuple[int, int]] = []
    finders = (_places(piece.text, source, home), _people(piece.text, home))
    numbers = (_amounts(piece.text, source, home), _years(piece.text, source, home))
    for found in (*finders, *numbers, _small_places(piece.text, source, home)):
        for start, end, new in found:
            if all(end <= s or start >= e for s, e in taken):
                taken.append((start, end))
                edits.append((start, end, new))
    return piece.edited(edits)


def amount(kronor: int) -> str:
    """Write kronor as people do: 150 000."""
    return f"{kronor:,}".replace(",", " ")


def _places(text: str, source: Source, home: Home) -> Iterator[Edit]:
    """Yield municipalities and counties; one's own also as the first part of a word."""
    own = source.kommun
    for name in (own, *source.districts):
        for found in re.finditer(rf"\b{re.escape(name.upper())}\b", text):
            yield found.start(), found.end(), home.kommun.upper()
        if name != own:
            for found in re.finditer(rf"\b{re.escape(name)}(?![a-zåäö]{{2}})s?(?!\w)", text):
                yield found.start(), found.end(), home.kommun + ("s" if found[0] != name else "")
    seat = re.compile(rf"\b{re.escape(own.removesuffix('s'))}{_SEATS}")
    for found in seat.finditer(text):
        known = [u for u in _UNIVERSITIES if u != own]
        yield (
            found.start(),
            found.end(),
            home.others.setdefault(f"{own} universitet", home.rng.choice(known)) + "s",
        )
    tail = r"[a-zåäö]{4,}" if len(own) < 5 else r"[a-zåäöA-ZÅÄÖ-]"
    for found in re.finditer(rf"\b{re.escape(own)}(?={tail})(?!s\b)(\w*)", text):
        if own + found[1] not in home.country.municipalities:
            yield found.start(), found.start() + len(own), home.kommun
    for found in _known(home.country).finditer(text):
        name, start = found[1], found.start()
        if name in _EVERYDAY and (start == 0 or text[max(0, start - 2) : start] in (". ", "? ")):
            continue
        if re.match(r"s? (?:universitet|högskola|tekniska)", text[found.end(1) :]):
            continue
        if re.search(r"\b(?:[Hh]ögskolan i?|Högskolan) ?$", text[:start]) and name != own:
            continue
        new = _new_name(name, source, home)
        if found[2]:  # genitive
            new = new if new[-1] in "sxz" else new + "s"
        yield start, found.end(), new


def _new_name(name: str, source: Source, home: Home) -> str:
    if name == source.kommun:
        return home.kommun
    counties = home.country.counties
    if name in counties and name not in home.country.municipalities:
        return home.lan if name == source.lan else home.others.setdefault(name, _county(name, home))
    if name not in home.others:
        taken = {home.kommun, source.kommun, home.avoid, *home.others.values()}
        near = [m for m in counties[home.lan] if m not in taken]
        far = [m for m in home.country.municipalities if m not in taken]
        home.others[name] = home.rng.choice(near or far)
    return home.others[name]


def _county(name: str, home: Home) -> str:
    return name if name != home.lan else home.rng.choice([c for c in home.country.counties])


@cache
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\wåäö])({'|'.join(map(re.escape, longest))})(s)?(?![\wåäöÅÄÖ])")


def _known(country: Country) -> re.Pattern[str]:
    return _pattern(frozenset(country.municipalities) | frozenset(country.counties))


def _people(text: str, home: Home) -> Iterator[Edit]:
    """Yield first names, and the family name that follows one."""
    for found in _first_names().finditer(text):
        name = found[1]
        if name not in home.people:
            same = next(names for names in words().fornamn if name in names)
            home.people[name] = home.rng.choice([n for n in same if n not in home.people.values()])
        new = home.people[name]
        yield found.start(1), found.end(1), new
        if found[3]:
            family = home.people.setdefault(found[3], home.rng.choice(words().efternamn))
            yield found.start(3), found.end(3), family


@cache
def _first_names() -> re.Pattern[str]:
    names = sorted((n for group in words().fornamn for n in group), key=len, reverse=True)
    return re.compile(
        rf"(?<![\wåäö-])(?<!S:t )({'|'.join(map(re.escape, names))})(?![\wåäö-]*[a-zåäö]{{2}})(s)?"
        rf"(?: ([A-ZÅÄÖ][a-zåäöé]{{2,}}(?:-[A-ZÅÄÖ]\w+)?))?(?!\w)"
    )


def _amounts(text: str, source: Source, home: Home) -> Iterator[Edit]:
    """Yield amounts in kronor, in proportion to what was granted then and now."""
    if not source.belopp:
        return
    share = home.belopp / source.belopp
    for found in _AMOUNT.finditer(text):
        digits = re.sub(r"\D", "", found[1])
        old = int(digits)
        # Other numbers without spaces are accounts, telephones, years.
        if found[1].isdigit() and old != source.belopp and not _CURRENCY.match(text, found.end()):
            continue
        new = home.belopp if old == source.belopp else _rounded(old * share, old)
        plain = found[1].isdigit()
        between = next((c for c in found[1] if not c.isdigit()), " ")
        yield found.start(1), found.end(1), str(new) if plain else amount(new).replace(" ", between)
    for found in _THOUSANDS.finditer(text):
        old = int(found[1]) * 1000
        new = home.belopp if old == source.belopp else _rounded(old * share, old)
        shown = f"{new / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",")
        yield found.start(), found.end(), shown


def _rounded(value: float, like: int) -> int:
    """Round to as many noughts as the old amount had."""
    noughts = len(str(like)) - len(str(like).rstrip("0"))
    unit: int = 10 ** min(noughts, max(len(str(int(value))) - 1, 0))
    return max(round(value / unit) * unit, unit)


def _years(text: str, source: Source, home: Home) -> Iterator[Edit]:
    """Yield the years of the project's own time; what lies before it stays."""
    if source.start is None:
        return
    first = source.start.year
    last, shift = (source.end.year if source.end else first + 2) + 2, home.year - first
    if not shift:
        return
    for pattern in (_ISO, _YEAR):
        for found in pattern.finditer(text):
            if first <= int(found[1]) <= last:
                yield found.start(1), found.end(1), str(int(found[1]) + shift)
    for found in _SHORT_YEAR.finditer(text):
        if first <= 2000 + int(found[1]) <= last:
            yield found.start(1), found.end(1), f"{(int(found[1]) + shift) % 100:02d}"


def _small_places(text: str, source: Source, home: Home) -> Iterator[Edit]:
    """Yield villages and quarters: capitalised words after a preposition that nobody knows."""
    known = frozenset(words().known_names)
    for found in _PLACE_AFTER.finditer(text):
        name = found[1]
        plain = name.removesuffix("s")
        if {name, plain} & known or name.endswith(
            (
                "en",
                "et",
                "erna",
                "enheten",
                "gården",
                "skolan",
                "kyrkan",
                "verket",
                "kassan",
                "ens",
                "ets",
            )
        ):
            continue
        if name in home.people or name in home.people.values() or name in home.others.values():
            continue
        if name not in home.others:
            home.others[name] = home.rng.choice(words().orter)
        yield found.start(1), found.end(1), home.others[name]
