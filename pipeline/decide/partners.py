"""One coding for every partner: does it take part, and how, from all mentions and the ticks.

Strong refusals beat names in a list; what is said beats a tick; a part makes its group's "annan"
needless.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotations.codebook import Codebook, Group, Variable
from annotations.partner_weights import load_weights
from corpus.types import Choice, Coding, Context, Mention, Origin, Role, Span, Status
from pipeline.decide.case import Analysed
from pipeline.decide.reasons import UNSURE_PARTNER_TICK
from pipeline.decide.ticks import is_tick, tick_of
from pipeline.decide.verdicts import ABOVE, BARE, ROLES, TAUGHT, Verdict, of_several

VARIABLE = "partner"


def decide_partners(cases: Sequence[Analysed], codebook: Codebook) -> tuple[Coding, ...]:
    """Return one coding for every partner category.

    `cases` are the project's documents, oldest first; for each actor the newest document that says
    anything about it decides.
    """
    variable = codebook.variable(VARIABLE)
    codings: list[Coding] = []
    for group in variable.groups:
        newest: dict[str, Coding] = {}
        for case in cases:
            for coding, speaks in _decide_group(case, variable, group):
                if speaks or coding.category not in newest:
                    newest[coding.category] = coding
        codings += newest.values()
    return tuple(codings)


def _decide_group(
    case: Analysed, variable: Variable, group: Group
) -> Iterator[tuple[Coding, bool]]:
    """Yield (coding, whether the document says anything about the actor) for a group's parts."""
    mentions = [m for m in case.mentions if m.variable == VARIABLE]
    leaves = [c.id for c in variable.parts(group.id)]
    named = [m for m in mentions if m.category in leaves and not m.rule.startswith("svar.")]
    answers = [
        m
        for m in mentions
        if m.rule == f"svar.{group.id}" or m.rule.startswith(f"svar.{group.id}+")
    ]
    tick = tick_of(case, group)
    # A form without a single ticked actor says nothing by its empty boxes.
    used = any(
        c.checked for c in case.submission.choices if any(is_tick(c, g) for g in variable.groups)
    )
    ticked = tick.checked if tick is not None and used else None
    verdicts = {
        leaf: of_several([m for m in named if m.category == leaf], ticked) for leaf in leaves
    }
    _spread_answer(verdicts, answers)
    verdicts = _without_faint(verdicts)
    holding = [v for v in verdicts.values() if v.role]
    answered = _answered(case, group, named)
    refused = [
        v for v in verdicts.values() if v.kind == "refused" or _explained(v, group, answered)
    ]
    if not holding and not verdicts[group.other].role:
        verdicts[group.other] = _whole_group(verdicts[group.other], answers, refused, tick)
    for leaf in leaves:
        verdict = verdicts[leaf]
        label = variable.category(leaf).label
        yield _coding(case, leaf, label, group, verdict, tick), verdict.kind != "silent"


def _without_faint(verdicts: dict[str, Verdict]) -> dict[str, Verdict]:
    """A tick lets a faint name count only while nothing else in the group explains the tick."""
    limit = load_weights().limits.value
    if not any(v.role and v.weight >= limit for v in verdicts.values()):
        return verdicts
    return {
        leaf: Verdict(None, "mentioned", v.weight, v.mention) if v.role and v.weight < limit else v
        for leaf, v in verdicts.items()
    }


def _answered(case: Analysed, group: Group, named: Sequence[Mention]) -> bool:
    """Whether the group's own question is answered in words that name nobody: "se ovan"."""
    asked = f"aktor_{group.id}"
    own = (a for a in case.submission.answers if a.question == asked)
    told = any(any(c.isalpha() for c in case.document.text[a.start : a.end]) for a in own)
    return told and all(m.question != asked or m.rule.endswith(ABOVE) for m in named)


def _explained(verdict: Verdict, group: Group, answered: bool) -> bool:
    """Whether an actor is told of, and no part in the work: in the group's own answer or, where
    that names nobody (`answered`), elsewhere.
    """
    said = verdict.mention if verdict.kind == "mentioned" else None
    return (
        said is not None
        and (answered or said.question == f"aktor_{group.id}")
        and said.context in (Context.ANNAN, Context.OMNAMND)
        and said.weight >= TAUGHT
    )


