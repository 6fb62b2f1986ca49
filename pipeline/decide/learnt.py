"""The learnt coder's word on the rules' codings: other values, calibrated confidence, who looks.

What the model cannot show words for it does not code: such a cell keeps the rules' value and goes
to a person. So does a code that the model's own sentence alone speaks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotations.codebook import Codebook, Variable
from corpus.types import Coding, Document, DocumentKind, Origin, Role, Status, Submission
from models.case import PARTNER
from models.coder import SILENT, Cell, Coder, Opinion
from pipeline.decide.case import Analysed
from pipeline.decide.reasons import Lasting
from pipeline.decide.spans import evidence_span, sentence_span
from pipeline.decide.wording import WEAK, doubt

DIFFERS = "Modellen läser texten annorlunda än reglerna."
NOT_ENOUGH = "Modellen bedömer att texten inte räcker för koden."
ONLY_TICK = "Bara ett kryss; modellen bedömer att texten inte stöder det."


def with_model(
    codings: Sequence[Coding], cases: Sequence[Analysed], coder: Coder, codebook: Codebook
) -> tuple[Coding, ...]:
    """Return the codings as the model sees them; an application is left to the rules.

    `cases` are the project's documents, oldest first. Each partner is judged by the newest document
    that names it, everything else by the newest.
    """
    if not cases or not judges(cases[-1].submission):
        return tuple(codings)
    told: dict[Cell, tuple[Opinion, Analysed]] = {}
    for case in cases:
        opinions = coder.opinions(case, codings, codebook)
        newest = case is cases[-1]
        told |= {
            cell: (opinion, case)
            for cell, opinion in opinions.items()
            if newest or cell[0] == PARTNER
        }
    judged = []
    for variable in codebook.variables:
        own = [c for c in codings if c.variable == variable.id]
        seen: Sequence[Coding] = [_judge(c, own, variable, told, coder) for c in own]
        judged += _consistent(variable, _one_held(own, seen) if variable.kind == "one" else seen)
    texts = {case.document.name: case.document for case in cases}
    return tuple(_explained(c, texts, coder) for c in judged)


def judges(newest: Submission) -> bool:
    """Tell whether the model has a say on a project whose newest document this is."""
    return newest.kind is not DocumentKind.TJANSTEUTLATANDE_ANSOKAN


def _explained(coding: Coding, texts: Mapping[str, Document], coder: Coder) -> Coding:
    """Return a coding whose only reason is weak support with the words that are new, if any are."""
    if coding.reasons != (WEAK,) or coding.evidence is None:
        return coding
    why = doubt(coding.evidence, texts.get(coding.evidence.document), coder)
    return replace(coding, reasons=(why,))


def _judge(
    coding: Coding,
    own: Sequence[Coding],
    variable: Variable,
    told: Mapping[Cell, tuple[Opinion, Analysed]],
    coder: Coder,
) -> Coding:
    found = told.get((coding.variable, coding.category))
    if found is None:
        chance = coder.silent[coding.variable].probability(SILENT)
        return _trusted(coding, chance, coder.threshold, coding.reasons)
    opinion, case = found
    chance = coder.calibrations[coding.variable].probability(opinion.score)
    counted = coding.value and coding.role is not Role.PLANERAD
    wanted = bool(opinion.value) and opinion.value != Role.PLANERAD
    if variable.roles and opinion.value:
        return _partner(coding, opinion, case, chance, coder.threshold, counted != wanted)
    if wanted == counted:
        kept = (
            coding if opinion.value or not coding.value else replace(coding, role=None, value=False)
        )
        return _trusted(kept, chance, coder.threshold, ())
    if not wanted and _stands(coding, variable):
        return replace(coding, status=Status.REVIEW, reasons=(*_kept(coding), ONLY_TICK))
    if not wanted:
        return _trusted(
            replace(coding, value=False, role=None, evidence=None, origin=Origin.MODEL),
            chance,
            coder.threshold,
            (NOT_ENOUGH,),
        )
    ruled = coding.evidence
    if variable.kind == "one":
        ruled = next((c.evidence for c in own if c.value), None)
    evidence = sentence_span(*opinion.at, case.document) if opinion.at else ruled
    if evidence is None:
        return _doubted(coding, 1 - chance)
    flipped = replace(coding, value=True, evidence=evidence, origin=Origin.MODEL)
    if ruled is None:
        return _doubted(flipped, chance)
    return _trusted(flipped, chance, coder.threshold, (DIFFERS,))


def _doubted(coding: Coding, chance: float) -> Coding:
    reasons = (*_kept(coding), DIFFERS)
    return replace(coding, confidence=chance, status=Status.REVIEW, reasons=reasons)


def _one_held(ruled: Sequence[Coding], judged: Sequence[Coding]) -> Sequence[Coding]:
    """Return codings of which one holds: the rules' where the model shows no words for another."""
    if any(c.value for c in judged):
        return judged
    pairs = zip(ruled, judged, strict=True)
    return [_doubted(old, 1 - new.confidence) if old.value else new for old, new in pairs]


