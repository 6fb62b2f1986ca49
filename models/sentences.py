"""What sentences say, and all of them together: regressions from words to codes.

One from a sentence's words to the codes it is evidence for, one from all words of a report to the
codes that hold. The first of two steps (stacking, Wolpert 1992): what they say is told to the
models of each variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, groupby, pairwise, repeat
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from annotations.codebook import Codebook
from annotations.statements import load_decisions
from models.case import PARTNER, Case, Example, is_form
from models.linear import Features, Linear, fit_each
from models.shares import Matrix, of_questions

STRENGTH, WHOLE_STRENGTH = 0.5, 0.4  # scikit-learn's C
SHOWS = 0.1  # how sure a sentence is at least that may stand as evidence
VALUE = 0.5  # of every feature
_LEAST = 3  # sentences, or reports, in which a feature must occur
_ENDS = re.compile(r"[.!?]+(?=\s)|\n+")
_WORD = re.compile(r"\w+|[?]")
_FREE = "fritext"
# The next and the surest sentence, any, the whole report: as shares and as odds.
_KINDS = ("s2", "s1", "sa", "sw", "o2", "o1", "oa", "ow")
Said = Mapping[str, Features]  # by variable
Evidence = Mapping[tuple[str, str], tuple[int, int]]  # where what shows a code stands


@dataclass(frozen=True)
class Readers:
    """The regressions; the outputs of both are `variable.category`, in the same order."""

    sentences: Linear
    wholes: Linear

    def shares(self, rows: Sequence[Features]) -> tuple[Matrix, Matrix]:
        """Return what each sentence says, (rows, outputs), and the whole report, (1, outputs).

        Each feature is looked up once, and counts once in the whole report. Each row has features.
        """
        column, weights = self._joint
        if not rows:
            nothing = np.zeros((0, len(self.sentences.outputs)), np.float32)
            return nothing, of_questions(self.wholes.bias[None])
        ends = list(accumulate(map(len, rows)))
        at = map(column.get, chain.from_iterable(rows), repeat(-1))
        found = np.fromiter(at, np.intp, ends[-1])
        n = len(self.sentences.outputs)
        apart = np.add.reduceat(weights[found, :n], [0, *ends[:-1]]) + self.sentences.bias
        whole = weights[np.unique(found), n:].sum(axis=0, keepdims=True) + self.wholes.bias
        return of_questions(apart), of_questions(whole)

    def knows(self, name: str) -> bool:
        """Whether a feature was seen often enough in training to count."""
        return name in self._joint[0]

    @cached_property
    def keys(self) -> dict[str, tuple[slice, tuple[str, ...]]]:
        """Return by variable where its outputs stand, and the names of what is said of them."""
        codes = [name.split(".") for name in self.sentences.outputs]
        found, at = {}, 0
        for variable, own in groupby(codes, key=itemgetter(0)):
            keys = tuple(f"{kind}:{category}" for _, category in own for kind in _KINDS)
            found[variable] = slice(at, at := at + len(keys) // len(_KINDS)), keys
        return found

    @cached_property
    def _joint(self) -> tuple[dict[str, int], Matrix]:
        """Return the row of each feature either knows, and what it adds to the scores of both.

        The last row, -1, is of unknown features.
        """
        names = list(dict.fromkeys([*self.sentences.names, *self.wholes.names]))
        column = {name: i for i, name in enumerate(names)}
        n = len(self.sentences.outputs)
        weights = np.zeros((len(names) + 1, 2 * n), np.float32)
        weights[: len(self.sentences.names), :n] = self.sentences.weights.T
        weights[[column[name] for name in self.wholes.names], n:] = self.wholes.weights.T
        return column, weights * VALUE


class Sentence(NamedTuple):
    """A sentence at `start:end` of the document's text, with its features."""

    start: int
    end: int
    features: Features


