"""From everything found in a project's documents to one coding for every category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotations.codebook import Codebook, Variable
from annotations.statements import load_decisions
from corpus.types import Coding, Mention, Role
from pipeline.decide.case import Analysed
from pipeline.decide.codings import coding_of, silent
from pipeline.decide.partners import decide_partners
from pipeline.decide.scores import Score, scores
from pipeline.decide.values import holding, with_follows

PARTNER = "partner"


def decide(cases: Sequence[Analysed], codebook: Codebook) -> tuple[Coding, ...]:
    """Return one coding for every category, in the codebook's order.

    `cases` are the project's documents, oldest first. For each variable the newest document that
    says anything about it decides; what an older one said otherwise stands among the reasons.
    """
    codings = {(c.variable, c.category): c for c in decide_partners(cases, codebook)}
    active = sum(_works_with_us(c) for c in codings.values())
    decisions = load_decisions()
    scored = [
        with_follows(scores(case, codebook, decisions, active), decisions) for case in cases
    ]
    for variable in codebook.variables:
        if variable.id != PARTNER:
            for coding in _decide_variable(variable, cases, scored):
                codings[coding.variable, coding.category] = coding
    return tuple(
        codings.get((c.variable, c.id)) or silent(c.variable, c.id) for c in codebook.leaves()
    )


def _decide_variable(
    variable: Variable, cases: Sequence[Analysed], scored: Sequence[Mapping[str, Score]]
) -> tuple[Coding, ...]:
    decisions = load_decisions()
    outcomes = [holding(variable, s, decisions) for s in scored]
    stated = [i for i, s in enumerate(scored) if _says(variable, s)]
    newest = stated[-1] if stated else len(cases) - 1
    holds, guessed = outcomes[newest]
    codings = []
    for category in variable.categories:
        value = category.id in holds
        differing = [
            cases[i].document.name
            for i in stated
            if i != newest and (category.id in outcomes[i][0]) != value
        ]
        score = scored[newest][f"{variable.id}.{category.id}"]
        codings.append(
            coding_of(
                variable,
                category,
                value,
                score,
                cases[newest],
                guessed=guessed and value,
                evidence=_evidence(variable, category.id, value, scored[newest]),
                differing=differing,
            )
        )
    return tuple(codings)


def _works_with_us(partner: Coding) -> bool:
    """Whether words, not only a tick, say that a partner works with the project."""
    return partner.value and partner.role is Role.AKTIV and partner.evidence is not None


def _says(variable: Variable, scored: Mapping[str, Score]) -> bool:
    own = (scored[f"{variable.id}.{c.id}"] for c in variable.categories)
    return any(s.asked or s.plus or s.minus for s in own)


def _evidence(
    variable: Variable, id: str, value: bool, scored: Mapping[str, Score]
) -> Mention | None:
    """Return the words to show: for the value, or its strongest part where a part brought it."""
    score = scored[f"{variable.id}.{id}"]
    if not value:
        return score.worst
    if score.best is not None:
        return score.best
    parts = [scored[f"{variable.id}.{c.id}"] for c in variable.categories if c.part_of == id]
    best = [s.best for s in parts if s.holds and s.best is not None]
    if not best and variable.kind == "one":
        others = [scored[f"{variable.id}.{c.id}"].best for c in variable.categories]
        best = [m for m in others if m is not None]
    return max(best, key=lambda m: m.weight, default=None)
