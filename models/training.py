"""Fitting the coder by writer: no step has seen the writer whose report it speaks about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from annotations.codebook import Codebook, Variable
from models.calibration import NEVER, Calibration, calibrate, threshold
from models.case import PARTNER, Example, named
from models.coder import COUNTED, NO, SILENT, YES, Coder, actors, group_of
from models.linear import Linear, fit
from models.partner_features import NONE, Features, mention_features
from models.statement_features import statement_features

FOLDS = 5
MENTIONS, PARTNERS, STATEMENTS = 0.3, 0.3, 0.3  # scikit-learn's C of each step
Say = Callable[[str], None]


def train(
    examples: Sequence[Example], held_out: Sequence[Example], codebook: Codebook, say: Say
) -> Coder:
    """Fit on `examples` and calibrate on `held_out`, whose writers must be others.

    Deterministic: the same examples in the same order give the same coder.
    Raises ValueError where a writer is in both.
    """
    if both := {e.writer for e in examples} & {e.writer for e in held_out}:
        raise ValueError(f"writers in training and calibration: {sorted(both)}")
    variable = codebook.variable(PARTNER)
    say("contexts of mentions")
    rows = [_mention_rows(e, variable) for e in examples]
    contexts = _fit_mentions(rows)
    say("partners")
    partners = _fit_partners(examples, rows, variable)
    statements: dict[str, Linear] = {}
    for other in (v for v in codebook.variables if v.id != PARTNER):
        say(other.label)
        statements |= _fit_statements(other, examples)
    say("calibration")
    bare = Coder(contexts, partners, statements, {}, {}, NEVER)
    return _calibrated(bare, held_out, codebook)


Rows = list[tuple[Features, str]]


def _mention_rows(example: Example, variable: Variable) -> Rows:
    """Return features and gold context of each named mention; `none` where the gold has none."""
    return [
        (
            mention_features(m, example.case, group_of(m, variable)),
            example.contexts.get((m.start, m.end, m.category), NONE),
        )
        for m in named(example.case.mentions)
    ]


def _fit_mentions(rows: Sequence[Rows]) -> Linear:
    flat = [row for one in rows for row in one]
    return fit([f for f, _ in flat], [y for _, y in flat], MENTIONS)


def _fit_partners(examples: Sequence[Example], rows: Sequence[Rows], variable: Variable) -> Linear:
    """Fit the second step on contexts told by models that had not seen the writer."""
    features: list[Features] = []
    target: list[str] = []
    for writers in _folds([e.writer for e in examples]):
        unseen = [i for i, e in enumerate(examples) if e.writer in writers]
        model = _fit_mentions([rows[i] for i in range(len(examples)) if i not in set(unseen)])
        for i in unseen:
            example = examples[i]
            told = {
                id(m): model.probabilities(f)
                for m, (f, _) in zip(named(example.case.mentions), rows[i], strict=True)
            }
            for actor, row, _ in actors(example.case, example.codings, variable, told):
                features.append(row)
                target.append(example.gold[PARTNER, actor] or NO)
    return fit(features, target, PARTNERS)


def _fit_statements(variable: Variable, examples: Sequence[Example]) -> dict[str, Linear]:
    rows = [statement_features(variable.id, e.case, e.codings) for e in examples]
    if variable.kind == "one":
        held = [
            next(c.id for c in variable.categories if e.gold[variable.id, c.id]) for e in examples
        ]
        return {variable.id: fit(rows, held, STATEMENTS)}
    return {
        f"{variable.id}.{c.id}": fit(
            rows, [YES if e.gold[variable.id, c.id] else NO for e in examples], STATEMENTS
        )
        for c in variable.categories
    }


def _calibrated(coder: Coder, examples: Sequence[Example], codebook: Codebook) -> Coder:
    spoken: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    silent: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for e in examples:
        opinions = coder.opinions(e.case, e.codings, codebook)
        for c in e.codings:
            gold = counts(e.gold[c.variable, c.category])
            opinion = opinions.get((c.variable, c.category))
            if opinion is None:
                silent[c.variable].append((SILENT, c.value == gold))
            else:
                spoken[c.variable].append((opinion.score, counts(opinion.value) == gold))
    calibrations, quiet = _fit_all(spoken), _fit_all(silent)
    sure = [(calibrations[v].probability(s), ok) for v, cells in spoken.items() for s, ok in cells]
    sure += [(quiet[v].probability(s), ok) for v, cells in silent.items() for s, ok in cells]
    limit = threshold([p for p, _ in sure], [ok for _, ok in sure])
    return replace(coder, calibrations=calibrations, silent=quiet, threshold=limit)


def _fit_all(cells: Mapping[str, Sequence[tuple[float, bool]]]) -> dict[str, Calibration]:
    return {v: calibrate([s for s, _ in some], [ok for _, ok in some]) for v, some in cells.items()}


def counts(value: str) -> bool:
    """Whether the tables count a value: a yes, or a partner that is aktiv or inbjuden."""
    return value == YES or value in COUNTED


def _folds(writers: Sequence[str]) -> list[set[str]]:
    """Return the writers in `FOLDS` parts, in the order of their names."""
    names = sorted(set(writers))
    return [set(names[i::FOLDS]) for i in range(min(FOLDS, len(names)))]
