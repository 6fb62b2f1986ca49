"""From everything found in a project's documents to one coding for every category."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.codebook import Codebook
from annotations.statements import load_decisions
from corpus.types import Coding, Role
from models.coder import Coder
from pipeline.decide.case import Analysed
from pipeline.decide.codings import silent
from pipeline.decide.damaged import doubted
from pipeline.decide.learnt import with_model
from pipeline.decide.partners import VARIABLE as PARTNER
from pipeline.decide.partners import decide_partners
from pipeline.decide.scores import scores
from pipeline.decide.values import with_follows
from pipeline.decide.variables import Decided, decide_variable


def decide(
    cases: Sequence[Analysed], codebook: Codebook, coder: Coder | None = None
) -> tuple[Coding, ...]:
    """Return one coding for every category, in the codebook's order.

    `cases` are the project's documents, oldest first. For each variable the newest document that
    says anything about it decides; what an older one said otherwise stands among the reasons.
    With a `coder`, its learnt word on the rules' codings; without, the rules alone.
    """
    partners = decide_partners(cases, codebook)
    codings = {(c.variable, c.category): c for c in partners}
    for decided in decide_statements(cases, codebook, partners):
        codings[decided.coding.variable, decided.coding.category] = decided.coding
    ruled = tuple(
        codings.get((c.variable, c.id)) or silent(c.variable, c.id) for c in codebook.leaves()
    )
    whole = with_model(ruled, cases, coder, codebook) if coder else ruled
    return doubted(whole, [case.document for case in cases])


def decide_statements(
    cases: Sequence[Analysed], codebook: Codebook, partners: Sequence[Coding]
) -> tuple[Decided, ...]:
    """Return the codings of every variable but partner, each with what it rests on."""
    decisions = load_decisions()
    active = sum(_works_with_us(c) for c in partners)
    scored = [with_follows(scores(case, codebook, decisions, active), decisions) for case in cases]
    return tuple(
        decided
        for variable in codebook.variables
        if variable.id != PARTNER
        for decided in decide_variable(variable, cases, scored, decisions, partners)
    )


def _works_with_us(partner: Coding) -> bool:
    """Whether words, not only a tick, say that a partner works with the project."""
    return partner.value and partner.role is Role.AKTIV and partner.evidence is not None
