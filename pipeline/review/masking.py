"""Personal data in a text, so that a page can hide it: certain for numbers, a guess for names.

Hiding names is a suggestion, never a promise: no pattern finds them all. Time is linear in the
text's length, for every pattern is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from annotations.places.places import load_places
from annotations.strict import DefinitionError, load

RULES = Path(__file__).with_name("masking.yaml")
_CLASS = re.compile(r"%(\w+)%")
_MARKED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_UNBOUNDED = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})(?![^\[\]]*\])")
_BEFORE = 40  # letters looked at before a match


class Kind(StrEnum):
    """What kind of personal data was found."""

    NUMBER = "personnummer"
    BIRTH = "fodelsedatum"
    PHONE = "telefon"
    MAIL = "epost"
    ADDRESS = "adress"
    NAME = "namn"

    @property
    def label(self) -> str:
        """The kind in Swedish, as a page says it."""
        return {"fodelsedatum": "födelsedatum", "epost": "e-postadress"}.get(self, str(self))


@dataclass(frozen=True, slots=True)
class Masked:
    """`text[start:end]` is personal data of a kind."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class MaskRule:
    """Patterns for one shape of personal data; see masking.yaml.

    `check`: `date` wants a day that exists and is no period's end, `luhn` also the right check
    digit, `name` a word that may be a name. `unless` are patterns that must not stand right before.
    """

    id: str
    kind: Kind
    find: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    check: Literal["", "date", "luhn", "name"] = ""
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Masking:
    """All rules, the word classes of their patterns, and words and endings that are no names."""

    words: Mapping[str, str]
    rules: tuple[MaskRule, ...]
    not_names: tuple[tuple[str, ...], ...]
    not_name_endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: MaskRule
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


def mask(text: str) -> tuple[Masked, ...]:
    """Return the personal data in a text in text order; no two overlap, the wider one counts."""
    found = sorted(_found(text), key=lambda m: (m.start, -m.end))
    kept: list[Masked] = []
    for masked in found:
        if not kept or masked.start >= kept[-1].end:
            kept.append(masked)
        elif masked.end > kept[-1].end:
            kept[-1] = Masked(kept[-1].start, masked.end, kept[-1].kind)
    return tuple(kept)


@cache
def load_masking() -> Masking:
    """Read and check the rules. Raises DefinitionError with every fault and its place."""
    masking = load(RULES, Masking)
    faults = [
        f"ogiltigt eller obegränsat mönster {pattern!r} @ {RULES.name} ({rule.id})"
        for rule in masking.rules
        for pattern in (*rule.find, *rule.unless)
        if not _sound(pattern, masking.words)
    ]
    if faults:
        raise DefinitionError(faults)
    return masking


def check_masking() -> list[str]:
    """Return the examples of the rules that do not come out as they should, in Swedish."""
    faults = []
    for rule in load_masking().rules:
        for example in rule.examples:
            text, wanted = unmarked(example)
            if [(m.start, m.end) for m in mask(text) if m.kind is rule.kind] != wanted:
                faults.append(f"exemplet döljs inte rätt: {example!r} @ {RULES.name} ({rule.id})")
        faults += [
            f"motexemplet döljs: {text!r} @ {RULES.name} ({rule.id})"
            for text in rule.counterexamples
            if any(m.kind is rule.kind for m in mask(text))
        ]
    return faults


def unmarked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """Return an example without its [[…]], and where they stood."""
    spans = []
    for i, match in enumerate(_MARKED.finditer(example)):
        start = match.start() - 4 * i
        spans.append((start, start + len(match[1])))
    return _MARKED.sub(r"\1", example), spans


def _found(text: str) -> Iterator[Masked]:
    for compiled in _compiled():
        for pattern in compiled.patterns:
            for match in pattern.finditer(text):
                group = "x" if "x" in pattern.groupindex else 0
                start, end = match.span(group)
                if compiled.unless and _said_before(text, start, compiled):
                    continue
                if compiled.rule.check == "name":
                    end = start + len(_name(match[group]))
                elif compiled.rule.check and not _number(match[group], compiled.rule.check):
                    continue
                if end > start:
                    yield Masked(start, end, compiled.rule.kind)


def _said_before(text: str, start: int, compiled: _Compiled) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    return any(pattern.search(before) for pattern in compiled.unless)


def _number(found: str, check: str) -> bool:
    digits = [int(c) for c in found if c.isdigit()][-10:]
    year, month, day = (digits[i] * 10 + digits[i + 1] for i in (0, 2, 4))
    # A co-ordination number has 60 added to its day; 2000 + year is a leap year where 1900 + is.
    if not _is_day(year, month, day - 60 if day > 60 else day):
        return False
    right = _luhn(digits)
    if check == "luhn":
        return right
    # 080901-1231 is a period unless its last digit says otherwise.
    return right or not _is_day(year, digits[6] * 10 + digits[7], digits[8] * 10 + digits[9])


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: list[int]) -> bool:
    doubled = [d * (2 - i % 2) for i, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def _name(words: str) -> str:
    """Return the words up to the first that is no part of a name; "" where that is the first."""
    endings = load_masking().not_name_endings
    for match in _WORD.finditer(words):
        # A person may be called Lund, but who begins so is the town.
        barred = _not_names() if match.start() else _not_names() | _place_names()
        folded = match[0].casefold()
        plain = folded.removesuffix("s")  # of the genitive
        if folded in barred or plain in barred or plain.endswith(endings):
            return words[: match.start()].rstrip(" -")
    return words


@cache
def _compiled() -> tuple[_Compiled, ...]:
    masking = load_masking()

    def spelt(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(_spelt_out(p, masking.words)) for p in patterns)

    return tuple(
        _Compiled(
            rule, spelt(rule.find), tuple(re.compile(p.pattern, re.I) for p in spelt(rule.unless))
        )
        for rule in masking.rules
    )


@cache
def _not_names() -> frozenset[str]:
    return frozenset(word.casefold() for line in load_masking().not_names for word in line)


@cache
def _place_names() -> frozenset[str]:
    places = load_places()
    named = [*(c.name for c in places.counties), *(m.name for m in places.municipalities)]
    return frozenset(word.casefold() for name in named for word in _WORD.findall(name))


def _spelt_out(pattern: str, words: Mapping[str, str]) -> str:
    """Return a pattern with its word classes put in; one class may hold another."""
    for _ in range(len(words) + 1):
        spelt = _CLASS.sub(lambda m: words[m[1]], pattern)
        if spelt == pattern:
            break
        pattern = spelt
    return pattern


def _sound(pattern: str, words: Mapping[str, str]) -> bool:
    try:
        spelt = _spelt_out(pattern, words)
        re.compile(spelt)
    except (re.error, KeyError):
        return False
    return not _UNBOUNDED.search(spelt)