def sentences(case: Case) -> Iterator[Sentence]:
    """Yield the sentences of the answers; a text without answers or boxes is one free answer."""
    text = case.document.text
    spans = [(a.question, a.start, a.end) for a in case.submission.answers]
    if not spans and not is_form(case):
        spans = [(_FREE, case.submission.start, case.submission.end or len(text))]
    for question, start, end in spans:
        cuts = [m.end() for m in _ENDS.finditer(text, start, end)]
        for a, b in pairwise([start, *cuts, end]):
            if text[a:b].strip():
                yield Sentence(a, b, _features(question, text[a:b]))


def fit_readers(examples: Sequence[Example], codebook: Codebook) -> Readers:
    """Fit on sentences, where the evidence is marked, and on whole reports."""
    codes = [(v.id, c.id) for v in codebook.variables if v.id != PARTNER for c in v.categories]
    read = [list(sentences(e.case)) for e in examples]
    wholes = [_whole(s.features for s in own) for own in read]
    held = {".".join(code): [bool(e.gold[code]) for e in examples] for code in codes}
    marked = [
        (own, e.evidence) for own, e in zip(read, examples, strict=True) if e.evidence is not None
    ]
    return Readers(
        _fit_sentences(marked, list(held)),
        fit_each(wholes, held, WHOLE_STRENGTH, _LEAST),
    )


def _fit_sentences(
    marked: Sequence[tuple[Sequence[Sentence], Evidence]], names: Sequence[str]
) -> Linear:
    rows: list[Features] = []
    answers: dict[str, list[bool]] = {name: [] for name in names}
    for own, evidence in marked:
        for sentence in own:
            rows.append(sentence.features)
            shown = {
                f"{variable}.{category}"
                for (variable, category), (start, end) in evidence.items()
                if start < sentence.end and sentence.start < end
            }
            for name, said in answers.items():
                said.append(name in shown)
    return fit_each(rows, answers, STRENGTH, _LEAST)


class Heard(NamedTuple):
    """What a report says by variable, and by `variable.category` where its surest sentence stands.

    The latter, as offsets, only where a sentence is sure enough to stand as evidence.
    """

    said: Said
    shown: Mapping[str, tuple[int, int]]


def heard_in(case: Case, readers: Readers) -> Heard:
    """Return how sure the surest, the next, any sentence and the whole report are of each code."""
    found = list(sentences(case))
    shares, whole = readers.shares([sentence.features for sentence in found])
    none = np.zeros_like(whole)
    two = np.sort(np.vstack([none, none, shares]), axis=0)[-2:]
    some = 1 - np.prod(1 - shares, axis=0, keepdims=True)
    every = np.vstack([two, some, whole])
    told = np.vstack([every, _odds(every)]).T
    said = {
        variable: dict(zip(keys, told[own].ravel().tolist(), strict=True))
        for variable, (own, keys) in readers.keys.items()
    }
    outputs = readers.sentences.outputs
    shown = {outputs[j]: found[shares[:, j].argmax()] for j in np.flatnonzero(two[1] >= SHOWS)}
    return Heard(said, {name: (best.start, best.end) for name, best in shown.items()})


def _odds(shares: Matrix) -> Matrix:
    """Return logarithms of odds, a fifth of them: from -1.84 to 1.84, where shares are cut off."""
    clipped = np.clip(shares, 1e-4, 1 - 1e-4)
    odds: Matrix = np.log(clipped / (1 - clipped)) / 5
    return odds


def _whole(rows: Iterable[Features]) -> Features:
    """Return all features of a report's sentences as those of one."""
    return {name: value for row in rows for name, value in row.items()}


def _features(question: str, text: str) -> Features:
    """Return the words, pairs of words and question of a sentence; all have VALUE."""
    words = [word[:8] for word in _WORD.findall(text.lower())]
    names = [f"q:{question}", *[f"w:{word}" for word in words]]
    if question in load_decisions().heard_apart:
        names += [f"{question}:{word}" for word in words]
    names += [f"n:{a}_{b}" for a, b in pairwise(words)]
    return dict.fromkeys(names, VALUE)
