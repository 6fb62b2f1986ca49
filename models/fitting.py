"""Fitting the coder's steps, each on what the step before says of writers it had not seen."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.codebook import Codebook, Variable
from models import linear, trees
from models.calibration import NEVER
from models.case import PARTNER, Example, named
from models.coder import NO, Coder, actors, group_of
from models.linear import Linear
from models.partner_features import NONE, Features, mention_features, whole_of
from models.sentences import Said, fit_readers, heard_in
from models.statement_features import statement_features
from models.trees import Growth, Trees

FOLDS = 5  # of the writers, both for contexts told to the second step and for calibration
MENTIONS, STATEMENTS = 0.1, 2.0  # scikit-learn's C of each regression
PARTNERS = Growth(rounds=200, rate=0.05, depth=3, least=10, rows=0.7, features=0.3)
BOOSTED = Growth(rounds=80, rate=0.1, depth=3, least=8, rows=0.7, features=0.2)


def fit_coder(examples: Sequence[Example], codebook: Codebook) -> Coder:
    """Fit every step; the coder is not calibrated, and nothing it says is automatic.

    In one thread: on vectors as short as these, several spend their time waiting for each other.
    """
    import sklearn.linear_model  # noqa: F401  what is loaded later is not limited
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _fit_coder(examples, codebook)


def _fit_coder(examples: Sequence[Example], codebook: Codebook) -> Coder:
    variable = codebook.variable(PARTNER)
    rows = [_mention_rows(e, variable) for e in examples]
    contexts = _fit_mentions(rows)
    partners = _fit_partners(examples, rows, variable)
    said = said_unseen(examples, codebook)
    statements: dict[str, Linear] = {}
    boosted: dict[str, Trees] = {}
    for other in (v for v in codebook.variables if v.id != PARTNER):
        statements[other.id], boosted[other.id] = _fit_statements(other, examples, said)
    readers = fit_readers(examples, codebook)
    return Coder(contexts, readers, partners, statements, boosted, {}, {}, NEVER)


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
    for writers in in_folds([e.writer for e in examples]):
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
    """Return what each example's words say, told by models that had not seen the writer."""
    told: list[Said] = [{} for _ in examples]
    for writers in in_folds([e.writer for e in examples]):
        readers = fit_readers([e for e in examples if e.writer not in writers], codebook)
        for i, example in enumerate(examples):
            if example.writer in writers:
                told[i] = heard_in(example.case, readers).said
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


def in_folds(writers: Sequence[str]) -> list[set[str]]:
    """Return the writers in `FOLDS` parts, in the order of their names."""
    names = sorted(set(writers))
    return [set(names[i::FOLDS]) for i in range(min(FOLDS, len(names)))]
