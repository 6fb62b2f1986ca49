"""Clauses of an answer about the goals, each with what it tells: reached, failed, not yet known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from spacy.tokens import Span, Token

from annotations.outcomes import load_outcomes
from corpus.types import Mention
from pipeline.language.swedish import text_of
from pipeline.rules.outcome_words import (
    Hits,
    Outcome,
    bare,
    find_words,
    finite,
    infinitive,
    only_tells,
    told_by,
)

HARD = frozenset(";:()–—/|•*✔✓✘✗✕")
FIGURES: Mapping[str, Outcome] = {"helt": "reached", "delvis": "partly", "ej": "failed"}
VERDICTS = ("reached", "begun", "partly", "failed", "unknown")
GAPS = ("failed", "denied")
SURE = 1.0  # a share of this weight tells by itself; a lighter one needs words beside it
LONE = 3  # a figure of this many tokens ("71 %") tells only at the start


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence, `start:end` in the text, and what it tells.

    `whole`: of the goals as a whole. `contrast`: against what was just said. `minor`: of a trifle.
    `meant`: only what was wanted. `finding`: what a study found. `elliptic`: "men inte skolan".
    `total`: "inget av målen". `near`: names the goals, the plan or the project.
    `goal`: a goal as it was set. `counted`: told by a figure alone.
    `verdict`: names the goals themselves and says how it went with all of them.
    `asks`: stands in a question. `part`: names a part of the goals.
    """

    start: int
    end: int
    outcome: Outcome | None
    whole: bool = False
    contrast: bool = False
    minor: bool = False
    meant: bool = False
    finding: bool = False
    elliptic: bool = False
    total: bool = False
    near: bool = False
    goal: bool = False
    counted: bool = False
    verdict: bool = False
    part: bool = False
    asks: bool = False


def clauses(sentences: Sequence[Span], figures: Sequence[Mention] = ()) -> tuple[Clause, ...]:
    """Return the clauses in text order; `figures` are shares and targets found in them."""
    found: list[Clause] = []
    for sentence in sentences:
        asks = text_of(sentence).rstrip().endswith("?")
        own = _in_sentence(sentence, figures, first=not found, asks=asks and len(sentences) > 1)
        found += [replace(c, asks=True) for c in own] if asks else own
    return tuple(found)


def _in_sentence(
    sentence: Span, figures: Sequence[Mention], *, first: bool, asks: bool
) -> list[Clause]:
    found: list[Clause] = []
    wanted = hanging = joint = unknown = False
    fillers = load_outcomes().fillers
    pieces = [(piece, find_words(piece)) for piece in _pieces(sentence)]
    rest = _past_insertion(pieces)
    for at, (piece, hits) in enumerate(pieces):
        clause = _read(piece, hits, first=first and not found)
        if at > 0 and (at == rest or (at == 1 and _sums_up(*pieces[0]))):
            part = at == rest and "parts" in pieces[0][1]
            clause = replace(clause, whole=clause.outcome in VERDICTS and not part, near=True)
        if at == 0 and clause.outcome == "unknown" and only_tells(piece, hits, fillers):
            clause = replace(clause, whole=not clause.part)
        if joint:  # "både a och b är klara": one subject in two pieces
            clause = replace(clause, near=clause.near or found[-1].near)
        joint = (joint or at == 0) and at + 1 < len(pieces) and not any(map(finite, piece))
        wanted = asks or clause.meant or hanging or (wanted and not _says_more(piece))
        wanted = wanted or (at == 0 and _heads_goals(pieces))
        hanging = wanted and _hangs(piece)
        if wanted or 0 < at < rest:  # "målet var att skriva en rutin och nå fler"
            clause = replace(clause, outcome=None, whole=False, meant=clause.meant or wanted)
        if clause.outcome == "reached" and found and _denies(found[-1], piece):
            clause = replace(clause, outcome="failed")
        if unknown and clause.outcome in GAPS:  # "det vet vi inte, ingen enkät gjordes"
            clause = replace(clause, outcome=None, whole=False)
        unknown = unknown or clause.outcome == "unknown"
        if at == 1 and piece[0].text not in HARD and _takes_back(found[0], clause):
            found[0] = replace(found[0], outcome="reached")
        if "disclaimed" in hits:  # "fler anmäler inte, vilket inte heller var målet"
            found = [replace(c, outcome=None, whole=False) for c in found]
            clause = replace(clause, outcome=None, whole=False)
        found.append(_with_figures(clause, piece, figures, first=first and not found))
    return found


