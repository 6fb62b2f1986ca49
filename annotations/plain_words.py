"""The word list without context: which categories' words stand in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.codebook import Codebook
from annotations.gold import Cell
from annotations.strict import DefinitionError, load

PATH = Path(__file__).with_name("lexicon") / "plain_words.yaml"


@dataclass(frozen=True)
class _File:
    words: Mapping[str, tuple[str, ...]]


@cache
def load_plain_words(codebook: Codebook, path: Path = PATH) -> Mapping[Cell, re.Pattern[str]]:
    """Return one pattern for each category. Raises DefinitionError for unknown or missing ones."""
    words = read_plain_words(path)
    if faults := plain_word_faults(words, codebook, path.name):
        raise DefinitionError(faults)
    return {(c.variable, c.id): _pattern(words[f"{c.variable}.{c.id}"]) for c in codebook.leaves()}


def read_plain_words(path: Path = PATH) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each category by `variable.category`. Raises DefinitionError."""
    return load(path, _File).words


def plain_word_faults(
    words: Mapping[str, tuple[str, ...]], codebook: Codebook, name: str = PATH.name
) -> list[str]:
    """Return what the list says of categories the codebook does not know, and what it lacks."""
    known = [f"{c.variable}.{c.id}" for c in codebook.leaves()]
    faults = [
        f"okänd kategori {category!r} @ {name}" for category in words if category not in known
    ]
    faults += [
        f"ord saknas för {category!r} @ {name}" for category in known if not words.get(category)
    ]
    return faults + [
        f"tomt ord för {category!r} @ {name}"
        for category, list_ in words.items()
        if not all(word.strip("* ") for word in list_)
    ]


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [
        rf"\w*{re.escape(word[1:])}" if word.startswith("*") else re.escape(word) for word in words
    ]
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)
