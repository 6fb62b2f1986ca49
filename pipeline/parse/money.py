"""Sums of money in Swedish text, and which of several is the grant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from annotations.money import Compiled, Patterns, load_money
from pipeline.parse.fold import fold

Meaning = Literal["beviljat", "sokt", "annat", "okand"]
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.’']\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,3})?"
_UNIT = (
    r"kronor|kr(?!\w)|sek(?!\w)|:-|,-|tusen\s+kronor|tusen(?!\w)|(?:tkr|ksek|kkr|mkr|mnkr)(?!\w)"
    r"|milj(?:on(?:er)?|\.)?\s*(?:kronor|kr)?(?!\w)|msek(?!\w)|['´’](?!\w)"
)
_SUM = re.compile(rf"(?<![\w§/.,:+-])(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})?", re.IGNORECASE)
_FACTOR = {"t": 1000, "k": 1000, "m": 1_000_000}
_MARKS = ("'", "´", "’")
_THOUSANDS = ("ksek", "kkr", *_MARKS)
_SWEDISH_NUMBER = {
    "ett": 1, "en": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "atta": 8,
    "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15,
    "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19, "tjugo": 20, "trettio": 30,
    "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "attio": 80, "nittio": 90,
}  # fmt: skip
_NUMERAL = "|".join(sorted(_SWEDISH_NUMBER, key=len, reverse=True))
_SPELT = re.compile(
    rf"\b(?P<a>(?:(?:{_NUMERAL})\s?){{0,3}}?(?:hundra\s?)?(?:(?:{_NUMERAL})\s?){{0,3}})tusen\s?"
    rf"(?P<b>(?:(?:{_NUMERAL})\s?){{0,3}}(?:hundra\s?)?(?:(?:{_NUMERAL})\s?){{0,3}})(?!\w)"
)
_CLOSED = re.compile(
    r"\s*(?:[.,;:)!(\n]|$|(?:totalt|for|till|av|och|i|fran|fordelat)\b)"
)  # after "vi fick 60 000"
_LEAST_DIGITS = 5  # of such a number
_MOST_DIGITS = 12
_ADDED = 12  # letters before a bare number in which "… +" makes it part of an addition
_NEVER = re.compile(
    r"\d{6}-\d{4}"
    r"|\b(?:tel|tfn|telefon|mobil|fax|dnr|diarienr|diarienummer|org\.?\s?nr|§)[.:]?\s*[\d\w -/]*$"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money at `start:end`; `unit` is False for a bare number."""

    amount: Decimal
    start: int
    end: int
    unit: bool
    meaning: Meaning = "okand"


def sums(text: str, bare: bool = False) -> list[Sum]:
    """Return the sums in the text, in order, each with what the words around it say it is.

    With `bare` numbers without a unit count too (from 1,000 up, no years): for the field that asks
    for money and nothing else.
    """
    flat = fold(text)
    cues = load_money()
    found = [s for m in _SUM.finditer(text) if (s := _sum(text, flat, m, bare, cues))]
    spelt: list[Sum] = []
    starts = [s.start for s in found]
    for match in _SPELT.finditer(flat):
        if amount := _spelt(match):
            start, end = match.start(), match.start() + len(match.group().rstrip())
            before = bisect_left(starts, end)  # sums in figures do not overlap each other
            if not before or found[before - 1].end <= start:
                spelt.append(Sum(Decimal(amount), start, end, True))
    found = sorted([*found, *spelt], key=lambda s: s.start)
    lows = [0, *(s.end for s in found)]
    highs = [*(s.start for s in found[1:]), len(text)]
    return [_meant(flat, s, a, b, cues.roles) for s, a, b in zip(found, lows, highs, strict=False)]


def granted(text: str, bare: bool = False) -> Decimal | None:
    """Return the granted amount in kronor that the text states, or None.

    Sums written as an addition ("300 000 + 50 000") are added unless their total follows.
    """
    return stated(text, sums(text, bare), "beviljat", bare)


def applied(text: str) -> Decimal | None:
    """Return the amount applied for that the text states, or None."""
    return stated(text, sums(text), "sokt")


def stated(text: str, found: Sequence[Sum], meaning: Meaning, bare: bool = False) -> Decimal | None:
    """Return the amount of one meaning among the sums already found in the text, or None."""
    wanted = [s for s in found if s.meaning == meaning]
    if not wanted and bare:
        wanted = [s for s in found if s.meaning == "okand"]
        if not wanted and len(found) == 1:
            wanted = list(found)
        wanted = _total(text, wanted) or _whole(text, wanted, found)
    if not wanted:
        return None
    first = wanted[0]
    chain = [first]
    for s in found[found.index(first) + 1 :]:
        between = text[chain[-1].end : s.start]
        if re.fullmatch(r"\s*(?:kr|kronor)?\s*(?:\([^)]{0,20}\))?\s*\+\s*", between):
            chain.append(s)
        elif "=" in between and len(between) < 15 and len(chain) > 1:
            return s.amount
        else:
            break
    if len(chain) > 1:
        return sum((s.amount for s in chain), Decimal(0))
    return first.amount


def _total(text: str, listed: Sequence[Sum]) -> list[Sum]:
    """Return the sum that says it adds up those before it in a list of sums, if there is one."""
    added = Decimal(0)
    for i, s in enumerate(listed):
        told = load_money().total.search(fold(text[max(0, s.start - 20) : s.start]))
        if i > 1 and s.amount == added and told:
            return [s]
        added += s.amount
    return []


