"""What the clauses of an answer about the goals add up to, against its single words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span

from annotations.outcomes import load_outcomes
from corpus.types import Context, Mention
from pipeline.rules.outcome_words import Outcome
from pipeline.rules.outcomes import Clause, clauses
from pipeline.rules.statements_figures import SHARE_RULE
from pipeline.rules.statements_goals import DONE, Goal, other_products, products_in
from pipeline.rules.statements_targets import TARGET

GOALS = "maluppfyllelse"
RULE = "mal_sammantaget"
VERDICT_RULE = "mal_omdome"  # the same where a clause gives the verdict on the goals as a whole
RULES = (RULE, VERDICT_RULE)
CATEGORIES: Mapping[Outcome, str] = {
    "reached": "helt",
    "begun": "helt",
    "partly": "delvis",
    "direction": "delvis",
    "failed": "ej",
    "denied": "ej",
    "unknown": "oklart",
    "later": "oklart",
    "opinion": "oklart",
}
AGAINST = frozenset({"failed", "partly", "unknown", "denied", "later"})
SOME = frozenset({"reached", "partly", "direction"})
NOTHING = frozenset({"opinion", "unknown", "later"})
NO_GOAL = Goal()
FOLLOWING = 2  # sentences after a goal as it was set that may tell what came of it


def with_outcome(
    mentions: Sequence[Mention],
    answers: Sequence[Sequence[Span]],
    goal: Goal = NO_GOAL,
    verdicts: Sequence[Span] = (),
) -> list[Mention]:
    """Return the mentions, with what the clauses of all answers about the goals add up to.

    `answers`: the sentences of each; `goal`: what was to be reached; `verdicts`: sentences of any
    answer that speak of the goals as such. Where clauses tell, their single words weigh less.
    """
    figures = [m for m in _figures(mentions) if m.question == GOALS]
    read = [clauses(sentences, figures) for sentences in answers]
    told = [clause for own in _but_findings(read) for clause in own]
    if goal.products and not goal.effect:
        told = _of_products(told)
    elif goal.effect:
        told = _of_effects(told, goal, [s for sentences in answers for s in sentences])
    if answers and not any(c.whole and c.outcome != "unknown" for c in told):
        told = [*told, *(c for s in verdicts for c in clauses([s]) if c.verdict and c.whole)]
    category = summed(told)
    if not category and told and all(c.meant for c in told):  # the goals told over again
        told = [replace(told[0], outcome="unknown"), *told[1:]]
        category = CATEGORIES["unknown"]
    if not category:
        return list(mentions)
    known = load_outcomes()
    return [
        *(
            replace(m, weight=round(m.weight * known.details, 4))
            if m.variable == m.question == GOALS
            else m
            for m in mentions
        ),
        _mention(told, category, GOALS, known.weight),
    ]


def _figures(mentions: Sequence[Mention]) -> list[Mention]:
    """Return shares and then targets: a share that a goal was set as tells by that goal."""
    return [m for rule in (SHARE_RULE, TARGET) for m in mentions if m.rule == rule]


def _of_products(told: list[Clause]) -> list[Clause]:
    """Return the clauses without what nobody knows of its effect, where what was made is told."""
    if not any(c.outcome == "reached" for c in told):
        return told
    aside = (c.outcome == "unknown" and not (c.whole or c.near or c.part) for c in told)
    return [replace(c, outcome=None) if a else c for a, c in zip(aside, told, strict=True)]


def _of_effects(told: list[Clause], goal: Goal, sentences: Sequence[Span]) -> list[Clause]:
    """Return the clauses without what was made that no goal asked for, where the effect is unknown.

    "Kursen är hållen. Om säkerheten ökat vet vi inte." of a goal that speaks of safety only.
    """
    if not any(c.outcome == "unknown" for c in told):
        return told
    made = other_products(sentences, goal)
    aside = (
        c.outcome in DONE and not c.whole and any(c.start <= at < c.end for at in made)
        for c in told
    )
    return [replace(c, outcome=None) if a else c for a, c in zip(aside, told, strict=True)]


def _but_findings(read: Sequence[Sequence[Clause]]) -> Sequence[Sequence[Clause]]:
    """Return the answers without those that tell what a study found, where others tell more."""
    own = [told for told in read if not any(c.finding for c in told) or any(c.whole for c in told)]
    return own if any(c.outcome for told in own for c in told) else read


def outcome_elsewhere(
    answers: Sequence[tuple[str, Sequence[Span]]], mentions: Sequence[Mention] = ()
) -> list[Mention]:
    """Return what answers to something else tell of the goals, by their sentences about them.

    `answers`: each one's question and sentences; `mentions`: shares and targets found in them. What
    follows a goal as it was set, or a question about the goals, is about them too: "Målet var två
    grupper. Det blev ingen."
    """
    figures = _figures(mentions)
    told: list[Clause] = []
    asked: dict[int, str] = {}
    for question, sentences in answers:
        own = _about_goals(sentences, question, [f for f in figures if f.question == question])
        told += own
        asked |= {c.start: question for c in own}
    category = summed(told)
    if not category:
        return []
    deciding = _deciding(told, category)
    if category == CATEGORIES["unknown"] and not (deciding.whole or deciding.near):
        return []
    return [_mention(told, category, asked[deciding.start], load_outcomes().elsewhere)]


def _about_goals(
    sentences: Sequence[Span], question: str, figures: Sequence[Mention]
) -> list[Clause]:
    """Return the clauses of the sentences of another answer that are about the goals."""
    known = load_outcomes()
    narrow = question.startswith(known.narrow)
    told: list[Clause] = []
    about = 0
    asked: frozenset[str] = frozenset()  # what the last goal names that is to be made
    answering = False  # the sentence before asked about the goals
    for at, sentence in enumerate(sentences):
        own = clauses([sentence], figures)
        answers_it = at == 0 and question in known.opening and any(c.whole for c in own[:1])
        near = answers_it or answering or any(c.near for c in own)
        if narrow:
            near = any(c.whole and c.near for c in own)
        asks = any(c.asks for c in own)
        if (about or near) and not asks:
            told += _told_after(own, sentence, asked, near=near)
        answering = asks and near
        set_here = any(c.goal for c in own) or answering
        told_here = any(c.whole or (c.outcome and set_here) for c in own)
        asked = products_in(sentence) if set_here and not asks else asked
        done = near and not asks and told_here
        about = 0 if done else FOLLOWING if set_here else max(about - 1, 0)
    return told


def _told_after(
    own: Sequence[Clause], sentence: Span, asked: frozenset[str], *, near: bool
) -> list[Clause]:
    """Return what the clauses of a sentence tell that is about the goals, or follows one.

    What names again what the goal asked to be made is of it: "En broschyr. Broschyren är tryckt."
    """
    if not asked.isdisjoint(products_in(sentence)):
        return [replace(c, minor=False) for c in own]
    known = load_outcomes()
    opens = next((t.lower_ for t in sentence if t.is_alpha), "")
    if near or opens in known.pointing:
        return list(own)
    return [_following(c, ours=opens in known.speaking) for c in own]


def _following(clause: Clause, *, ours: bool) -> Clause:
    """Return what a clause tells that only follows a goal: less than one that names it.

    `ours`: the writers speak of themselves, so that what failed did so for them.
    """
    weak = clause.outcome in ("begun", "later", "denied")
    if weak or (clause.outcome == "failed" and not (ours or clause.total or clause.elliptic)):
        return replace(clause, outcome=None, whole=False)
    return replace(clause, whole=True) if clause.outcome == "unknown" else clause


def own_answer_first(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without what others tell of the goals where "Ja." answers of its own.

    Where clauses tell, single words of other answers that say otherwise weigh less.
    """
    own = any(m.rule in RULES and m.question == GOALS for m in mentions)
    kept = [m for m in mentions if m.rule not in RULES or m.question == GOALS or not own]
    return lighter(kept, {m.category for m in kept if m.rule in RULES})


