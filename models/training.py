"""Fitting the coder by writer: no step has seen the writer whose report it speaks about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotations.codebook import Codebook, Variable
from models import linear, trees
from models.calibration import NEVER, Calibration, calibrate, threshold
from models.case import PARTNER, Example, named
from models.coder import COUNTED, NO, SILENT, YES, Coder, actors, group_of
from models.linear import Linear
from models.partner_features import NONE, Features, mention_features, whole_of
from models.sentences import Said, fit_sentences, said_in
from models.statement_features import statement_features
from models.trees import Growth, Trees

FOLDS = 5  # of the writers, both for contexts told to the second step and for calibration
MENTIONS, STATEMENTS = 0.1, 2.0  # scikit-learn's C of each regression
PARTNERS = Growth(rounds=200, rate=0.05, depth=3, least=10, rows=0.7, features=0.3)
BOOSTED = Growth(rounds=80, rate=0.1, depth=3, least=8, rows=0.7, features=0.2)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Trained:
    """The coder, and for each writer it was calibrated on the coder that has not seen that writer.

    They share calibration and threshold; the latter are for measuring alone.
    """

    coder: Coder
    unseen: Mapping[str, Coder]


def train(
    examples: Sequence[Example], held_out: Sequence[Example], codebook: Codebook, say: Say
) -> Trained:
    """Fit on all, and calibrate on `held_out`, whose writers must be others.

    The rules were written from `examples`, so what a model is worth shows on `held_out` alone: each
    of its writers is scored by a coder that has not seen that writer (cross-fitting in FOLDS parts
    by writer). The coder returned is fitted on all of them.
    Deterministic: the same examples in the same order give the same coder.
    Raises ValueError where a writer is in both.
    """
    if both := {e.writer for e in examples} & {e.writer for e in held_out}:
        raise ValueError(f"writers in training and calibration: {sorted(both)}")
    spoken = Spoken()
    unseen: dict[str, Coder] = {}
    folds = _folds([e.writer for e in held_out])
    for done, writers in enumerate(folds, start=1):
        say(f"calibration: part {done} of {len(folds)}")
        fold = [e for e in held_out if e.writer in writers]
        others = [*examples, *(e for e in held_out if e.writer not in writers)]
        coder = fit_coder(others, codebook)
        spoken.hear(coder, fold, codebook)
        unseen |= dict.fromkeys(writers, coder)
    say("the coder itself")
    coder = calibrated(fit_coder([*examples, *held_out], codebook), spoken)
    return Trained(coder, {w: calibrated(one, spoken) for w, one in unseen.items()})


def fit_coder(examples: Sequence[Example], codebook: Codebook) -> Coder:
    """Fit every step; the coder is not calibrated, and nothing it says is automatic."""
    variable = codebook.variable(PARTNER)
    rows = [_mention_rows(e, variable) for e in examples]
    contexts = _fit_mentions(rows)
    partners = _fit_partners(examples, rows, variable)
    said = said_unseen(examples, codebook)
    statements: dict[str, Linear] = {}
    boosted: dict[str, Trees] = {}
    for other in (v for v in codebook.variables if v.id != PARTNER):
        statements[other.id], boosted[other.id] = _fit_statements(other, examples, said)
    sentences = fit_sentences(examples, codebook)
    return Coder(contexts, sentences, partners, statements, boosted, {}, {}, NEVER)


Rows = list[tuple[Features, str | None]]


def _mention_rows(example: Example, variable: Variable) -> Rows:
    """Return features and gold context of each named mention: `none` where the gold has none.

    None where nobody marked the contexts of the example.
    """
    whole, gold = whole_of(example.case), example.contexts
    return [
        (
            mention_features(m, example.case, whole, group_of(m, variable)),
            None if gold is None else gold.get((m.start, m.end, m.category), NONE),
        )
        for m in whole.mentions
    ]


def _fit_mentions(rows: Sequence[Rows]) -> Linear:
    flat = [(f, y) for one in rows for f, y in one if y is not None]
    return linear.fit([f for f, _ in flat], [y for _, y in flat], MENTIONS)


def _fit_partners(examples: Sequence[Example], rows: Sequence[Rows], variable: Variable) -> Trees:
    """Fit the second step on contexts told by models that had not seen the writer."""
    features: list[Features] = []
    target: list[str] = []
    for writers in _folds([e.writer for e in examples]):
        unseen = [i for i, e in enumerate(examples) if e.writer in writers]
        model = _fit_mentions([rows[i] for i in range(len(examples)) if i not in set(unseen)])
        for i in unseen:
            example = examples[i]
            said = model.probabilities([f for f, _ in rows[i]])
            told = dict(zip(map(id, named(example.case.mentions)), said, strict=True))
            for actor, row, _ in actors(example.case, example.codings, variable, told):
                features.append(row)
                target.append(example.gold[PARTNER, actor] or NO)
    return trees.fit(features, target, PARTNERS)


def said_unseen(examples: Sequence[Example], codebook: Codebook) -> list[Said]:
    """Return what each example's sentences say, told by models that had not seen the writer."""
    told: list[Said] = [{} for _ in examples]
    for writers in _folds([e.writer for e in examples]):
        model = fit_sentences([e for e in examples if e.writer not in writers], codebook)
        for i, example in enumerate(examples):
            if example.writer in writers:
                told[i] = said_in(example.case, model)
    return told