def _denies(before: Clause, piece: Span) -> bool:
    """Whether a clause is about what was just denied: "ingen grupp, vilket var målet"."""
    opens = next((t.lower_ for t in piece if t.is_alpha), "")
    denied = before.outcome == "failed" or (before.outcome == "denied" and before.total)
    return denied and opens in load_outcomes().back


def _takes_back(first: Clause, clause: Clause) -> bool:
    """Whether a clause denies of a part what the one before says: "väl i stan men inte i byn"."""
    told = first.outcome is None and not (first.meant or first.asks)
    return told and clause.outcome == "failed" and clause.contrast and clause.elliptic


def _with_figures(
    clause: Clause, piece: Span, figures: Sequence[Mention], *, first: bool
) -> Clause:
    for figure in figures:
        inside = piece.start_char <= figure.start < piece.end_char
        if inside and _counts(figure, clause, len(piece), first=first):
            alone = clause.outcome is None
            clause = replace(clause, outcome=FIGURES[figure.category], counted=alone)
    return clause


def _past_insertion(pieces: Sequence[tuple[Span, Hits]]) -> int:
    """Return which piece goes on after an insertion, 0 if none: "målet, en plan, är nått"."""
    if not pieces or any(finite(t) for t in pieces[0][0]) or "whole" not in pieces[0][1]:
        return 0
    later = enumerate((p for p, _ in pieces[2:]), start=2)
    return next((i for i, p in later if p[0].text == "," and len(p) > 1 and finite(p[1])), 0)


def _sums_up(piece: Span, hits: Hits) -> bool:
    """Whether a piece only announces the verdict: "Sammantaget: två mål av tre"."""
    told = hits.get("summing", ())
    return bool(told) and not any(
        finite(t) and not any(h.start_char <= t.idx < h.end_char for h in told) for t in piece
    )


def _hangs(piece: Span) -> bool:
    """Whether a piece ends before the verb of its "att": "så att vi och skolan fick"."""
    that = [t.i for t in piece if t.lower_ in load_outcomes().that]
    return bool(that) and not any(
        finite(t) or infinitive(t) for t in piece[that[-1] + 1 - piece.start :]
    )


def _says_more(piece: Span) -> bool:
    """Whether a piece has a verb of its own: "och barn som är färdiga" only goes on."""
    known = load_outcomes()
    opens = next((t for t in piece if t.is_alpha and t.lower_ not in known.joints), None)
    if opens is not None and opens.lower_ in known.that:
        return False
    end = next((t.i for t in piece if t.lower_ in known.relative), piece.end)
    return any(finite(t) for t in piece if t.i < end)


def _heads_goals(pieces: Sequence[tuple[Span, Hits]]) -> bool:
    """Whether a sentence is a goal under its own heading: "Syfte: att nå fler män"."""
    if len(pieces) < 2 or pieces[1][0][0].text != ":":
        return False
    known = load_outcomes()
    words = [t.lower_ for t in pieces[0][0] if t.is_alpha]
    goes_on = next((t.lower_ for t in pieces[1][0] if t.is_alpha), "")
    return bool(words) and set(words) <= set(known.heading) and goes_on in known.that


