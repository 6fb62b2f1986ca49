"""Whether the writer stands by the ticked actors: "kryssen enligt ansökan", "fel ruta"."""

from __future__ import annotations

from functools import cache

from annotations.codebook import Group
from annotations.partner_weights import load_weights, patterns
from corpus.types import Choice
from pipeline.decide.case import Analysed
from pipeline.language.swedish import analyse
from pipeline.rules.patterns import Matcher


def is_tick(choice: Choice, group: Group) -> bool:
    """Whether the box is the group's."""
    return f"{choice.question}.{choice.option}" in group.ticks


def tick_of(case: Analysed, group: Group) -> Choice | None:
    """Return the group's box, or None where there is none or the writer disowns it."""
    tick = next((c for c in case.submission.choices if is_tick(c, group)), None)
    return None if tick is not None and tick.checked and _disowned(case, group) else tick


def _disowned(case: Analysed, group: Group) -> bool:
    words = load_weights()
    for answer in case.submission.answers:
        text = case.document.text[answer.start : answer.end]
        low = text.lower()
        if not any(hint in low for hint in words.distanced_hints):
            continue
        asked = answer.question.startswith("aktor_")
        one = asked and any(word in low for word in words.distanced_one)
        if one and answer.question != f"aktor_{group.id}":
            continue
        if _distances(text):
            return True
    return False


@cache
def _distances(text: str) -> bool:
    return any(_matcher().find(sentence) for sentence in analyse(text, lemmas=False).sents)


@cache
def _matcher() -> Matcher:
    return Matcher({"distanced": patterns(load_weights().distanced)}, source="partner_weights.yaml")
