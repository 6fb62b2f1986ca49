"""What a report says of one variable: the rules' codings and mentions, ticks, and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from annotations.statements import load_decisions
from corpus.types import Coding, Role
from models.case import PARTNER, Case, texts, ticked

_WORD = re.compile(r"\w+|[?]")
_LONG = ("fritext", "insatser", "mal")
_TICKS = ("redovisning", "struktur", "omrade", "integrering")
_WORDS = ("w:", "q:", "n:")  # what begins the names of words and of words beside each other


def statement_features(variable: str, case: Case, codings: Sequence[Coding]) -> dict[str, float]:
    """Return the features that all categories of one variable share; values are 0–2."""
    f: dict[str, float] = {}
    for c in codings:
        if c.variable == variable:
            f[f"v:{c.category}"] = float(c.value)
            f[f"c:{c.category}"] = c.confidence if c.value else 1 - c.confidence
            f[f"o:{c.category}{c.origin}"] = float(c.value)
        elif c.variable not in (PARTNER, "malgrupp"):
            f[f"x:{c.variable}{c.category}"] = 0.5 * c.value
    active = sum(c.value and c.role is Role.AKTIV for c in codings)
    f["partners"] = min(active, 8) / 8
    for question in _TICKS:
        for option in ticked(case, question):
            f[f"t:{question}{option}"] = 1.0
    for m in case.mentions:
        if m.variable == variable:
            name = f"m:{m.category}{m.context}"
            f[name] = max(f.get(name, 0.0), min(abs(m.weight), 2.0))
            f[f"r:{m.rule}"] = 0.5
    f[f"kind:{case.submission.form}"] = 1.0
    bearing = load_decisions().bearing[variable]
    for question, text in texts(case).items():
        if case.submission.choices and question not in bearing:
            continue
        f |= _of_answer(question, text)
    return f


def without_words(features: Mapping[str, float]) -> dict[str, float]:
    """Return what ticks, rules and mentions say, without the report's own words."""
    return {name: value for name, value in features.items() if not name.startswith(_WORDS)}


@lru_cache(maxsize=32)
def _of_answer(question: str, text: str) -> Mapping[str, float]:
    """Return the features of an answer's words; every variable asks for the same answers."""
    f: dict[str, float] = {}
    words = [word[:8] for word in _WORD.findall(text.lower())]
    for word in words:
        f[f"w:{word}"] = 0.3
        if question in ("maluppfyllelse", "integrering"):
            f[f"q:{question}{word}"] = 0.5
    if question not in _LONG or len(words) < 60:
        for a, b in pairwise(words):
            f[f"n:{question}{a}_{b}"] = 0.3
    return f
