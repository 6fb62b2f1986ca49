"""What a partner's mention looks like, and what all its mentions and ticks say together.

Feature names are strings, values are floats in 0–1 (weights up to 2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from corpus.types import Coding, Context, Mention, Role, Status
from models.case import Case, is_form, named, texts, ticked

_TOKEN = re.compile(r"\w+|[:;,.\-–]")
_WORD = re.compile(r"\w+")
NONE = "none"
CLASSES = (*(str(c) for c in Context), NONE)
Features = dict[str, float]
Probabilities = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Whole:
    """What all actors of one report, and their mentions, have in common, looked up once."""

    length: int
    kind: str | None
    form: bool
    boxes: tuple[str, ...]
    answers: Mapping[str, str]
    mentions: tuple[Mention, ...]
    actors: int


def whole_of(case: Case) -> Whole:
    """Return what a report's actors have in common."""
    every = tuple(named(case.mentions))
    return Whole(
        len(case.document.text),
        case.submission.form,
        is_form(case),
        ticked(case, "aktor"),
        texts(case),
        every,
        len({m.category for m in every}),
    )


def mention_features(mention: Mention, case: Case, whole: Whole, group: str) -> Features:
    """Return the features of one mention: the words around it, the question, ticks, what rules say.

    `whole` is what the case's mentions have in common, `group` the id of the partner's group. The
    actor's own words are left out, so that what is learnt of one actor holds for all.
    """
    text = case.document.text
    left = _TOKEN.findall(text[mention.sent_start : mention.start].lower())
    right = _TOKEN.findall(text[mention.end : mention.sent_end].lower())
    f: Features = {}
    for word in dict.fromkeys([*left, *right]):  # a set's order would differ each time
        f[f"b:{word}"] = 1.0
        if len(word) > 5:
            f[f"p:{word[:5]}"] = 1.0
    for i, word in enumerate(reversed(left[-4:])):
        f[f"l{min(i, 2)}:{word}"] = 1.0
    for i, word in enumerate(right[:5]):
        f[f"r{min(i, 2)}:{word}"] = 1.0
    row = [*left, "ACT", *right]
    for a, b in pairwise(row):
        f[f"n:{a}_{b}"] = 1.0
    before = text[max(0, mention.sent_start - 150) : mention.sent_start].lower()
    for word in [w for w in _WORD.findall(before) if len(w) > 3][-12:]:
        f[f"pv:{word[:6]}"] = 0.5
    for word in _WORD.findall(text[mention.sent_end : mention.sent_end + 100].lower())[:8]:
        f[f"nx:{word[:6]}"] = 0.5
    f[f"ctx:{mention.context}"] = 1.0
    f[f"ctxw:{mention.context}"] = mention.weight
    f[f"rule:{mention.rule.partition('+')[2] or '-'}"] = 1.0
    f[f"q:{mention.question}"] = 1.0
    f["qa"] = float(mention.question.startswith("aktor"))
    f[f"own:{mention.question == f'aktor_{group}'}"] = 1.0
    f["tick:" + (str(group in whole.boxes) if whole.form else "na")] = 1.0
    f["len"] = min(mention.sent_end - mention.sent_start, 400) / 400
    f["first"] = float(mention.sent_start == mention.start)
    others = [m for m in whole.mentions if m is not mention]
    beside = [
        m for m in others if m.sent_start == mention.sent_start and m.category != mention.category
    ]
    f["others"] = min(len({m.category for m in beside}), 6) / 6
    for m in beside:
        f[f"oc:{m.context}"] = 1.0
    for m in others:
        if m.category == mention.category:
            f[f"sc:{m.context}"] = 1.0
    f[f"a:{mention.category}"] = 1.0
    return f


def actor_features(
    actor: str,
    group: str,
    other: str,
    whole: Whole,
    told: Sequence[tuple[Mention, Probabilities]],
    siblings: Sequence[Probabilities],
    coding: Coding,
) -> Features:
    """Return the features of one actor in one report.

    `told` are its mentions with the probabilities of their contexts, `siblings` those of the other
    parts of its group, `other` the group's "annan", `coding` what the rules decided.
    """
    f: Features = {}
    for name in CLASSES:
        ps = [p.get(name, 0.0) for _, p in told] or [0.0]
        own = [p.get(name, 0.0) for m, p in told if m.question == f"aktor_{group}"] or [0.0]
        f[f"max:{name}"] = max(ps)
        f[f"mean:{name}"] = sum(ps) / len(ps)
        f[f"any:{name}"] = 1 - prod(1 - p for p in ps)
        f[f"last:{name}"] = ps[-1]
        f[f"own:{name}"] = max(own)
    boxes, answer = whole.boxes, whole.answers.get(f"aktor_{group}", "").strip()
    f["n"] = min(len(told), 6) / 6
    f["tick"] = float(group in boxes)
    f["form"] = float(whole.form)
    f["unticked"] = float(bool(boxes) and group not in boxes)
    f["other"] = float(actor == other)
    f["other_ticked"] = f["other"] * f["tick"]
    f["empty"] = float(whole.form and len(answer) < 2)
    f["answer"] = min(len(answer), 200) / 200
    f["rule"] = float(coding.value)
    f["sure"] = coding.confidence if coding.value else 1 - coding.confidence
    f["review"] = float(coding.status is Status.REVIEW)
    f[f"origin:{coding.origin}"] = 1.0
    for role in Role:
        f[f"role:{role}"] = float(coding.value and coding.role is role)
    f["siblings"] = max(map(counted, siblings), default=0.0)
    f[f"a:{actor}"] = 1.0
    f[f"kind:{whole.kind}"] = 1.0
    return f | _rules_words(told, group, whole)


def counted(p: Probabilities) -> float:
    """Return the probability that a mention says the partner takes part or was invited."""
    return p.get("aktiv", 0.0) + p.get("inbjuden", 0.0)


def _rules_words(
    told: Sequence[tuple[Mention, Probabilities]], group: str, whole: Whole
) -> Features:
    """Return what the rules say of an actor's mentions, and how the best one looks."""
    f: Features = {}
    for m, _ in told:
        f[f"rc:{m.context}"] = f.get(f"rc:{m.context}", 0.0) + 1.0
        f[f"rw:{m.context}"] = max(f.get(f"rw:{m.context}", 0.0), m.weight)
        own = m.question == f"aktor_{group}"
        f["q:" + ("own" if own else "aktor" if m.question.startswith("aktor") else m.question)] = 1
        f["bare"] = max(f.get("bare", 0.0), float(m.sent_end - m.sent_start <= m.end - m.start + 3))
    if told:
        best, p = max(told, key=lambda pair: counted(pair[1]))
        f |= {f"b:{name}": value for name, value in p.items()}
        f["blen"] = min(best.sent_end - best.sent_start, 300) / 300
        f[f"brule:{best.context}"], f["bw"] = 1.0, best.weight
        f[f"lrule:{told[-1][0].context}"] = 1.0
        f["first"] = told[0][0].start / max(1, whole.length)
    f["nm"], f["nact"] = float(len(whole.mentions)), float(whole.actors)
    return f
