"""What each sentence of a report says: a regression from its words to the codes it is evidence for.

The first of two steps (stacking, Wolpert 1992): what a report's sentences say together is told to
the models of each variable.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from annotations.codebook import Codebook
from annotations.statements import load_decisions
from models.case import PARTNER, Case, Example
from models.linear import Features, Linear, fit_each

STRENGTH = 0.5  # scikit-learn's C
SHOWS = 0.1  # how sure a sentence is at least that may stand as evidence
_LEAST = 3  # sentences in which a feature must occur
_ENDS = re.compile(r"[.!?]+(?=\s)|\n+")
_WORD = re.compile(r"\w+|[?]")
_FREE = "fritext"
Said = Mapping[str, Features]  # by variable


class Sentence(NamedTuple):
    """A sentence at `start:end` of the document's text, with its features."""

    start: int
    end: int
    features: Features


def sentences(case: Case) -> Iterator[Sentence]:
    """Yield the sentences of the answers; a text without answers is one free answer."""
    text = case.document.text
    spans = [(a.question, a.start, a.end) for a in case.submission.answers]
    whole = (_FREE, case.submission.start, case.submission.end or len(text))
    for question, start, end in spans or [whole]:
        cuts = [m.end() for m in _ENDS.finditer(text, start, end)]
        for a, b in pairwise([start, *cuts, end]):
            if text[a:b].strip():
                yield Sentence(a, b, _features(question, text[a:b]))


def fit_sentences(examples: Sequence[Example], codebook: Codebook) -> Linear:
    """Fit on the examples whose evidence is marked; the outputs are `variable.category`."""
    marked = [(e, e.evidence) for e in examples if e.evidence is not None]
    names = [f"{v.id}.{c.id}" for v in codebook.variables if v.id != PARTNER for c in v.categories]
    rows: list[Features] = []
    answers: dict[str, list[bool]] = {name: [] for name in names}
    for example, evidence in marked:
        for sentence in sentences(example.case):
            rows.append(sentence.features)
            shown = {
                f"{variable}.{category}"
                for (variable, category), (start, end) in evidence.items()
                if start < sentence.end and sentence.start < end
            }
            for name, said in answers.items():
                said.append(name in shown)
    return fit_each(rows, answers, STRENGTH, _LEAST)


def said_in(case: Case, model: Linear) -> Said:
    """Return by variable how sure the surest and the next sentence are, and any of them at all."""
    rows = [sentence.features for sentence in sentences(case)]
    found: dict[str, dict[str, float]] = defaultdict(dict)
    if not rows:
        return found
    shares = model.shares(rows)
    top = np.sort(np.vstack([np.zeros_like(shares[:1]), shares]), axis=0)[-2:].tolist()
    some = (1 - np.prod(1 - shares, axis=0)).tolist()
    for name, second, first, any_ in zip(model.outputs, *top, some, strict=True):
        variable, category = name.split(".")
        found[variable] |= {
            f"s1:{category}": first,
            f"s2:{category}": second,
            f"sa:{category}": any_,
        }
    return found


def surest(case: Case, model: Linear, output: str) -> Sentence | None:
    """Return the sentence surest to be evidence for `output`, None where none reaches SHOWS."""
    found = list(sentences(case))
    if not found:
        return None
    shares = model.shares([sentence.features for sentence in found])
    told = shares[:, model.outputs.index(output)]
    best = int(told.argmax())
    return found[best] if told[best] >= SHOWS else None


def _features(question: str, text: str) -> Features:
    """Return the words, pairs of words and question of a sentence; values are 0.5."""
    words = [word[:8] for word in _WORD.findall(text.lower())]
    f = {f"q:{question}": 0.5}
    for word in words:
        f[f"w:{word}"] = 0.5
    if question in load_decisions().heard_apart:
        for word in words:
            f[f"{question}:{word}"] = 0.5
    for a, b in pairwise(words):
        f[f"n:{a}_{b}"] = 0.5
    return f
