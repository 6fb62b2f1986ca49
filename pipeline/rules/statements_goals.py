"""The goals as they were written: what was to be made, how many, and what of it is told as done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from spacy.tokens import Span

from annotations.figures import load_figures
from annotations.outcomes import load_outcomes
from corpus.types import Context, Mention
from pipeline.language.swedish import text_of
from pipeline.language.verbs import is_finite
from pipeline.rules.outcomes import Clause, clauses
from pipeline.rules.patterns import Matcher
from pipeline.rules.statements_figures import category_of
from pipeline.rules.statements_targets import LEAST, TARGET, YEARS

VARIABLE = "maluppfyllelse"
DONE_RULE = "mal_prestation"
STEM = 5  # letters of a counted word that tell it: "samtal", "samtalen"
AMOUNT_WEIGHT = 1.2
DONE_WEIGHT = 1.1
LEAD = 25  # letters before a number that may say that it is a limit
DONE = ("reached", "begun")
EFFECT = "effect"


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
    named = frozenset(hit.key for s in sentences for hit in _matcher().find(s))
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
    return Goal(named - {EFFECT}, EFFECT in named, amounts, frozenset(limits), frozenset(numbers))


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
    for stem, several in told.items():
        if len({value for value, _, _ in several}) > 1:  # "12 samtal i våras och 31 samtal i höst"
            continue
        (value, start, end), target = several[0], goal.amounts[stem]
        category = category_of(value, target)
        if stem in goal.limits:
            category = "helt" if value < target else "delvis"
        yield _mention(sentence, category, start, end, TARGET, question, AMOUNT_WEIGHT)


def find_done(goal: Goal, sentences: Sequence[Span], question: str) -> list[Mention]:
    """Return that what was to be made is told as made in the account of the work, at its words.

    Only of goals that are something made: what came of a change that was wanted is not told so.
    """
    if goal.effect or not goal.products:
        return []
    for sentence in sentences:
        for hit in _matcher().find(sentence):
            at = hit.start_char
            told = next((c for c in clauses([sentence]) if c.start <= at < c.end), None)
            if hit.key in goal.products and told is not None and _made(told, sentence):
                offset = sentence.start_char
                end = hit.end_char - offset
                mention = _mention(
                    sentence, "helt", at - offset, end, DONE_RULE, question, DONE_WEIGHT
                )
                return [mention]
    return []


def _made(clause: Clause, sentence: Span) -> bool:
    """Whether a clause tells of something done: by its verb, or as a note without one."""
    if clause.outcome is not None:
        return clause.outcome in DONE
    return not clause.meant and not any(map(is_finite, sentence))


def _counted(text: str) -> Iterator[tuple[int, str, int, int]]:
    """Yield each number of something, the first letters of that word, and where they stand."""
    figures = load_figures()
    for match in figures.expressions["amount"].finditer(text):
        number, percent, word = match.group(1, 2, 3)
        digits = number.replace(" ", "")
        value = int(digits) if digits.isdigit() else figures.numbers[number.lower()]
        if value >= LEAST and value not in YEARS:
            yield value, "%" if percent else word[:STEM].lower(), match.start(), match.end()


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
    return Matcher({**known.products, EFFECT: known.effects}, source="outcomes.yaml")
