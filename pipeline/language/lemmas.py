"""Lower-case lemmas: the house's own list first, then the dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from platformdirs import user_cache_dir
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory
from spacy.tokens import Token

from models.language.lemmas import Table, by_form, of_token


def lemma(word: str) -> str:
    """Return the lemma of one word form that stands alone."""
    return _lemma(word.lower())


def lemma_in_sentence(token: Token, table: Table) -> str:
    """Return the lemma of a word that has its part of speech and features."""
    return _exceptions().get(token.lower_) or of_token(token, table)


def is_word(word: str) -> bool:
    """Return whether the dictionary has this lower-case word form."""
    return word in _words()


@cache
def _words() -> Mapping[str, str]:
    return TrieDictionaryFactory(disk_cache_dir=user_cache_dir("samverkan")).get_dictionary("sv")


@cache
def _lemma(form: str) -> str:
    return _exceptions().get(form) or by_form(form)


@cache
def _exceptions() -> dict[str, str]:
    path = Path(__file__).with_name("lemmas.yaml")
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(k): str(v) for k, v in (loaded or {}).items()}
