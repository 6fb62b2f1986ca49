"""Evidence for each category of one document, summed: words, ticks, partners, kind of document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from annotations.codebook import Category, Codebook
from annotations.statements import Decisions, Weighing
from corpus.types import Choice, DocumentKind, Mention
from pipeline.decide.case import Analysed
from pipeline.rules.statements_elsewhere import unanswered

MOST_PARTNERS = 4
MOST_REPEATS = 2
SPEAKS = 0.95  # words weaker than this leave a tick alone


@dataclass(frozen=True, slots=True)
class Score:
    """What speaks for one category in one document.

    `total` is held against the threshold; `text` is the words' share of it, `plus` and `minus` what
    they say for and against. `tick` is the category's own box where the form has one and anything
    is ticked for its question. `best` and `worst` are the strongest words for and against.
    """

    key: str
    total: float
    threshold: float
    text: float = 0.0
    plus: float = 0.0
    minus: float = 0.0
    tick: Choice | None = None
    asked: bool = False
    best: Mention | None = None
    worst: Mention | None = None

    @property
    def holds(self) -> bool:
        """Whether the evidence reaches the threshold."""
        return self.total >= self.threshold


def scores(
    case: Analysed, codebook: Codebook, decisions: Decisions, active_partners: int
) -> dict[str, Score]:
    """Return the score of every category but partners, by `variable.category`."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    spoken: set[str] = set()
    interim = _interim(case, decisions)
    for mention in case.mentions:
        key = f"{mention.variable}.{mention.category}"
        mentions[interim.get(key, key) if mention.weight > 0 else key].append(mention)
        spoken |= {mention.variable} if mention.weight >= SPEAKS else set()
    boosts = {
        v: f
        for v, f in decisions.unanswered.items()
        if unanswered(case.document, case.submission, v)
    }
    choices = {f"{c.question}.{c.option}": c for c in _read(case.submission.choices)}
    boxes = _Boxes(choices, frozenset(c.question for c in choices.values() if c.checked))
    return {
        weighing.category: _score(
            weighing,
            _boosted(mentions.get(weighing.category, ()), boosts),
            _ticks(codebook, weighing.category, boxes),
            case,
            active_partners,
            decisions.repeat,
            alone=weighing.category.split(".")[0] not in spoken,
            group_ticked=_group_ticked(codebook, weighing.category, boxes),
        )
        for weighing in decisions.categories
    }


def _interim(case: Analysed, decisions: Decisions) -> Mapping[str, str]:
    """Return what categories become in an interim report, but for what was due and is done."""
    if case.submission.kind is not DocumentKind.BLANKETT_DEL:
        return {}
    due = {
        f"{m.variable}.{m.category}" for m in case.mentions if m.rule in decisions.interim_unless
    }
    return {key: becomes for key, becomes in decisions.interim.items() if key not in due}


def _score(
    weighing: Weighing,
    mentions: Iterable[Mention],
    tick: tuple[Choice | None, bool],
    case: Analysed,
    active_partners: int,
    repeat: float,
    alone: bool,
    group_ticked: bool,
) -> Score:
    found = sorted(mentions, key=lambda m: -m.weight)
    plus = _summed((m for m in found if m.weight > 0), repeat)
    minus = _summed((m for m in found if m.weight < 0), repeat)
    own, asked = tick
    total = weighing.bias + weighing.kinds.get(case.submission.kind, 0.0) + plus + minus
    total += weighing.partners * min(active_partners, MOST_PARTNERS)
    if own is not None:
        total += weighing.ticked + (weighing.alone if alone else 0.0)
    else:
        total += weighing.unticked if asked else weighing.unasked
    variable = weighing.category.split(".")[0]
    if weighing.answered and not unanswered(case.document, case.submission, variable):
        total += weighing.answered
    if group_ticked:
        total += weighing.group_ticked
    total += _dated(case, weighing)
    return Score(
        key=weighing.category,
        total=round(total, 4),
        threshold=weighing.threshold,
        text=plus + minus,
        plus=plus,
        minus=minus,
        tick=own,
        asked=asked,
        best=found[0] if found and found[0].weight > 0 else None,
        worst=found[-1] if found and found[-1].weight < 0 else None,
    )


def _boosted(mentions: Iterable[Mention], boosts: Mapping[str, float]) -> list[Mention]:
    """Return the mentions, heavier where their variable's own question is unanswered."""
    return [
        replace(m, weight=m.weight * boosts[m.variable]) if m.variable in boosts else m
        for m in mentions
    ]


def _dated(case: Analysed, weighing: Weighing) -> float:
    header = case.submission.header
    if header.datum is None or header.period_slut is None:
        return 0.0
    return weighing.before_end if header.datum < header.period_slut else weighing.after_end


def _summed(mentions: Iterable[Mention], repeat: float) -> float:
    """Add up mentions; a cue counts in full once, then `repeat` of it at most twice more."""
    by_rule: dict[str, list[float]] = defaultdict(list)
    for mention in mentions:
        by_rule[mention.rule].append(mention.weight)
    total = 0.0
    for weights in by_rule.values():
        first, *rest = sorted(weights, key=abs, reverse=True)
        total += first + repeat * sum(rest[:MOST_REPEATS])
    return total


def _read(choices: Iterable[Choice]) -> Iterable[Choice]:
    """Ticked boxes win where a form holds the same box twice."""
    return sorted(choices, key=lambda c: c.checked)


@dataclass(frozen=True, slots=True)
class _Boxes:
    """A form's boxes by `question.option`, and the questions with a ticked one."""

    choices: Mapping[str, Choice]
    answered: frozenset[str]


def _ticks(codebook: Codebook, key: str, boxes: _Boxes) -> tuple[Choice | None, bool]:
    """Return the category's own ticked box, and whether its question was answered by any box."""
    if not boxes.answered:
        return None, False
    ticks = _category(codebook, key).ticks
    choices = boxes.choices
    own = next((choices[t] for t in ticks if t in choices and choices[t].checked), None)
    variable = codebook.variable(key.split(".")[0])
    if variable.kind == "one":  # any answer to the question speaks of each category
        ticks = tuple(t for c in variable.categories for t in c.ticks)
    return own, any(t.split(".")[0] in boxes.answered for t in ticks)


def _group_ticked(codebook: Codebook, key: str, boxes: _Boxes) -> bool:
    variable, part_of = key.split(".")[0], _category(codebook, key).part_of
    return bool(part_of) and _ticks(codebook, f"{variable}.{part_of}", boxes)[0] is not None


def _category(codebook: Codebook, key: str) -> Category:
    variable, category = key.split(".")
    return codebook.variable(variable).category(category)
