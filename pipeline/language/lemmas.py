"""Lower-case lemmas: the house's own list first, then the dictionary."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from models.language.lemmas import Table, by_class, by_form


def lemma(word: str) -> str:
    """Return the lemma of one word form that stands alone."""
    return _lemma(word.lower())


def lemma_in_sentence(form: str, pos: str, genitive: bool, table: Table) -> str:
    """Return the lemma of a lower-case form whose part of speech (UPOS) is known."""
    return _exceptions().get(form) or by_class(form, pos, genitive, table)


@cache
def _lemma(form: str) -> str:
    return _exceptions().get(form) or by_form(form)


@cache
def _exceptions() -> dict[str, str]:
    path = Path(__file__).with_name("lemmas.yaml")
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(k): str(v) for k, v in (loaded or {}).items()}
