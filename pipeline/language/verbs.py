"""Whether a token is a finite verb, by its form alone; the trained tagger can replace this."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from spacy.tokens import Token

from pipeline.language.lemmas import lemma

# Nouns in -a take -or in the plural, so -ar and -er on a lemma in -a is the present tense.
ENDINGS = (
    "ar",
    "er",
    "ade",
    "ades",
    "ddes",
    "tte",
    "ttes",
    "kte",
    "pte",
    "ste",
    "des",
    "gde",
    "lde",
    "mde",
    "nde",
    "vde",
    "rde",
)


def is_finite(token: Token) -> bool:
    """Return whether the token looks like a finite verb."""
    return _finite(token.lower_)


@cache
def _finite(form: str) -> bool:
    if form in _irregular():
        return True
    base = lemma(form)
    return base != form and base.endswith("a") and form.endswith(ENDINGS)


@cache
def _irregular() -> frozenset[str]:
    path = Path(__file__).with_name("verbs.yaml")
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return frozenset(word.strip() for word in loaded["irregular"].split(","))