def _stands(coding: Coding, variable: Variable) -> bool:
    """Whether a tick counts whatever the model makes of the text: the codebook's "tick alone".

    The confidence stays the rules' measured share of such ticks that were right. A partner's tick
    says nothing of who it is, and of a variable of kind one another value may hold.
    """
    return coding.origin is Origin.TICK and variable.kind != "one" and not variable.roles


def _partner(
    coding: Coding,
    opinion: Opinion,
    case: Analysed,
    chance: float,
    limit: float,
    differs: bool,
) -> Coding:
    """Return a partner that takes part, or means to, with the role and words the model sees."""
    evidence = coding.evidence
    if opinion.mention is not None and (evidence is None or differs):
        evidence = evidence_span(opinion.mention, case.document)
    origin = coding.origin if coding.value and not differs else Origin.MODEL
    role = Role(opinion.value)
    if coding.role is not role and evidence is not None:
        origin = Origin.MODEL
    told = replace(coding, value=True, role=role, evidence=evidence, origin=origin)
    return _trusted(told, chance, limit, (DIFFERS,) if differs else ())


def _trusted(coding: Coding, chance: float, limit: float, reasons: Sequence[str]) -> Coding:
    """Return a coding with its calibrated confidence; automatic where that reaches the limit."""
    kept = _kept(coding)
    if chance >= limit and not kept:
        return replace(coding, confidence=chance, status=Status.AUTO, reasons=())
    why = [*kept, *(r for r in (*coding.reasons, *reasons) if r not in kept)] or [WEAK]
    return replace(coding, confidence=chance, status=Status.REVIEW, reasons=tuple(why))


def _kept(coding: Coding) -> tuple[str, ...]:
    return tuple(r for r in coding.reasons if isinstance(r, Lasting))


def _consistent(variable: Variable, codings: Sequence[Coding]) -> list[Coding]:
    """Return codings that can hold together: parts bring their group, what stands alone does."""
    held = {c.category: c for c in codings if c.value}
    result = list(codings)
    for category in variable.categories:
        own = held.get(category.id)
        if not category.alone or own is None:
            continue
        rivals = [c for id, c in held.items() if id != category.id]
        if rivals:
            loses = category.id if max(c.confidence for c in rivals) >= own.confidence else ""
            result = [
                _without(c) if c.value and (c.category == category.id) == bool(loses) else c
                for c in result
            ]
            held = {c.category: c for c in result if c.value}
    for i, coding in enumerate(result):
        if variable.groups or coding.value:
            continue
        parts = [c for c in variable.categories if c.part_of == coding.category]
        strongest = max(
            (held[p.id] for p in parts if p.id in held), key=lambda c: c.confidence, default=None
        )
        if strongest:
            result[i] = replace(
                coding,
                value=True,
                evidence=strongest.evidence,
                confidence=strongest.confidence,
                status=strongest.status,
                origin=strongest.origin,
                reasons=strongest.reasons,
            )
    return result


def _without(coding: Coding) -> Coding:
    return replace(
        coding,
        value=False,
        role=None,
        evidence=None,
        origin=Origin.MODEL,
        status=Status.REVIEW,
        reasons=(*coding.reasons, DIFFERS),
        confidence=min(coding.confidence, 1 - coding.confidence),
    )