def firmly_told(mentions: Iterable[Mention]) -> set[str]:
    """Return the categories that a verdict on the goals as a whole tells."""
    return {m.category for m in mentions if m.rule == VERDICT_RULE}


def lighter(mentions: Iterable[Mention], told: Collection[str]) -> list[Mention]:
    """Return the mentions, lighter where other answers say otherwise of the goals than `told`."""
    if not told:
        return list(mentions)
    factor = load_outcomes().details
    return [
        replace(m, weight=round(m.weight * factor, 4))
        if m.variable == GOALS and m.question != GOALS and (m.category in told) == (m.weight < 0)
        else m
        for m in mentions
    ]


def _mention(told: Sequence[Clause], category: str, question: str, weight: float) -> Mention:
    clause = _deciding(told, category)
    return Mention(
        variable=GOALS,
        category=category,
        start=clause.start,
        end=clause.end,
        sent_start=clause.start,
        sent_end=clause.end,
        context=Context.AKTIV,
        rule=VERDICT_RULE if clause.whole else RULE,
        question=question,
        weight=weight,
    )


def summed(told: Sequence[Clause]) -> str:
    """Return the category that clauses add up to, "" where they do not tell.

    A verdict on the goals as a whole goes before what is told of their parts.
    """
    verdicts = [i for i, c in enumerate(told) if c.whole]
    if verdicts:
        return _by_verdict(told, verdicts[-1])
    kinds = {c.outcome for c in told if c.outcome and not c.minor}
    if not kinds or any(c.finding for c in told):
        return ""
    if kinds <= NOTHING or kinds == {"unknown", "denied"}:
        return CATEGORIES["unknown"]
    kinds -= {"opinion"}
    if "begun" in kinds:
        if kinds <= {"begun", *NOTHING} and "unknown" in kinds:
            return CATEGORIES["unknown"]
        kinds = kinds - {"begun"} | {"reached"}
    if "partly" in kinds or ("direction" in kinds and kinds <= {"direction", "failed", "denied"}):
        return CATEGORIES["partly"]
    kinds -= {"direction"}
    if "reached" in kinds:
        gaps = kinds - {"reached", "denied"}
        denied = any(c.outcome == "denied" and c.contrast for c in told)
        return CATEGORIES["partly" if gaps or denied else "reached"]
    return CATEGORIES["failed"] if "failed" in kinds or kinds == {"denied"} else ""