def _counts(figure: Mention, clause: Clause, size: int, *, first: bool) -> bool:
    if clause.outcome == "unknown":
        return False
    told = clause.outcome in ("reached", "failed", "partly")
    return told or (abs(figure.weight) >= SURE and (first or size > LONE))


def _pieces(sentence: Span) -> Iterator[Span]:
    doc, at = sentence.doc, sentence.start
    for place in [*(t.i for t in sentence if _cuts(t)), sentence.end]:
        if any(c.isalnum() for c in text_of(doc[at:place])):
            yield doc[at:place]
        at = place


def _cuts(token: Token) -> bool:
    text = token.text
    if text in HARD or "\n" in text:
        return True
    if text == "-":
        return token.i > 0 and bool(token.nbor(-1).whitespace_)
    word = token.lower_
    if word not in _openers():
        return False
    known = load_outcomes()
    if word in known.except_for and token.i > 0 and token.nbor(-1).lower_ in known.all:
        return False
    pair = f"{word} {token.nbor(1).lower_}" if token.i + 1 < len(token.doc) else word
    return (word in known.joints or pair in known.joint_pairs) and pair not in known.joined


@cache
def _openers() -> frozenset[str]:
    """Return the words at which a clause may begin."""
    known = load_outcomes()
    return frozenset(known.joints) | {pair.split()[0] for pair in known.joint_pairs}


def _read(piece: Span, hits: Hits, *, first: bool) -> Clause:
    known = load_outcomes()
    words = [t.lower_ for t in piece if any(c.isalnum() for c in t.text)]
    outcome = told_by(piece, hits, words)
    if outcome == "reached" and "near" in hits and _of_some(piece):
        outcome = "partly"
    opens = piece.start_char + 3
    answers = first and any(h.start_char <= opens for k in ("yes", "no") for h in hits.get(k, ()))
    answers = answers or " ".join(words[:2]) in known.answers
    total = "summing" in hits or not set(known.none).isdisjoint(words)
    every = "every" in hits and (total or not _some_of(piece, hits))
    whole = answers or every or (first and only_tells(piece, hits))
    whole = whole or not {"whole", "summing"}.isdisjoint(hits)
    tells = outcome in VERDICTS and ("parts" not in hits or every)
    return Clause(
        piece.start_char,
        piece.end_char,
        outcome,
        whole=tells and whole,
        contrast=not set(known.contrast).isdisjoint(words)
        or (bare(words) and outcome != "unknown"),
        minor="minor" in hits and "meant" not in hits and outcome != "unknown",
        meant=outcome is None and not {"meant", "set"}.isdisjoint(hits),
        finding="findings" in hits,
        elliptic=_elliptic(words),
        total=total,
        near=every or "near" in hits or (outcome is not None and "near_told" in hits),
        goal="goal" in hits,
        part="parts" in hits and not every,
        verdict=tells and (every or {"whole", "near"} <= hits.keys()),
    )


def _of_some(piece: Span) -> bool:
    """Whether a number alone is what a clause is about: "två är uppfyllda"."""
    first, second = ([t for t in piece if t.is_alpha] + [None, None])[:2]
    opens = first is not None and first.lower_ in load_outcomes().some
    return opens and second is not None and finite(second)


def _some_of(piece: Span, hits: Hits) -> bool:
    """Whether "av" stands right before words for all of the goals: "två av de tre sakerna"."""
    starts = {h.start_char for h in hits["every"]}
    verbs = {h.end_char for h in hits.get("reached", ())}  # "blev av som vi skrev"
    words = pairwise(piece)
    return any(
        t.idx in starts
        and before.lower_ in load_outcomes().of
        and before.idx + len(before) not in verbs
        for before, t in words
    )


def _elliptic(words: Sequence[str]) -> bool:
    """Whether a clause opens with its denial: "men inte skolan", "men inget mer"."""
    known = load_outcomes()
    contrast = not set(known.contrast).isdisjoint(words[:1])
    return not set(known.bare + known.none * contrast).isdisjoint(words[:2])
