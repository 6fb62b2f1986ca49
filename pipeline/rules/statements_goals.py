"""The goals as they were written: what was to be made, how many, and what of it is told as done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from spacy.tokens import Span

from annotations.figures import load_figures
from annotations.outcomes import load_outcomes
from corpus.types import Context, Mention
from pipeline.language.swedish import text_of
from pipeline.language.verbs import is_finite
from pipeline.rules.outcomes import Clause, clauses
from pipeline.rules.patterns import Match, Matcher
from pipeline.rules.statements_figures import category_of
from pipeline.rules.statements_targets import LEAST, TARGET, YEARS

VARIABLE = "maluppfyllelse"
DONE_RULE = "mal_prestation"
STEM = 5  # letters of a counted word that tell it: "samtal", "samtalen"
LONG = 12  # letters; a longer word is mostly a compound
AMOUNT_WEIGHT = 1.2
DONE_WEIGHT = 1.1
SHORT = 40  # characters of a sentence whose only number is of what the goal counts
LEAD = 25  # letters before a number that may say that it is a limit
DONE = ("reached", "begun")
EFFECT = "effect"
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Goal:
    """What the goals ask for: `products` to be made, a change (`effect`), so many of something.

    `amounts`: by the first letters of what is counted; a word with two amounts is none. Those in
    `limits` are the most there may be. `numbers`: all of them.
    """

    products: frozenset[str] = frozenset()
    effect: bool = False
    amounts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    limits: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()


def goal_of(sentences: Sequence[Span]) -> Goal:
    """Return what the sentences of the answer about the goals ask for."""
    named = frozenset(key for s in sentences for key in _named(s))
    phrases = load_figures().expressions
    amounts: dict[str, int] = {}
    limits: set[str] = set()
    numbers: set[int] = set()
    for text in map(text_of, sentences):
        for value, stem, start, _ in _counted(text):
            limited = phrases["limit"].search(text, max(0, start - LEAD), start)
            numbers.add(value)
            if limited:
                limits.add(stem)
            if limited or not phrases["of_time"].match(stem):
                amounts[stem] = 0 if amounts.get(stem, value) != value else value
    amounts = {stem: value for stem, value in amounts.items() if value}
    return Goal(
        named - {EFFECT, DRAFT}, EFFECT in named, amounts, frozenset(limits), frozenset(numbers)
    )


def _named(sentence: Span) -> Iterator[str]:
    """Yield what a sentence of the goals asks for; not what something made is for."""
    made = False
    end = sentence.end_char
    purposes = load_outcomes().purpose
    for first, then in pairwise(sentence):
        if first.lower_ in purposes and then.lower_ in load_outcomes().that:
            end = then.idx
            break
    for hit in _matcher().find(sentence):
        if hit.key != EFFECT or not made or hit.start_char < end:
            yield hit.key
        made = made or hit.key not in (EFFECT, DRAFT)


def find_amounts(sentence: Span, goal: Goal, question: str) -> Iterator[Mention]:
    """Yield what a number tells beside the goal's number of the same: "52 samtal" of 60."""
    if question != VARIABLE or not goal.amounts:
        return
    text = text_of(sentence)
    if load_figures().expressions["target"].search(text):  # told in the sentence itself
        return
    told: dict[str, list[tuple[int, int, int]]] = {}
    for value, stem, start, end in _counted(text):
        if goal.amounts.get(stem, value) != value:
            told.setdefault(stem, []).append((value, start, end))
    if not told and len(goal.amounts) == 1 and len(text) <= SHORT:
        told = {stem: _lone(text) for stem in goal.amounts}
    for stem, several in told.items():
        if len({value for value, _, _ in several}) != 1:  # "12 samtal i våras och 31 samtal i höst"
            continue
        (value, start, end), target = several[0], goal.amounts[stem]
        category = category_of(value, target)
        if stem in goal.limits:
            category = "helt" if value < target else "delvis"
        yield _mention(sentence, category, start, end, TARGET, question, AMOUNT_WEIGHT)


