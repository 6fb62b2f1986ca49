"""Figures in Swedish text: digits and words, amounts, percentages, and how exactly meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.types import About, Kind, Number
from pipeline.check.words import Words

_SPACE = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
# What is no quantity: dates, years and spans of years, numbers of laws, cases, pages and tables.
_NO_QUANTITY = re.compile(
    r"""<sup>.*?</sup>
    | \b\d{4}-\d{2}-\d{2}\b
    | \b\d{1,2}[ ]?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*\.?(?:[ ]\d{4})?\b
    | \b(?:19|20)\d\d[ ]?(?:[–—-]|/|och|till|samt)[ ]?(?:19|20)?\d\d\b(?![ ]?(?:kr|kronor|\d{3}))
    | \b(?:tabell|tab|figur|fig|diagram|bilaga|bilagor|kapitel|kap|avsnitt|sidan?|sid|s|punkt
        |fråga|nr|nummer|dnr|skr|prop|art|steg|fas|årskurs|åk|kategori|nivå|isbn|tfn|telefon|tel
        |fax|box|version|del|lag|§)
        [ ]?\.?[ ]?:?[ ]?\d+(?:[ .:/–-]\d+)*\b
    | \b\d+[ ]?(?:kap|§|st\.)
    | \b\d+(?:[:/]\d+)+\b
    | \b\w*[a-zåäö]\w*[:/-]\d[\w:/-]*
    | \b\d{2,4}[ ]?-[ ]?\d[\d ]{4,}
    | \b\d{3}[ ]\d{2}(?=[ ][A-ZÅÄÖ])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = (
    rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?(?!\d)|\d{{1,3}}(?:\.\d{{3}})+(?!\d)|\d+(?:,\d+)?"
)
_SCALES = {
    "miljard": Decimal(10) ** 9,
    "miljarder": Decimal(10) ** 9,
    "mdkr": Decimal(10) ** 9,
    "miljon": Decimal(10) ** 6,
    "miljoner": Decimal(10) ** 6,
    "miljonerna": Decimal(10) ** 6,
    "mnkr": Decimal(10) ** 6,
    "mkr": Decimal(10) ** 6,
    "tkr": Decimal(1000),
    "tusen": Decimal(1000),
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+")


class Numerals:
    """Finds the figures of a text, with the word lists of `labels.yaml`."""

    def __init__(self, words: Words) -> None:
        spelt = "|".join(sorted(words.numerals, key=len, reverse=True))
        scales = "|".join(sorted(_SCALES, key=len, reverse=True))
        self._spelt = {k: Decimal(v) for k, v in words.numerals.items()}
        self._pattern = re.compile(
            rf"(?<![\w,.:/–-])(?:(?P<digits>{_DIGITS})|(?P<word>{spelt}))(?:(?=kr\b)|(?!\w))"
            rf"(?:(?P<percent>{_SPACE}?(?:%|procent(?!enh)\w*))"
            rf"|{_SPACE}?(?P<scale>{scales})\b)?"
            rf"(?P<money>{_SPACE}?(?:kr\b|kronor\b|:-))?",
            re.IGNORECASE,
        )
        self._about = words.about

    def find(self, text: str) -> list[Number]:
        """Return the figures of `text` in order; years, dates and numbers of things left out."""
        return list(self._find(text))

    def _find(self, text: str) -> Iterator[Number]:
        taken = [m.span() for m in _NO_QUANTITY.finditer(text)]
        for match in self._pattern.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            digits, money = match["digits"], bool(match["money"])
            scale = _SCALES.get((match["scale"] or "").lower())
            if digits and not (money or scale or match["percent"]) and _YEAR.fullmatch(digits):
                continue
            value, step = parse(digits) if digits else (self._spelt[match["word"].lower()], _ONE)
            kind = Kind.COUNT
            if match["percent"]:
                kind = Kind.PERCENT
            elif money or (scale and match["scale"].lower() in _MONEY_SCALES):
                kind = Kind.MONEY
            if scale:
                value, step = value * scale, step * scale
            about = self._meant(text[: match.start()])
            yield Number(value, kind, match.start(), match.end(), step, about, digits is None)

    def _meant(self, before: str) -> About:
        tail = " ".join(_WORD.findall(before[-30:])[-3:]).lower()
        for about, cues in self._about.items():
            if any(tail == cue or tail.endswith(" " + cue) for cue in cues):
                return about
        return About.EXACT


_ONE = Decimal(1)
# "23 miljoner" alone is money in a report about grants; "5 tusen" alone is not.
_MONEY_SCALES = frozenset(_SCALES) - {"tusen"}


def parse(digits: str) -> tuple[Decimal, Decimal]:
    """Return a figure written in digits and the worth of its last one: "1 234,5" → 1234.5, 0.1."""
    plain = re.sub(_SPACE, "", digits)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    whole, _, decimals = plain.partition(",")
    return Decimal(f"{whole}.{decimals or 0}"), Decimal(1).scaleb(-len(decimals))


def agree(number: Number, value: Decimal, step: Decimal = _ONE) -> bool:
    """Tell whether a figure may be `value`, as exactly as both are written."""
    if number.about is About.BOUND:
        return True
    rounding = max(number.step, step)
    slack = rounding / 2 if rounding != 1 or number.kind is Kind.PERCENT else Decimal(0)
    difference = value - number.value
    match number.about:
        case About.AROUND:
            return abs(difference) <= max(slack, number.value / 10)
        case About.BELOW:
            return -max(slack, number.value * 12 / 100) <= difference <= slack
        case About.ABOVE:
            return -slack <= difference <= max(slack, number.value * 12 / 100)
        case _:
            return abs(difference) <= slack
