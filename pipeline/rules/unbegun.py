"""A report of a project that has not begun: whoever is merely named there is intended (P11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Span

from annotations.partner_weights import load_weights, patterns
from annotations.scope import load_scope
from corpus.types import Answer, Context, Mention
from pipeline.rules.answers import BARE
from pipeline.rules.patterns import Matcher

UNBEGUN = "plan.ej_borjat"  # the cue of such a name


def unbegun(kind: str, answered: Sequence[tuple[Answer, Sequence[Span]]]) -> bool:
    """Whether the first answer about the work begins by saying that it has not begun."""
    rule = load_weights().unbegun
    if kind not in rule.kinds:
        return False
    by_question = {answer.question: own for answer, own in answered if own}
    told = next((by_question[q] for q in rule.questions if q in by_question), [])
    return any({m.key for m in _says().find(s)} == {"says"} for s in told[: rule.first])


def as_intended(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with those merely named, or only asked, as intended.

    Not where one of them is told to have worked with the project: then something has begun.
    """
    done = load_weights().unbegun.done
    if any(m.question in done and _works(m) for m in mentions):
        return list(mentions)
    told = (m.question in done or m.question.startswith("aktor_") for m in mentions)
    return [m if t and _works(m) else _intended(m) for m, t in zip(mentions, told, strict=True)]


def _works(mention: Mention) -> bool:
    """Whether a cue says clearly that the actor takes part."""
    said = mention.context is Context.AKTIV and not mention.rule.endswith(f"+{BARE}")
    return said and mention.weight >= load_weights().unbegun.worked


def _intended(mention: Mention) -> Mention:
    source, _, cue = mention.rule.rpartition("+")
    if mention.context is not Context.AKTIV and cue not in load_scope().asked:
        return mention
    weight = load_weights().unbegun.weight
    return replace(mention, context=Context.PLANERAD, rule=f"{source}+{UNBEGUN}", weight=weight)


@cache
def _says() -> Matcher:
    rule = load_weights().unbegun
    return Matcher({"says": patterns(rule.says), "unless": patterns(rule.unless)}, source="unbegun")