def _by_verdict(told: Sequence[Clause], at: int) -> str:
    """Return the category of a verdict, less what is set against it after it."""
    verdict = told[at].outcome
    against = {
        c.outcome
        for before, c in pairwise(told[at:])
        if (c.elliptic or (c.contrast and c.outcome != "denied") or _leads(before)) and not c.minor
    }
    if verdict == "failed":
        earlier = set() if told[at].total else {c.outcome for c in told[:at] if not c.counted}
        if not told[at].contrast:  # "kursen hölls men målet nåddes inte"
            earlier -= {"reached"}
        return CATEGORIES["partly" if SOME & (earlier | against) else "failed"]
    if told[at].contrast and any(c.whole and c.outcome == "partly" for c in told[:at]):
        return CATEGORIES["partly"]  # "inte alla, men de fick det vi lovat"
    if verdict == "unknown":
        some = {c.outcome for c in told[:at] if c.whole or c.outcome == "partly"}
        return CATEGORIES["partly" if SOME & some else "unknown"]
    return CATEGORIES["partly" if verdict == "partly" or AGAINST & against else "reached"]


def _leads(clause: Clause) -> bool:
    """Whether a clause only opens a contrast that the next one fills."""
    return clause.contrast and clause.outcome is None


def _deciding(told: Sequence[Clause], category: str) -> Clause:
    fits = [c for c in told if c.outcome and CATEGORIES[c.outcome] == category]
    verdicts = [c for c in fits if c.whole]
    return (verdicts[-1:] or fits or [c for c in told if c.outcome])[0]
