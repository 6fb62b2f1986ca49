"""Reading a pattern: its text as a row of places, each of which takes a word or a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.language.swedish import pipeline
from pipeline.rules.pattern_words import Atoms, PatternError

DEFAULT_GAP = 4
LONGEST_GAP = 12
ITEM = re.compile(r'"[^"]*"[^\s]*|\S+')
_APART = (
    "; skriv dem med blanksteg emellan",
    " och kan inte stå mellan |; skriv ett mönster för varje",  # a blank would end the alternatives
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a pattern: any of `atoms` (ids), a gap of up to `gap` words, or a clause end."""

    atoms: frozenset[int] = frozenset()
    optional: bool = False
    gap: int = 0
    end: bool = False


def read_pattern(text: str, atoms: Atoms) -> Iterator[Place]:
    """Yield the places of a pattern; its words are registered with `atoms`. Raises PatternError."""
    items = ITEM.findall(text)
    if not items:
        raise PatternError("mönstret är tomt")
    if text.count('"') % 2:
        raise PatternError("ett citattecken saknas")
    for place, item in enumerate(items):
        loose = False
        for word in _item(item, atoms):
            loose = bool(word.gap) or word.optional
            yield word
        if item == "$" and place != len(items) - 1:
            raise PatternError("$ får bara stå sist")
        if loose and place in (0, len(items) - 1):
            raise PatternError(f"mönstret får inte börja eller sluta med {item!r}")


def _item(item: str, atoms: Atoms) -> Iterator[Place]:
    if item.startswith('"'):
        if not item.endswith('"') or len(item) < 3:
            raise PatternError(f"{item!r} ska sluta med citattecken")
        words = _tokens(item[1:-1])
        if not words:
            raise PatternError(f"{item!r} är tomt")
        for word in words:
            yield Place(frozenset({atoms.exact(word)}))
    elif item == "$":
        yield Place(end=True)
    elif item.startswith(".."):
        if not re.fullmatch(r"\.\.\d*", item):
            raise PatternError(f"luckan skrivs .. eller ..3, inte {item!r}")
        size = int(item[2:] or DEFAULT_GAP)
        if not 0 < size <= LONGEST_GAP:
            raise PatternError(f"luckan {item!r} är inte 1–{LONGEST_GAP} ord")
        yield Place(gap=size)
    else:
        optional = item.endswith("?") and item != "?"
        either = (item[:-1] if optional else item).split("|") if item != "|" else [item]
        if not all(either):
            raise PatternError(f"ett alternativ är tomt i {item!r}")
        for word in either:
            if len(_tokens(word.strip("*"))) > 1:
                raise PatternError(f"{word!r} är flera ord{_APART[len(either) > 1]}")
        yield Place(frozenset(atoms.add(w) for w in either), optional)


@cache
def _tokens(word: str) -> tuple[str, ...]:
    return tuple(t.text for t in pipeline().tokenizer(word) if not t.is_space)
