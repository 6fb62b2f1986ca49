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
    words = load(path, _File).words
    known = {f"{c.variable}.{c.id}": (c.variable, c.id) for c in codebook.leaves()}
    faults = [f"okänd kategori {name!r} @ {path.name}" for name in words if name not in known]
    faults += [f"ord saknas för {name!r} @ {path.name}" for name in known if not words.get(name)]
    faults += [
        f"tomt ord för {name!r} @ {path.name}"
        for name, list_ in words.items()
        if not all(word.strip("* ") for word in list_)
    ]
    if faults:
        raise DefinitionError(faults)
    return {known[name]: _pattern(list_) for name, list_ in words.items()}


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [
        rf"\w*{re.escape(word[1:])}" if word.startswith("*") else re.escape(word) for word in words
    ]
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)