def _fit_statements(
    variable: Variable, examples: Sequence[Example], said: Sequence[Said]
) -> tuple[Linear, Trees]:
    rows = [
        statement_features(variable.id, e.case, e.codings, one)
        for e, one in zip(examples, said, strict=True)
    ]
    if variable.kind == "one":
        held = [
            next(c.id for c in variable.categories if e.gold[variable.id, c.id]) for e in examples
        ]
        return linear.fit(rows, held, STATEMENTS), trees.fit(rows, held, BOOSTED)
    answers = {
        c.id: [bool(e.gold[variable.id, c.id]) for e in examples] for c in variable.categories
    }
    return linear.fit_each(rows, answers, STATEMENTS), trees.fit_each(rows, answers, BOOSTED)


class Heard(NamedTuple):
    """One cell a coder spoke about: its score, whether the value was right, whose report."""

    score: float
    right: bool
    writer: str


@dataclass
class Spoken:
    """What coders said, by variable, of cells they had not learnt from.

    `silent` are the cells they had no say on: what the rules decided there, at the score SILENT.
    """

    cells: dict[str, list[Heard]] = field(default_factory=lambda: defaultdict(list))
    silent: dict[str, list[Heard]] = field(default_factory=lambda: defaultdict(list))

    def hear(self, coder: Coder, examples: Sequence[Example], codebook: Codebook) -> None:
        """Add what `coder` says of `examples`."""
        for e in examples:
            opinions = coder.opinions(e.case, e.codings, codebook)
            for c in e.codings:
                gold = counts(e.gold[c.variable, c.category])
                opinion = opinions.get((c.variable, c.category))
                if opinion is None:
                    self.silent[c.variable].append(Heard(SILENT, c.value == gold, e.writer))
                else:
                    right = counts(opinion.value) == gold
                    self.cells[c.variable].append(Heard(opinion.score, right, e.writer))


def calibrated(coder: Coder, spoken: Spoken) -> Coder:
    """Return the coder with probabilities by variable and the threshold that keeps the promise."""
    calibrations, quiet = _fit_all(spoken.cells), _fit_all(spoken.silent)
    sure = [
        (by[variable].probability(cell.score), cell)
        for by, heard in ((calibrations, spoken.cells), (quiet, spoken.silent))
        for variable, cells in heard.items()
        for cell in cells
    ]
    limit = threshold(
        [p for p, _ in sure], [cell.right for _, cell in sure], [cell.writer for _, cell in sure]
    )
    return replace(coder, calibrations=calibrations, silent=quiet, threshold=limit)


def _fit_all(heard: Mapping[str, Sequence[Heard]]) -> dict[str, Calibration]:
    return {
        variable: calibrate([c.score for c in cells], [c.right for c in cells])
        for variable, cells in heard.items()
    }


def counts(value: str) -> bool:
    """Whether the tables count a value: a yes, or a partner that is aktiv or inbjuden."""
    return value == YES or value in COUNTED


def _folds(writers: Sequence[str]) -> list[set[str]]:
    """Return the writers in `FOLDS` parts, in the order of their names."""
    names = sorted(set(writers))
    return [set(names[i::FOLDS]) for i in range(min(FOLDS, len(names)))]
