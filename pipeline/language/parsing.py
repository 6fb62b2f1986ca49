"""Adds part of speech, features, heads, relations and lemmas to a Doc with marked sentences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from models.language.load import Parser, load_parser
from pipeline.language.lemmas import lemma_in_sentence

Numbers = npt.NDArray[np.int64]
ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "POS", "MORPH", "LEMMA"]
AT_ONCE = 1_000  # words of a piece, and how many pieces the parser holds: bounds the memory
PIECES = 4
ROOT, BESIDE, PUNCT, BLANK = "ROOT", "parataxis", "punct", "dep"
BULLETS = frozenset("•●▪■◦‣·☐☒☑□|")


def parse(doc: Doc, *, lemmas: bool = True) -> bool:
    """Annotate `doc` in place; False, and `doc` as it was, where no model is shipped.

    Sentences stay as they are marked, and each has one root. Bullets, boxes and white space take no
    part: a bullet hangs on the word after it, white space on what stands before it.
    """
    parser = _parser(doc.vocab)
    if parser is None:
        return False
    if len(doc) == 0:
        return True
    words = np.array([t.i for t in doc if not _apart(t)], dtype=np.int64)
    sentences = np.cumsum(_signed(doc.to_array(["SENT_START"])).reshape(-1) == 1)
    starts = np.diff(sentences[words], prepend=-1) != 0
    none = np.zeros((0, len(ATTRIBUTES)), dtype=np.int64)
    parsed = parser.nlp.pipe(_pieces(doc, words, starts), batch_size=PIECES)
    rows = np.concatenate([none, *(_rows(piece, parser, lemmas=lemmas) for piece in parsed)])
    _unite(rows, starts, _code(doc, BESIDE))
    unsigned: Any = _spread(doc, sentences, words, rows).view(np.uint64)  # how spaCy stores -1
    doc.from_array(ATTRIBUTES, unsigned)
    return True


@cache
def _parser(vocab: Vocab) -> Parser | None:
    return load_parser(vocab)


def _pieces(doc: Doc, words: Numbers, starts: npt.NDArray[np.bool_]) -> Iterator[Doc]:
    """Cut the words into documents of whole sentences; a sentence that is too long is cut too."""
    first = 0
    while first < len(words):
        end = first + AT_ONCE
        if end < len(words):
            inside = np.flatnonzero(starts[first + 1 : end + 1])
            end = first + 1 + int(inside[-1]) if len(inside) else end
        tokens = [doc[int(i)] for i in words[first:end]]
        marks: list[bool | int | None] = [bool(start) for start in starts[first:end]]
        yield Doc(
            doc.vocab,
            words=[t.text for t in tokens],
            spaces=[bool(t.whitespace_) for t in tokens],
            sent_starts=marks,
        )
        first = end


def _rows(piece: Doc, parser: Parser, *, lemmas: bool) -> Numbers:
    """Return a row of ATTRIBUTES for each word; heads are relative, as spaCy keeps them."""
    rows = _signed(piece.to_array(ATTRIBUTES))
    if not lemmas:
        return rows
    add = piece.vocab.strings.add
    known = [add(lemma_in_sentence(token, parser.lemmas)) for token in piece]
    rows[:, 4] = np.array(known, dtype=np.uint64).view(np.int64)
    return rows


def _unite(rows: Numbers, starts: npt.NDArray[np.bool_], beside: int) -> None:
    """Hang every further root of a sentence on its first one."""
    sentence = np.cumsum(starts)
    roots = np.flatnonzero(rows[:, 0] == 0)
    _, place = np.unique(sentence[roots], return_index=True)
    first = roots[place][np.searchsorted(sentence[roots][place], sentence[roots])]
    extra = first != roots
    rows[roots[extra], 0] = (first - roots)[extra]
    rows[roots[extra], 1] = beside


def _spread(doc: Doc, sentences: Numbers, words: Numbers, rows: Numbers) -> Numbers:
    """Give the rows of the words their places in `doc`, and what stands apart its own."""
    codes = {name: _code(doc, name) for name in (ROOT, PUNCT, BLANK, "PUNCT", "SPACE")}
    spread = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.int64)
    spread[:, 4] = _signed(doc.to_array(["LEMMA"])).reshape(-1)
    spread[words] = rows
    here = np.arange(len(words))
    spread[words, 0] = words[here + rows[:, 0]] - words
    for i in np.setdiff1d(np.arange(len(doc)), words, assume_unique=True):
        if doc[int(i)].is_space:
            head, relation, pos = i - 1, BLANK, "SPACE"
        else:
            after = int(np.searchsorted(words, i))
            head, relation, pos = words[after] if after < len(words) else -1, PUNCT, "PUNCT"
        if head < 0 or sentences[head] != sentences[i]:
            head, relation = i, ROOT
        spread[i, :3] = head - i, codes[relation], codes[pos]
    return spread


def _apart(token: Token) -> bool:
    return bool(token.is_space) or token.text in BULLETS


def _code(doc: Doc, name: str) -> int:
    return int(np.array([doc.vocab.strings.add(name)], dtype=np.uint64).view(np.int64)[0])


def _signed(array: Any) -> Numbers:
    signed: Numbers = array.view(np.int64)
    return signed
