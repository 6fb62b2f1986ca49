"""Lemmas: simplemma's dictionary by form, corrected by part of speech from the treebanks.

A form that is two words ("sitt" of "sig" or of "sitta") is told apart by its part of speech.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from platformdirs import user_cache_dir
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory
from spacy.tokens import Token

from models.language.conllu import Sentence

FILE = "lemmas.json"
SURE = 0.8  # a form's commonest lemma counts when it is this share of the form's lemmas
PARTICIPLES = (("nde", "nde"), ("ade", "ad"), ("at", "ad"), ("ad", "ad"))
Table = Mapping[str, Mapping[str, str]]  # part of speech → form → lemma, all in lower case


def by_form(form: str) -> str:
    """Return the lower-case lemma of a lower-case form that stands alone."""
    if not any(c.isalpha() for c in form):
        return form
    return _dictionary().lemmatize(form, lang="sv").lower()


def of_token(token: Token, table: Table) -> str:
    """Return the lower-case lemma of a word that has its part of speech and features."""
    pos = token.pos_
    if pos == "PROPN" and (token.is_sent_start or token.is_lower):
        pos = ""  # "Jourtjejerna kom": a capital that any word has there makes it no name
    return by_class(token.lower_, pos, token.morph.get("Case", []) == ["Gen"], table)


def by_class(form: str, pos: str, genitive: bool, table: Table) -> str:
    """Return the lower-case lemma of a lower-case form with a known part of speech (UPOS)."""
    known = table.get(pos, {}).get(form)
    if known is not None:
        return known
    if pos == "PROPN":
        return form.removesuffix("s").removesuffix(":") if genitive else form
    found = by_form(form)
    if pos == "NOUN" and found == f"{form}a":
        return form  # "besvär" is no form of "besvära"
    if pos == "ADJ" and found != form and found.endswith("a"):
        # "växande grupper", "höjda bidrag": the participle, not its verb
        ending = next((pair for pair in PARTICIPLES if form.endswith(pair[0])), None)
        return form.removesuffix(ending[0]) + ending[1] if ending else found
    return found


def learn(sentences: Iterable[Sentence]) -> Table:
    """Return the lemmas of the treebanks that the dictionary gives otherwise."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence:
            seen[word.pos, word.form.lower()][word.lemma.lower()] += 1
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for (pos, form), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        # Talbanken spells abbreviations out: "t.ex." is "till_exempel" there, and "t.ex." here.
        plain = " " not in form and "_" not in lemma
        if plain and count >= SURE * lemmas.total() and lemma != by_form(form):
            table[pos][form] = lemma
    return dict(table)


def save(table: Table, folder: Path) -> None:
    """Write the table beside a model."""
    text = json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def load(folder: Path) -> Table:
    """Return the table that lies beside a model."""
    loaded: Table = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return loaded


@cache
def _dictionary() -> Lemmatizer:
    """Return simplemma over a trie on disk: loaded in a millisecond, built once in a second.

    The trie holds simplemma's own word list, nothing of the user's; it lies in the user's cache.
    """
    trie = TrieDictionaryFactory(disk_cache_dir=user_cache_dir("samverkan"))
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(greedy=True, dictionary_factory=trie))
