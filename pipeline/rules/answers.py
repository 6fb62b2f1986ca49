"""Answers to "aktör X" that name nobody: they speak of the group, or repeat the answer before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Span

from annotations.codebook import Group, Variable, load
from annotations.partner_weights import load_weights, patterns
from annotations.scope import load_scope
from corpus.types import Answer, Context, Mention
from pipeline.rules.context import Reading, read_all
from pipeline.rules.patterns import Matcher
from pipeline.rules.scenes import scene

VARIABLE = "partner"
BARE = "namn"
ANSWER = "svar"


def about_group(
    text: str, sentences: Sequence[Span], answer: Answer, before: Mention | None
) -> Iterator[Mention]:
    """An answer to "aktör X" that names nobody speaks about the group of its question.

    `before`: the last mention of the actor answer before it, which "d:o" repeats.
    """
    group = next((g for g in _codebook().groups if answer.question == f"aktor_{g.id}"), None)
    if group is None or not sentences:
        return
    start, end = sentences[0].start_char, sentences[-1].end_char
    if before is not None and _ditto(text[start:end]):
        yield _group_mention(group, answer, start, end, repeated(before))
        return
    if not re.search(r"\w", text[start:end]):  # "-"
        yield _group_mention(
            group, answer, start, end, Reading(Context.NEJ, load_weights().limits.weak)
        )
        return
    readings = [read_all(scene(s, (), answer.question)) for s in sentences]
    taught = [r for r in readings if r.context is Context.INBJUDEN and r.strength >= 0.75]
    invited = [r for r in taught if r.cue not in load_scope().invitations]
    best = max(invited or readings, key=lambda r: (r.context is Context.NEJ, r.strength))
    if best.context is None:
        if any(True for s in sentences for _ in _refers().find(s)) or not re.search(
            r"\w{3}", text[start:end]
        ):
            return
        best = Reading(Context.AKTIV, load_weights().limits.unticked)
    yield _group_mention(group, answer, start, start + len(text[start:end].rstrip()), best)


def repeated(before: Mention | None) -> Reading:
    """Return what an answer says that repeats the one before: "d:o", "polisen likaså"."""
    if before is None:
        return Reading(None, 0.0)
    return Reading(before.context, before.weight, before.rule.rpartition("+")[2])


def _group_mention(group: Group, answer: Answer, start: int, end: int, reading: Reading) -> Mention:
    rule = f"{ANSWER}.{group.id}+{reading.cue or BARE}"
    context = reading.context or Context.AKTIV
    return Mention(
        VARIABLE,
        group.other,
        start,
        end,
        start,
        end,
        context,
        rule,
        answer.question,
        reading.strength,
    )


def _ditto(text: str) -> bool:
    """ "D:o.", "Samma." """
    return " ".join(text.lower().strip(" .!\n").split()) in load_weights().ditto


@cache
def _codebook() -> Variable:
    return load().variable(VARIABLE)


@cache
def _refers() -> Matcher:
    return Matcher({"refers": patterns(load_weights().refers)}, source="partner_weights.yaml")
