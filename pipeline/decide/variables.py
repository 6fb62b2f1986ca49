"""One variable over all documents of a project: the newest that speaks decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotations.codebook import Category, Variable
from annotations.statements import Decisions
from corpus.types import Coding, Mention
from pipeline.decide.case import Analysed
from pipeline.decide.codings import SAYS_NO, basis_of, coding_of
from pipeline.decide.grounds import ground
from pipeline.decide.scores import Score
from pipeline.decide.spans import evidence_span
from pipeline.decide.values import holding

CLOSE = 0.6  # a category whose runner-up is nearer than this is not strongly told
WEAK = ("text", "utan_ord", "gissning")


@dataclass(frozen=True, slots=True)
class Decided:
    """A coding and the name of what it rests on, as the confidence table has it."""

    coding: Coding
    basis: str


def decide_variable(
    variable: Variable,
    cases: Sequence[Analysed],
    scored: Sequence[Mapping[str, Score]],
    decisions: Decisions,
    partners: Sequence[Coding] = (),
) -> tuple[Decided, ...]:
    """Return one coding for each category; `scored` holds the scores of each case, oldest first.

    Older documents that say otherwise stand among the reasons. For cumulative variables (what has
    been done stays done) each category is decided by the newest document that speaks of it.
    """
    outcomes = [holding(variable, s, decisions) for s in scored]
    stated = [i for i, s in enumerate(scored) if _says(variable, s)]
    decided = []
    for category in variable.categories:
        key = f"{variable.id}.{category.id}"
        own = stated
        if variable.id in decisions.cumulative:
            own = [i for i, s in enumerate(scored) if s[key].plus or s[key].minus]
        newest = own[-1] if own else len(cases) - 1
        holds, guessed = outcomes[newest]
        value = category.id in holds
        basis = basis_of(scored[newest][key], value, guessed and value)
        if variable.kind == "one":
            basis = _among(basis, value, _sole(variable, holds, scored[newest], guessed))
        decided.append(
            _decided(
                variable,
                category,
                value,
                cases[newest],
                scored[newest],
                decisions,
                partners,
                basis,
                differing=[
                    cases[i].document.name
                    for i in own
                    if i != newest and (category.id in outcomes[i][0]) != value
                ],
            )
        )
    return tuple(decided)


def _decided(
    variable: Variable,
    category: Category,
    value: bool,
    case: Analysed,
    scored: Mapping[str, Score],
    decisions: Decisions,
    partners: Sequence[Coding],
    basis: str,
    *,
    differing: Sequence[str],
) -> Decided:
    key = f"{variable.id}.{category.id}"
    score = scored[key]
    mention = _evidence(variable, category, value, scored)
    evidence = evidence_span(mention, case.document) if mention else None
    if value and evidence is None and score.tick is None:
        evidence = ground(key, case, scored, partners, decisions)
    return Decided(
        coding_of(
            variable,
            category,
            value,
            score,
            case,
            basis,
            evidence=evidence,
            differing=differing,
        ),
        basis,
    )


def _sole(
    variable: Variable, holds: frozenset[str], scored: Mapping[str, Score], guessed: bool
) -> str:
    """Return what the one category that holds rests on; `text` where another comes close."""
    (chosen,) = holds
    score = scored[f"{variable.id}.{chosen}"]
    others = (scored[f"{variable.id}.{c.id}"].total for c in variable.categories if c.id != chosen)
    basis = basis_of(score, True, guessed)
    close = score.total - max(others, default=0.0) < CLOSE
    return "text" if basis == "text_stark" and close else basis


def _among(basis: str, value: bool, sole: str) -> str:
    """Return a basis where exactly one category holds: the others are as sure as that one is."""
    if value:
        return sole
    return "tveksamt" if sole in WEAK and basis in ("tyst", "nara") else basis


def _says(variable: Variable, scored: Mapping[str, Score]) -> bool:
    own = (scored[f"{variable.id}.{c.id}"] for c in variable.categories)
    return any(s.asked or s.plus or s.minus or s.holds for s in own)


def _evidence(
    variable: Variable, category: Category, value: bool, scored: Mapping[str, Score]
) -> Mention | None:
    """Return the words to show: the category's own, else those of a part or of what it mixes."""
    score = scored[f"{variable.id}.{category.id}"]
    if not value:
        return score.worst if score.minus <= SAYS_NO else None
    if score.best is not None:
        return score.best
    others = [c for c in variable.categories if c.part_of == category.id]
    if variable.kind == "one" and category.id != variable.unknown:
        others = list(variable.categories)
    found = [scored[f"{variable.id}.{c.id}"].best for c in others]
    return max((m for m in found if m is not None), key=lambda m: m.weight, default=None)
