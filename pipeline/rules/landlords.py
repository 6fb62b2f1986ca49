"""Housing companies by the form of their names: "Norrbyhem", "Svenska Bostäder", "Ekbygden AB"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from annotations.lexicon import Entry
from annotations.scope import load_scope
from pipeline.language.lemmas import is_word
from pipeline.rules.entries import Hit
from pipeline.rules.places import place_table

ESTATE_AB = re.compile("[A-ZÅÄÖ]{1,3}[FB]AB(?::?s)?")  # "KFAB", Katrineholms fastighets AB
LONG = 8  # letters of a name that ends in "hem"
LANDLORD = Entry(id="bostad.ort", category="bostad", patterns=(), weight=0.95)


def find_landlords(tokens: Sequence[Token], question: str) -> Iterator[Hit]:
    """Yield the housing companies among the words of a sentence.

    `question` tells whether names are asked for.
    """
    for i, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        first = _first(tokens, i, question.startswith("aktor_"))
        if first is not None:
            start = tokens[first].idx
            yield Hit(LANDLORD, start, token.idx + len(token), tokens[first].text)


def _first(tokens: Sequence[Token], i: int, asked: bool) -> int | None:
    """Return where the name that ends at `i` begins, if it is one."""
    words = load_scope().places
    word = tokens[i].lower_
    if asked and ESTATE_AB.fullmatch(tokens[i].text):  # "ABFAB spelade" is told elsewhere
        return i
    forms = {word, word.removesuffix("s")}
    if forms & words.estates:  # "Svenska Bostäder", but not "Bostäder saknas."
        named = i > 0 and tokens[i - 1].text[:1].isupper() and tokens[i - 1].is_alpha
        if named:
            return i - 1
        return i if i > 0 or asked else None
    if not any(form.endswith((*words.landlords, *words.regions)) for form in forms):
        return None
    if any(_of_place(tokens[i].text, form) for form in forms) or _home(tokens, i, forms):
        return i
    beside = {t.lower_ for t in tokens[max(0, i - 1) : i + 2]}
    formed = word.endswith((*words.landlords, *words.regions))
    return i if beside & words.companies and formed else None


def _home(tokens: Sequence[Token], i: int, forms: set[str]) -> bool:
    """ "Treklöverhem", but not "Familjehem" nor "på Rosenhem"."""
    words = load_scope().places
    if i and tokens[i - 1].lower_ in words.sites:
        return False
    named = [form for form in forms if len(form) >= LONG and form.endswith(words.homes)]
    return bool(named) and not any(f.endswith(words.no_homes) or is_word(f) for f in named)


def _of_place(text: str, form: str) -> bool:
    """Whether it is a municipality's name with an ending: "Norrbyhem", "Härnösandshus"."""
    ending = next((e for e in load_scope().places.landlords if form.endswith(e)), "")
    place = text[: len(form) - len(ending)] if ending else ""
    names = place_table()[0]
    return place in names or place.removesuffix("s") in names
