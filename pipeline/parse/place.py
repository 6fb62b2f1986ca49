"""Which municipality and county a text speaks of, tolerant of spelling and OCR damage."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from rapidfuzz import fuzz, process

from annotations.places.places import Places, load_places
from pipeline.parse.fold import fold, squeeze

CLOSE = 84.0  # rapidfuzz ratio two squeezed names need to be the same one misspelt
_ADDED = re.compile(
    r"\b(?:kommun(?:en|ens|s)?|stad(?:en|ens|s)?|stadsdels?\w*|social\w*|individ\w*|omsorgs\w*|namnd\w*|"
    r"forvaltning\w*|region(?:en)?|kn|sdf|sdn|ifo|varje|m\.?\s?fl\.?|lans?styrelsen?\w*|lst|lan|lans|i|av)\b\.?"
)
_TOP = 700  # letters of a document that count as its head


def municipality(value: str, places: Places | None = None) -> str | None:
    """Return the code of the municipality a header value names ("Umeå kommuns", "Malmö stad").

    With several names ("Borås och Mark") the first counts. None when nothing fits well enough.
    """
    names = _names(places or load_places())
    parts = re.split(
        r"\s+(?:och|samt|o|tillsammans med|genom|i samverkan med)\s+|[,;:/(+&]|\s[-–]\s", value
    )
    for part in [*parts, value]:
        key = squeeze(_ADDED.sub(" ", fold(part)))
        if code := _lookup(key, names):
            return _as_written(code, part, places or load_places())
    return None


def county(value: str, places: Places | None = None) -> str | None:
    """Return the code of the county a header value names ("Länsstyrelsen i Jämtlands län")."""
    names = _county_names(places or load_places())
    for part in [*re.split(r"[,;:/(]", value), value]:
        if code := _lookup(squeeze(_ADDED.sub(" ", fold(part))), names):
            return code
    return None


def county_in(text: str, places: Places | None = None) -> str | None:
    """Return the county whose board or name the text mentions most, or None."""
    pattern, codes = _county_pattern(places or load_places())
    votes: Counter[str] = Counter()
    for match in pattern.finditer(fold(text)):
        weight = 2 if match.group("board") else 1
        votes[codes[re.sub(r"\s+", " ", match.group("name"))]] += weight
    return votes.most_common(1)[0][0] if votes else None


def municipality_in(text: str, places: Places | None = None) -> tuple[str, float] | None:
    """Return (code, share of the votes) of the municipality a free text comes from, or None.

    A name beside "kommun" or "stad" votes three times, in the head of the text twice more; a name
    on its own once. A name right after "länsstyrelsen i" is a county's and does not vote.
    """
    pattern, codes, words = _town_pattern(places or load_places())
    flat = fold(text)
    votes: dict[str, float] = {}
    for match in pattern.finditer(flat):
        name = re.sub(r"\s+", " ", match.group("name"))
        given = text[match.start("name") : match.end("name")]
        if match.group("board") or match.group("county"):
            continue
        beside = bool(match.group("suffix") or match.group("prefix"))
        if not beside and (name in words or not given[:1].isupper()):
            continue
        if match.group("district") and not beside:
            continue
        weight = (3.0 if beside else 1.0) * (3.0 if match.start() < _TOP else 1.0)
        code = _as_written(codes[name], given, places or load_places())
        votes[code] = votes.get(code, 0.0) + weight
    if not votes:
        return None
    best = max(votes, key=lambda c: votes[c])
    return best, votes[best] / sum(votes.values())


def _lookup(key: str, names: dict[str, str]) -> str | None:
    """Return the code of a squeezed name: exact, in the genitive, or the one clear near miss."""
    if len(key) < 2:
        return None
    for variant in (key, key.removesuffix("s"), key + "s"):
        if variant in names:
            return names[variant]
    if len(key) < 4:
        return None
    near = process.extract(key, names.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=2)
    if not near or (
        len(near) > 1 and near[0][1] - near[1][1] < 3 and names[near[0][0]] != names[near[1][0]]
    ):
        return None
    return names[near[0][0]]


def _as_written(code: str, text: str, places: Places) -> str:
    """Return the code of the name that stands in `text` where two names fold alike (Håbo, Habo)."""
    for name, other in _doubles(places).get(code, ()):
        if re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE):
            return other
    return code


@cache
def _doubles(places: Places) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by code, the names that fold to the same letters as another municipality's."""
    alike: dict[str, list[tuple[str, str]]] = {}
    for name, code in places.names:
        alike.setdefault(squeeze(name), []).append((name, code))
    return {
        code: tuple(same) for same in alike.values() if len({c for _, c in same}) > 1
        for _, code in same
    }  # fmt: skip


@cache
def _names(places: Places) -> dict[str, str]:
    return {squeeze(name): code for name, code in (*places.districts, *places.names)}


@cache
def _county_names(places: Places) -> dict[str, str]:
    table = {squeeze(_ADDED.sub(" ", fold(name))): code for name, code in places.county_names}
    return {**table, **{squeeze(name): code for name, code in places.county_names}}


@cache
def _county_pattern(places: Places) -> tuple[re.Pattern[str], dict[str, str]]:
    codes: dict[str, str] = {}
    for name, code in places.county_names:
        for variant in (fold(name), fold(name) + "s"):
            codes.setdefault(variant, code)
    names = "|".join(_spaced(n) for n in sorted(codes, key=len, reverse=True))
    shared = r"(?:\s+lan(?:s)?\b)"
    return re.compile(
        rf"(?:(?P<board>lans?styrelsen?\s*(?:i\s+)?)|\b(?=(?:{names}){shared}))(?P<name>{names})\b"
    ), codes


@cache
def _town_pattern(places: Places) -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    codes: dict[str, str] = {}
    words: set[str] = {fold(w) for w in places.words}
    for name, code in (*places.names, *places.districts):
        base = fold(name)
        for variant in (base, base + "s"):
            codes.setdefault(variant, code)
            if base in words:
                words.add(variant)
    districts = {fold(n) for n, _ in places.districts} - {fold(n) for n, _ in places.names}
    towns = sorted(
        (n for n in codes if n not in districts and n.removesuffix("s") not in districts),
        key=len,
        reverse=True,
    )
    parts = sorted((n for n in codes if n not in towns), key=len, reverse=True)
    both = "|".join(_spaced(n) for n in [*towns, *parts])
    inner = "|".join(_spaced(n) for n in parts)
    return (
        re.compile(
            rf"(?P<board>lans?styrelsen?\s+(?:i\s+)?)?(?P<prefix>\b(?:kommunen|staden|kommunerna|stadsdelsnamnden|stadsdelen)\s+)?"
            rf"(?=(?P<district>(?:{inner})\b)?)"
            rf"\b(?P<name>{both})\b(?P<county>\s+lan\b)?(?P<suffix>[\s-]+(?:kommun|stads?(?!teater)|stadsdel))?"
        ),
        codes,
        frozenset(words),
    )


def _spaced(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"\s+")
