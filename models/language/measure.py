"""What a trained pipeline reaches on a treebank, how large it is and how fast."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from models.language.conllu import Sentence, document, documents
from models.language.lemmas import Table, by_form, load, of_token

TOGETHER = 10
TRIES = 3
SPLITTER = "senter"
PARSER = "parser"


class Quality(TypedDict):
    """Shares of 1 on running text, tokens and sentences found by the pipeline itself.

    `lemma*` compare in lower case; those with `_given` start from the gold tokens or sentences.
    """

    tokens: float
    upos: float
    feats: float
    lemma: float
    lemma_dictionary_given: float
    uas: float
    las: float
    sentence_f: float
    uas_sentences_given: float
    las_sentences_given: float


class Speed(TypedDict):
    """Tokens a CPU second on one thread, and seconds to load once spaCy is imported."""

    whole: int
    without_parser: int
    load_seconds: float


class Figures(TypedDict):
    """All that the card tells; `quality` is the same after each training, `speed` is not."""

    quality: Quality
    speed: Speed
    megabytes: float
    test_sentences: int
    test_tokens: int


def measure(folder: Path, test: Sequence[Sentence]) -> Figures:
    """Return the figures of the model in `folder` on the sentences of `test`."""
    return {
        "quality": quality(folder, test),
        "speed": _speed(folder, test),
        "megabytes": round(
            sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6, 1
        ),
        "test_sentences": len(test),
        "test_tokens": sum(map(len, test)),
    }


def quality(folder: Path, test: Sequence[Sentence]) -> Quality:
    """Return how much of `test` the model in `folder` gets right."""
    nlp = spacy.load(folder)
    gold = documents(test, nlp.vocab, TOGETHER)
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])
    with nlp.select_pipes(disable=SPLITTER):
        given = nlp.evaluate(
            [Example(split(s, nlp.vocab), document(s, nlp.vocab)) for s in _groups(test)]
        )
    return {
        "tokens": _share(scores["token_acc"]),
        "upos": _share(scores["pos_acc"]),
        "feats": _share(scores["morph_acc"]),
        "lemma": _share(_lemma_share(nlp, gold, load(folder))),
        "lemma_dictionary_given": _share(_dictionary_share(test)),
        "uas": _share(scores["dep_uas"]),
        "las": _share(scores["dep_las"]),
        "sentence_f": _share(scores["sents_f"]),
        "uas_sentences_given": _share(given["dep_uas"]),
        "las_sentences_given": _share(given["dep_las"]),
    }


def split(sentences: Sequence[Sentence], vocab: Vocab) -> Doc:
    """Return the words of `sentences` as a Doc with their boundaries and nothing else."""
    words = [(word, i == 0) for s in sentences for i, word in enumerate(s)]
    return Doc(
        vocab,
        words=[w.form for w, _ in words],
        spaces=[w.space for w, _ in words],
        sent_starts=[1 if first else -1 for _, first in words],
    )


def _groups(test: Sequence[Sentence]) -> list[Sequence[Sentence]]:
    return [test[i : i + TOGETHER] for i in range(0, len(test), TOGETHER)]


def _lemma_share(nlp: Language, gold: Sequence[Doc], table: Table) -> float:
    """Share of right lemmas among the tokens that are cut as in the treebank."""
    right = seen = 0
    for doc in gold:
        mine = {(t.idx, len(t)): t for t in nlp(doc.text)}
        for token in doc:
            found = mine.get((token.idx, len(token)))
            if found is not None:
                right += of_token(found, table) == token.lemma_.lower()
                seen += 1
    return right / seen


def _dictionary_share(test: Sequence[Sentence]) -> float:
    words = [w for s in test for w in s]
    return sum(by_form(w.form.lower()) == w.lemma.lower() for w in words) / len(words)


def _speed(folder: Path, test: Sequence[Sentence]) -> Speed:
    loads = []
    for _ in range(TRIES):
        started = time.perf_counter()
        nlp = spacy.load(folder)
        loads.append(time.perf_counter() - started)
    texts = [doc.text for doc in documents(test, nlp.vocab, TOGETHER)]
    whole = _tokens_a_second(nlp, texts)
    with nlp.select_pipes(disable=PARSER):
        without = _tokens_a_second(nlp, texts)
    return {
        "whole": round(whole, -2),
        "without_parser": round(without, -2),
        "load_seconds": round(min(loads), 2),
    }


def _tokens_a_second(nlp: Language, texts: Sequence[str]) -> int:
    best = 0.0
    for _ in range(TRIES):
        started = time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(texts))
        best = max(best, tokens / (time.process_time() - started))
    return int(best)


def _share(value: float) -> float:
    return round(float(value), 4)
