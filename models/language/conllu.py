"""CoNLL-U treebanks to spaCy documents, arcs that are marked unknown left out."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

# The files of a treebank folder: to train on, to choose the epoch by, to measure on.
TRAIN = ("recon2-train.conllu.gz", "tbdev-train.conllu", "pud.conllu.gz")
DEV = "tbdev-es.conllu"
TEST = "tbtest.conllu.gz"
UNKNOWN = "dep"  # the label of an arc the treebank does not vouch for
MISSING = ""  # how spaCy writes a label that is not known


class Word(NamedTuple):
    """One token of a treebank; `head` is a place in the sentence, for the root its own."""

    form: str
    lemma: str
    pos: str
    feats: str
    head: int
    dep: str
    space: bool


Sentence = tuple[Word, ...]


def read(path: Path) -> list[Sentence]:
    """Return the sentences of a `.conllu` or `.conllu.gz` file.

    Raises ValueError, with file and line, where a token line does not have ten columns.
    """
    if path.suffix == ".gz":
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
    else:
        text = path.read_text(encoding="utf-8")
    return list(_sentences(text, path))


def documents(
    sentences: Sequence[Sentence], vocab: Vocab, together: int, most: int | None = None
) -> list[Doc]:
    """Return gold documents of `together` sentences each, of the first `most` sentences.

    Several sentences stand in one document so that the boundaries between them can be learnt.
    """
    chosen = sentences[:most]
    return [document(chosen[i : i + together], vocab) for i in range(0, len(chosen), together)]


def document(sentences: Sequence[Sentence], vocab: Vocab) -> Doc:
    """Return one gold document."""
    words = [(word, first) for first, s in _placed(sentences) for word in s]
    return Doc(
        vocab,
        words=[w.form for w, _ in words],
        spaces=[w.space for w, _ in words],
        lemmas=[w.lemma for w, _ in words],
        pos=[w.pos for w, _ in words],
        morphs=[w.feats for w, _ in words],
        heads=[first + w.head for w, first in words],
        deps=[w.dep for w, _ in words],
    )


def _placed(sentences: Sequence[Sentence]) -> Iterator[tuple[int, Sentence]]:
    first = 0
    for sentence in sentences:
        yield first, sentence
        first += len(sentence)


def _sentences(text: str, path: Path) -> Iterator[Sentence]:
    rows: list[list[str]] = []
    for number, line in enumerate((*text.split("\n"), ""), start=1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if rows:
                yield _sentence(rows)
                rows = []
            continue
        columns = line.split("\t")
        if len(columns) != 10:
            raise ValueError(f"{path}, line {number}: {len(columns)} columns, not 10")
        if columns[0].isdigit():  # neither a range of surface words (1-2) nor an empty node (1.1)
            rows.append(columns)


def _sentence(rows: Sequence[Sequence[str]]) -> Sentence:
    roots = [i for i, row in enumerate(rows) if row[6] == "0"]
    root = roots[0]
    return tuple(_word(i, row, root, i == len(rows) - 1) for i, row in enumerate(rows))


def _word(place: int, row: Sequence[str], root: int, last: bool) -> Word:
    _, form, lemma, pos, _, feats, head, dep, _, misc = row
    known = dep != UNKNOWN and (head != "0" or place == root)
    # An unknown arc still points somewhere, or spaCy would see a sentence boundary there.
    return Word(
        form=form,
        lemma=lemma,
        pos=pos,
        feats="" if feats == "_" else feats,
        head=place if place == root else root if head == "0" else int(head) - 1,
        dep=("ROOT" if place == root else dep) if known else MISSING,
        space=last or "SpaceAfter=No" not in misc,
    )