def _whole(text: str, wanted: Sequence[Sum], found: Sequence[Sum]) -> list[Sum]:
    """Return what the first sum is a part of where it says so ("127 600 av 130 000 kr"), if any."""
    for part in wanted[:1]:
        for s in found[found.index(part) + 1 :][:1]:
            if text[part.end : s.start].strip() == "av":
                return [s]
    return list(wanted)


def _sum(text: str, flat: str, match: re.Match[str], bare: bool, cues: Compiled) -> Sum | None:
    unit = (match.group("unit") or "").lower()
    number = match.group("number")
    start, end = match.span()
    if unit in _MARKS and not _thousands(text, match):
        return None
    if text[end : end + 1] == "%" or re.match(r"\s?(?:%|procent)", text[end : end + 9]):
        return None
    if not unit:
        end = match.start() + len(number)
        following = text[end : end + 12]
        summed = re.match(r"\s*\+\s*\d", following) or re.search(
            r"\d[^\d\n]{0,4}\+\s*$", text[max(0, start - _ADDED) : start]
        )
        told = (
            len(re.sub(r"\D", "", number)) >= _LEAST_DIGITS
            and cues.direct.search(flat[max(0, start - 30) : start])
            and _CLOSED.match(flat, end)
        )
        if not (bare or summed or told):
            return None
        if re.match(r"[-/§\d]|:(?!\s)|\s?§|[a-zåäö]", following) or not _plain(number):
            return None
        if bare and re.match(
            r"\s*(?:personer|deltagare|kvinnor|barn|st\b|timmar|dagar|km|mil\b|h\b)", following
        ):
            return None
    if _NEVER.search(text[max(0, start - 30) : start].lower()) and not unit:
        return None
    amount = _value(number, unit)
    return Sum(amount, start, end, bool(unit)) if amount and amount > 0 else None


def _thousands(text: str, match: re.Match[str]) -> bool:
    """Whether the sign right after two or three digits marks thousands, and closes no quotation."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    number = match.group("number")
    beside = match.start("unit") == match.end("number")
    quoted = any(re.search(rf"(?:^|[\s(]){mark}\w", line) for mark in _MARKS)
    return beside and number.isdecimal() and 2 <= len(number) <= 3 and not quoted


def _plain(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if not 4 <= len(digits) <= 9 or digits.startswith("0"):
        return False
    grouped = len(digits) != len(number)
    return grouped or not 1900 <= int(digits) <= 2099


def _value(number: str, unit: str) -> Decimal | None:
    if len(re.sub(r"\D", "", number)) > _MOST_DIGITS:
        return None
    factor = 1
    if unit.startswith("t") or unit in _THOUSANDS:
        factor = _FACTOR["t"]
    elif unit.startswith("m"):
        factor = _FACTOR["m"]
    grouped = re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f.’']\d{3})+(?:,\d{1,2})?", number)
    if grouped and not (factor > 1000 and re.fullmatch(r"\d\.\d{3}", number)):
        plain = re.sub(r"[^\d,]", "", number).replace(",", ".")
    elif re.fullmatch(r"\d{1,3},\d{3}", number) and factor == 1:
        plain = number.replace(",", "")
    else:
        plain = number.replace(",", ".")
    value = Decimal(plain) * factor
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _spelt(match: re.Match[str]) -> int | None:
    """ "sjuttiofemtusen" → 75000; None where no numeral stands before "tusen"."""
    if not match.group("a").strip():
        return None
    return _numeral(match.group("a")) * 1000 + _numeral(match.group("b"))


def _numeral(words: str) -> int:
    total, rest = 0, words.replace(" ", "")
    if "hundra" in rest:
        before, rest = rest.split("hundra", 1)
        total += 100 * (_numeral(before) or 1)
    while rest:
        name = next(
            (n for n in sorted(_SWEDISH_NUMBER, key=len, reverse=True) if rest.startswith(n)), None
        )
        if name is None:
            return total
        total += _SWEDISH_NUMBER[name]
        rest = rest[len(name) :]
    return total


def _meant(flat: str, here: Sum, low: int, high: int, cues: Sequence[Patterns]) -> Sum:
    """Give a sum the meaning of the nearest cue between the neighbouring sums, `low:high`."""
    before = flat[max(low, here.start - 60) : here.start]
    before = re.split(r"[.!?]\s+(?=\w)|\n\n", before)[-1]
    behind = flat[here.end : min(high, here.end + 40)]
    ends = r"[.!?](?:\s|$)|\n|\b(?:varav|och)\b|[,+]|\s[–-]\s"
    opened = flat[: here.start].endswith("(")  # what stands in brackets tells of itself alone
    ends += r"|\)" if opened else r"|\(" if ")" not in behind else ""
    after = re.split(ends, behind)[0]
    best: tuple[int, Meaning] | None = None
    for cue in cues:
        distances = [len(before) - m.end() for m in cue.before.finditer(before)]
        distances += [
            m.start() - 3 for m in cue.after.finditer(after) if after[m.end() : m.end() + 1] != ":"
        ]
        if distances and (best is None or min(distances) < best[0]):
            best = (min(distances), cue.id)
    meaning: Meaning = best[1] if best else "okand"
    return Sum(here.amount, here.start, here.end, here.unit, meaning)
