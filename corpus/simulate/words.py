"""`words.yaml` as a frozen object: signs of codes, own sentences, names. Strict about its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cattrs
import yaml

_FILE = Path(__file__).parent / "words.yaml"


@dataclass(frozen=True)
class Leaning:
    """Signs that a sentence cannot stand alone: how it begins, what it holds."""

    begins: str
    holds: str


@dataclass(frozen=True)
class NotStarted:
    """Titles and texts of applications whose projects never began."""

    titlar: tuple[str, ...]
    texter: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Everything in the file, regular expressions as text."""

    signs: Mapping[str, str]
    modern: str
    leaning: Leaning
    known_names: tuple[str, ...]
    explicit: Mapping[str, str]
    named: Mapping[str, tuple[str, ...]]
    frames: Mapping[str, tuple[str, ...]]
    own: Mapping[str, tuple[str, ...]]
    belopp: tuple[str, ...]
    ej_startade: NotStarted
    fornamn: tuple[tuple[str, ...], ...]
    efternamn: tuple[str, ...]
    stader: Mapping[str, str]
    orter: tuple[str, ...]


@cache
def words() -> Words:
    """Return the file's content; a fault in it is a fault of the program."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    return converter.structure(yaml.safe_load(_FILE.read_text(encoding="utf-8")), Words)


@cache
def sign(code: str) -> re.Pattern[str] | None:
    """Return the pattern of words that bring up a code, None where none is known."""
    found = words().signs.get(code)
    return re.compile(found, re.I) if found else None


@cache
def names_it(code: str) -> re.Pattern[str]:
    """Return the pattern by which a sentence names the code that it is lent for."""
    return re.compile(words().explicit.get(code, r"(?!)"), re.I)


def brought_up(text: str) -> frozenset[str]:
    """Return the codes that the words of a text bring up."""
    return frozenset(c for c in words().signs if (p := sign(c)) is not None and p.search(text))


@cache
def _modern() -> re.Pattern[str]:
    return re.compile(words().modern, re.I)


def is_modern(text: str) -> bool:
    """Tell whether a text holds what nobody wrote in 2008–2011."""
    return bool(_modern().search(text))