def other_products(sentences: Sequence[Span], goal: Goal) -> Sequence[int]:
    """Return where something made is named that the goals do not ask for."""
    asked = goal.products | {EFFECT, DRAFT}
    return [h.start_char for s in sentences for h in _matcher().find(s) if h.key not in asked]


def products_in(sentence: Span) -> frozenset[str]:
    """Return the kinds of things made that a sentence names."""
    return frozenset(h.key for h in _matcher().find(sentence)) - {EFFECT, DRAFT}


def find_done(goal: Goal, answers: Sequence[tuple[str, Sequence[Span]]]) -> list[Mention]:
    """Return what the account of the work tells of what was to be made, at its words.

    Only of goals that are something made: what came of a change that was wanted is not told so.
    Made and not made, and what is only a draft, are goals reached in part.
    """
    if goal.effect or not goal.products:
        return []
    told: dict[str, tuple[Span, Match]] = {}
    work = load_outcomes().worked_in
    for sentence in (s for question, sentences in answers if question == work for s in sentences):
        found = [h for h in _matcher().find(sentence) if h.key in goal.products | {DRAFT}]
        read = clauses([sentence]) if found else ()
        for hit in found:
            own = next((c for c in read if c.start <= hit.start_char < c.end), None)
            how = "draft" if hit.key == DRAFT else _how_made(own, sentence)
            told.setdefault(how, (sentence, hit))
    category = "delvis" if len(told.keys() & {"made", "missed", "draft"}) > 1 else "helt"
    if "made" not in told:
        return []
    sentence, hit = told["made"]
    offset = sentence.start_char
    start, end = hit.start_char - offset, hit.end_char - offset
    return [_mention(sentence, category, start, end, DONE_RULE, work, DONE_WEIGHT)]


def _how_made(clause: Clause | None, sentence: Span) -> str:
    """Return whether a clause tells of something made: by its verb, or as a note without one."""
    if clause is None:
        return ""
    if clause.outcome is not None:
        return "made" if clause.outcome in DONE else "missed" if clause.outcome == "failed" else ""
    return "" if clause.meant or any(map(is_finite, sentence)) else "made"


def _lone(text: str) -> list[tuple[int, int, int]]:
    """Return the numbers that nothing is said to be of, and where they stand."""
    figures = load_figures()
    found = figures.expressions["lone"].finditer(text)
    told = [(_value(m[1]), m.start(), m.end()) for m in found]
    return [t for t in told if t[0] >= LEAST and t[0] not in YEARS]


def _value(number: str) -> int:
    digits = number.replace(" ", "")
    return int(digits) if digits.isdigit() else load_figures().numbers[number.casefold()]


def _counted(text: str) -> Iterator[tuple[int, str, int, int]]:
    """Yield each number of something, the first letters of that word, and where they stand."""
    figures = load_figures()
    for match in figures.expressions["amount"].finditer(text):
        number, percent, word = match.group(1, 2, 3)
        value = _value(number)
        if value >= LEAST and value not in YEARS:
            yield value, "%" if percent else _stem(word), match.start(), match.end()


def _stem(word: str) -> str:
    """Return the letters that tell a word, more of a long one: no "familjer" are family members."""
    return word[: STEM if len(word) <= LONG else LONG].lower()


def _mention(
    sentence: Span, category: str, start: int, end: int, rule: str, question: str, weight: float
) -> Mention:
    offset = sentence.start_char
    return Mention(
        variable=VARIABLE,
        category=category,
        start=offset + start,
        end=offset + end,
        sent_start=offset,
        sent_end=offset + len(text_of(sentence).rstrip()),
        context=Context.AKTIV,
        rule=rule,
        question=question,
        weight=weight,
    )


@cache
def _matcher() -> Matcher:
    known = load_outcomes()
    others = {EFFECT: known.effects, DRAFT: known.drafts}
    return Matcher({**known.products, **others}, source="outcomes.yaml")
