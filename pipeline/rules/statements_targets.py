"""A goal set in figures held against what came of it: "skulle vara 40, blev 46"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from annotations.figures import load_figures
from annotations.statements import load_decisions
from corpus.types import Context, Mention
from pipeline.language.swedish import text_of
from pipeline.rules.statements_figures import NEARLY_ALL

YEARS = range(1980, 2100)
FEW = 0.1
LEAST = 2
WEIGHT = 1.5
TARGET = "mal_antal"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number in a text, whether it is a percentage or `bare`, and where its words stand."""

    value: int
    percent: bool
    start: int
    end: int
    bare: bool = False


def find_targets(sentences: Sequence[Span], question: str) -> Iterator[Mention]:
    """Yield what goals set in figures say of goal attainment in the sentences of one answer."""
    around: Sequence[Span | None] = [None, *sentences, None]
    for before, sentence, after in zip(around, sentences, around[2:], strict=False):
        yield from _in_sentence(sentence, before, after, question)


def _in_sentence(
    sentence: Span, before: Span | None, after: Span | None, question: str
) -> Iterator[Mention]:
    """What came of the goal may stand in the rest of its sentence, the one after or before it."""
    text, phrases = text_of(sentence), load_figures().expressions
    if question != "maluppfyllelse" and not phrases["told_of_goal"].search(text.lower()):
        return
    match = phrases["target"].search(text)
    if match is None:
        yield from _as_share(sentence, before, after, question)
        return
    shares = phrases["share_turned"].finditer(text)
    if any(s.start() <= match.start() < s.end() for s in shares):  # "av tre delmål är två nådda"
        return
    at_most = bool(phrases["at_most"].search(match[0]))
    target = _figure(match, text, timed=at_most)
    if target is None:
        return
    rest = " " * match.end() + text[match.end() :]
    lead = text[: match.start()]
    came = _came(rest, target) or _came(lead, target, last=True)
    around = [(after, False), (before, True)]
    for other, last in reversed(around) if phrases["by_then"].search(text) else around:
        if came is None and other is not None and not phrases["target"].search(other.text):
            came = _came(other.text, target, last=last)
    if came is None:
        return
    if phrases["none_of"].search(text):
        return
    category = _category(came.value, target.value, at_most)
    yield _mention(sentence, match.start(), match.end(), category, question)


def _mention(sentence: Span, start: int, end: int, category: str, question: str) -> Mention:
    factor = load_decisions().question_factor("maluppfyllelse", question)
    offset = sentence.start_char
    return Mention(
        variable="maluppfyllelse",
        category=category,
        start=offset + start,
        end=offset + end,
        sent_start=offset,
        sent_end=offset + len(text_of(sentence).rstrip()),
        context=Context.AKTIV,
        rule=TARGET,
        question=question,
        weight=round(WEIGHT * factor, 4),
    )


def _as_share(
    sentence: Span, before: Span | None, after: Span | None, question: str
) -> Iterator[Mention]:
    """Yield what a goal set as a share tells: "19 av 33 har egen lön. Målet var hälften."."""
    figures = load_figures()
    match = figures.expressions["fraction_target"].search(text_of(sentence))
    if match is None:
        return
    target = figures.fractions[match[1].casefold()]
    for place in (sentence, before, after):
        text = text_of(place) if place is not None else ""
        for share in figures.expressions["share_told"].finditer(text):
            part, whole = (int(share[1]), int(share[2])) if share[1] else (int(share[3]), 100)
            if place is not None and 0 < part <= whole:
                category = "helt" if part >= NEARLY_ALL * target * whole else "delvis"
                yield _mention(place, share.start(), share.end(), category, question)
                return


def _came(text: str, target: _Figure, *, last: bool = False) -> _Figure | None:
    found = (
        _figure(m, text, timed=True) for m in load_figures().expressions["came"].finditer(text)
    )
    figures = [f for f in found if f is not None]
    alike = [f for f in figures if f.percent == target.percent]
    if not alike and target.bare:  # "andelen är 58 procent, målet var 50"
        alike = [f for f in figures if f.percent]
    return alike[-1 if last else 0] if alike else None


def _figure(match: re.Match[str], text: str, *, timed: bool) -> _Figure | None:
    """Return the number matched; None for years and, unless `timed`, for times and sums."""
    phrases = load_figures().expressions
    group = next(i for i, g in enumerate(match.groups(), start=1) if g is not None)
    word = match[group].lower().replace(" ", "")
    value = int(word) if word.isdigit() else load_figures().numbers[word]
    if value in YEARS or value < LEAST:
        return None
    if not timed and phrases["other_unit"].match(text, match.end(group)):
        return None
    percent = bool(phrases["percent"].match(text, match.end(group)))
    bare = not percent and text[match.end(group) :].lstrip()[:1] in ("", ".", ",", ";", ")")
    return _Figure(value, percent, match.start(), match.end(), bare)


def _category(came: int, target: int, at_most: bool) -> str:
    if at_most:
        return "helt" if came <= target else "delvis"
    return "helt" if came >= NEARLY_ALL * target else "ej" if came <= FEW * target else "delvis"
