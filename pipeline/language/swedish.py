"""Swedish text to a spaCy Doc: tokens and sentences by rules, the rest by the shipped model."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import compile_infix_regex

from pipeline.language.lemmas import lemma
from pipeline.language.parsing import BULLETS, parse

HERE = Path(__file__).parent
Marks = npt.NDArray[np.int64]
# "nej;frivård", "Vindeln–Umeå" and "polisen:nej" are several words; "IFO:s" and "BUP:are" are one.
EXTRA_INFIXES = (
    r";",
    r"[–—]",
    r"(?<=[a-zåäö]{3}):(?=[A-ZÅÄÖ]?[a-zåäö]{3,})",
    r"(?<=[a-zåäö])\.(?=[A-ZÅÄÖ])",
    r"[|]",
)
STOPS = frozenset(".!?…") | {"...", "..", "!!", "??", "!!!", "?!", "!?"}
PAUSES = frozenset(",;:–—")
CLOSERS = frozenset(")]}\"”’»'")
TEXT = "samverkan_text"
LEMMAS = "swedish_lemmas"
LONG = 150  # words after which a sentence that goes on is cut at its next mark …
LONGEST = 200  # … and at the latest here: what weighs every word against every other stays bounded


def analyse(text: str, *, parsed: bool = False, lemmas: bool = True) -> Doc:
    """Return `text` as tokens with sentences and `lemma_`; `parsed` adds the model's word.

    `doc.text == text`. Line breaks, cell borders and bullets always end a sentence; a full stop
    after an abbreviation or a list number does not. Text that never stops is cut after LONG words
    at the next comma, at the latest after LONGEST. With `parsed`, and where a trained model is
    shipped, there are also `pos_`, `morph`, `head` and `dep_`, and lemmas by part of speech, at
    twenty times the cost. Only the frames of `pipeline/rules` ask for it. Without `lemmas` every
    `lemma_` is empty, and some 5 % of the time is saved: patterns look up the lemma of a form
    themselves, once for all texts.
    """
    doc = pipeline()(text, disable=[] if lemmas else [LEMMAS])
    doc.user_data[TEXT] = text
    if parsed:
        parse(doc, lemmas=lemmas)
    return doc


def whole_text(doc: Doc) -> str:
    """Return `doc.text` of an analysed text; spaCy would join all tokens each time it is asked."""
    return str(doc.user_data[TEXT])


def text_of(span: Span) -> str:
    """Return `span.text`, likewise cut from the whole text."""
    return whole_text(span.doc)[span.start_char : span.end_char]


@cache
def pipeline() -> Language:
    """Return the house's tokens, sentences and lemmas, which need no trained model."""
    return _build()


def _build() -> Language:
    nlp = spacy.blank("sv")
    nlp.max_length = 20_000_000
    never, may = _abbreviations()
    tokenizer: Any = nlp.tokenizer
    for word in never | may:
        for form in {word, word.capitalize(), word.upper()}:
            tokenizer.add_special_case(form, [{"ORTH": form}])
    infixes = (*(nlp.Defaults.infixes or ()), *EXTRA_INFIXES)
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.add_pipe("swedish_sentences")
    nlp.add_pipe(LEMMAS)
    return nlp


@Language.component("swedish_sentences")
def _sentences(doc: Doc) -> Doc:
    # Set all at once: spaCy looks through the whole text each time one token is set.
    marks = np.full(len(doc), -1, dtype=np.int64)
    start = True  # whether the next word begins a sentence
    line_start = True
    length = 0  # words of the sentence so far
    previous: Token | None = None
    for token in doc:
        i = token.i
        if token.is_space:
            if i == 0:
                marks[i] = 1
            if "\n" in token.text or "\t" in token.text:
                start = line_start = True
            continue
        if token.text in BULLETS:
            start = True
        elif previous is not None and not start:
            start = _ends(previous, token, line_start, marks) or _too_long(length, previous)
        starts = start or i == 0
        length = 1 if starts else length + 1
        if starts:
            marks[i] = 1
        start = False
        if previous is None or starts or not token.is_punct:
            line_start = line_start and (starts or _is_number(token))
        previous = token
    unsigned: Any = marks.view(np.uint64).reshape(-1, 1)  # how spaCy stores -1
    doc.from_array(["SENT_START"], unsigned)
    return doc


def _ends(previous: Token, token: Token, list_number: bool, marks: Marks) -> bool:
    """Whether a sentence ends between two words of one line."""
    if token.text in STOPS or (token.text in CLOSERS and not previous.whitespace_):
        return False
    last = previous
    while last.text in CLOSERS and marks[last.i] != 1:
        last = last.nbor(-1)
    if last.text not in STOPS:
        return last.lower_ in _abbreviations()[1] and token.text[0].isupper()
    if last.i == 0:
        return False
    before = last.nbor(-1)
    if last.text == "." and _is_number(before):
        # "1. Rutiner" on a line of its own, "den 1. januari": the number carries the full stop.
        return not list_number and token.text[0].isupper()
    if last.text in {"…", "...", ".."}:
        return token.text[0].isupper()
    return not (previous.text in CLOSERS and token.text[0].islower())


def _too_long(length: int, previous: Token) -> bool:
    return length >= LONGEST or (length >= LONG and previous.text in PAUSES)


def _is_number(token: Token) -> bool:
    return re.fullmatch(r"\d{1,3}[a-z]?", token.text) is not None


@Language.component(LEMMAS)
def _lemmas(doc: Doc) -> Doc:
    for token in doc:
        token.lemma_ = lemma(token.lower_)
    return doc


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    loaded = yaml.safe_load((HERE / "abbreviations.yaml").read_text(encoding="utf-8"))
    return frozenset(loaded["never_end"]), frozenset(loaded["may_end"])