def _spread_answer(verdicts: dict[str, Verdict], answers: Sequence[Mention]) -> None:
    """An answer that names nobody speaks of the group's actors named elsewhere."""
    for answer in answers:
        for leaf, verdict in list(verdicts.items()):
            done = verdict.kind == "refused" or verdict.role is Role.PLANERAD
            if verdict.mention is None or done or answer.weight < 0.7:
                continue
            if answer.context is Context.NEJ and verdict.kind in (
                "weak",
                "bare",
                "bare_unticked",
                "mentioned",
            ):
                verdicts[leaf] = Verdict(None, "refused", answer.weight, answer)
            elif answer.context in ROLES and verdict.kind in (
                "weak",
                "bare",
                "bare_unticked",
            ):
                verdicts[leaf] = Verdict(ROLES[answer.context], "cue", answer.weight, answer)


def _whole_group(
    verdict: Verdict, answers: Sequence[Mention], refused: Sequence[Verdict], tick: Choice | None
) -> Verdict:
    """Return what holds for the group as a whole when no part of it is coded."""
    ticked = tick is not None and tick.checked
    if ticked and all(_dash(a) for a in answers) and not refused:
        return Verdict(Role.AKTIV, "tick", 0.5, None)
    for answer in answers:
        if answer.context is Context.NEJ:
            return Verdict(None, "refused", answer.weight, answer)
        if answer.context in ROLES and (tick is None or tick.checked or answer.weight >= 0.7):
            return Verdict(ROLES[answer.context], "answer", answer.weight, answer)
    return verdict


def _dash(answer: Mention) -> bool:
    """Whether a ticked group's answer is a mere "-": then the tick holds."""
    return answer.context is Context.NEJ and answer.rule.endswith(BARE)


def _coding(
    case: Analysed, leaf: str, label: str, group: Group, verdict: Verdict, tick: Choice | None
) -> Coding:
    weights = load_weights()
    if verdict.kind == "mentioned" and verdict.mention and _tells(verdict.mention.question):
        verdict = replace(verdict, kind="doubtful")
    confidence = getattr(weights.confidence, verdict.basis)
    reasons = tuple(_reasons(label, group, verdict, tick, confidence))
    mention = verdict.mention
    evidence = None
    if mention is not None:
        page = case.document.page_at(mention.start)
        evidence = Span(
            case.document.name, mention.sent_start, mention.sent_end, page.number if page else None
        )
    return Coding(
        VARIABLE,
        leaf,
        verdict.role is not None,
        verdict.role,
        confidence,
        Status.REVIEW if reasons else Status.AUTO,
        Origin.TICK if verdict.kind == "tick" else Origin.RULE,
        evidence,
        reasons,
    )


def _tells(question: str) -> bool:
    """Whether the answer is about what was done, so that a name there is rarely there by chance."""
    return question.startswith("aktor_") or question in {"insatser", "nya_aktorer", "fritext"}


def _reasons(
    label: str, group: Group, verdict: Verdict, tick: Choice | None, confidence: float
) -> Iterator[str]:
    limits = load_weights().limits
    ticked = tick is not None and tick.checked
    if verdict.kind == "refused" and ticked:  # the text wins
        box = group.label.lower()
        yield (
            f"Rutan för {box} är ikryssad men texten säger att parten ({label}) har avböjt "
            "eller lämnat samarbetet."
        )
    if verdict.role and verdict.kind != "tick" and tick is not None and not tick.checked:
        yield f"Texten nämner en part men rutan för {group.label.lower()} är inte ikryssad."
    if verdict.kind == "tick":
        yield f"Rutan för {group.label.lower()} är ikryssad men ingen text säger vem som deltar."
    if verdict.kind == "answer":
        yield "Svaret nämner ingen känd part vid namn."
    if verdict.basis in ("disputed", "refused_disputed"):
        yield f"Texten säger både att parten ({label}) deltar och att den inte gör det."
    if verdict.basis in ("weak", "doubtful", "mentioned"):
        yield "Parten nämns men texten säger inte tydligt att den deltar."
    if tick is not None and tick.certainty < limits.tick and (ticked or verdict.role):
        yield UNSURE_PARTNER_TICK
    thin = confidence < limits.review and verdict.role is not None
    if thin and verdict.basis in ("cue", "bare"):
        yield "Bara ett ställe i texten talar för att parten deltar."
    elif thin and verdict.basis not in ("tick", "answer", "weak", "disputed"):
        yield "Stödet i texten är svagt."
