"""Clauses of an answer about the goals, each with what it tells: reached, failed, not yet known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from spacy.tokens import Span, Token

from annotations.outcomes import load_outcomes
from corpus.types import Mention
from pipeline.language.lemmas import lemma
from pipeline.language.swedish import text_of, whole_text
from pipeline.language.verbs import is_finite
from pipeline.rules.patterns import Match, Matcher

Outcome = Literal[
    "reached",
    "begun",
    "partly",
    "failed",
    "unknown",
    "later",
    "direction",
    "opinion",
    "denied",
]
Hits = Mapping[str, Sequence[Match]]
HARD = frozenset(";:()–—/|•*")
FIGURES: Mapping[str, Outcome] = {"helt": "reached", "delvis": "partly", "ej": "failed"}
TELLING = ("reached", "partly", "failed", "unknown", "negations", "limits", "yes", "no")
VERDICTS = ("reached", "begun", "partly", "failed", "unknown")
SURE = 1.0  # a share of this weight tells by itself; a lighter one needs words beside it
LONE = 3  # a figure of this many tokens ("71 %") tells only at the start


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence, `start:end` in the text, and what it tells.

    `whole`: of the goals as a whole. `contrast`: against what was just said. `minor`: of a trifle.
    `meant`: only what was wanted. `finding`: what a study found. `elliptic`: "men inte skolan".
    `total`: "inget av målen". `near`: names the goals, the plan or the project.
    `goal`: a goal as it was set. `counted`: told by a figure alone.
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


def clauses(sentences: Sequence[Span], figures: Sequence[Mention] = ()) -> tuple[Clause, ...]:
    """Return the clauses in text order; `figures` are shares and targets found in them."""
    found: list[Clause] = []
    for sentence in sentences:
        asks = len(sentences) > 1 and text_of(sentence).rstrip().endswith("?")
        wanted = hanging = False
        pieces = list(_pieces(sentence))
        rest = _past_insertion(pieces)
        for at, piece in enumerate(pieces):
            clause = _read(piece, first=not found)
            if 0 < at == rest or (at == 1 and _sums_up(pieces[0])):
                clause = replace(clause, whole=clause.outcome in VERDICTS, near=True)
            wanted = asks or clause.meant or hanging or (wanted and not _says_more(piece))
            hanging = wanted and _hangs(piece)
            if wanted or 0 < at < rest:  # "målet var att skriva en rutin och nå fler"
                clause = replace(clause, outcome=None, whole=False)
            for figure in figures:
                inside = piece.start_char <= figure.start < piece.end_char
                if inside and _counts(figure, clause, len(piece), first=not found):
                    alone = clause.outcome is None
                    clause = replace(clause, outcome=FIGURES[figure.category], counted=alone)
            found.append(clause)
    return tuple(found)


def _past_insertion(pieces: Sequence[Span]) -> int:
    """Return which piece goes on after an insertion, 0 if none: "målet, en plan, är nått"."""
    first = pieces[0] if pieces else None
    if first is None or any(_finite(t) for t in first) or "whole" not in _hits(first):
        return 0
    later = enumerate(pieces[2:], start=2)
    return next((i for i, p in later if p[0].text == "," and len(p) > 1 and _finite(p[1])), 0)


def _sums_up(piece: Span) -> bool:
    """Whether a piece only announces the verdict: "Sammantaget: två mål av tre"."""
    return "summing" in _hits(piece) and not any(_finite(t) for t in piece)


def _hangs(piece: Span) -> bool:
    """Whether a piece ends before the verb of its "att": "så att vi och skolan fick"."""
    that = [t.i for t in piece if t.lower_ in load_outcomes().that]
    return bool(that) and not any(
        _finite(t) or _infinitive(t) for t in piece[that[-1] + 1 - piece.start :]
    )


def _says_more(piece: Span) -> bool:
    """Whether a piece has a verb of its own: "och barn som är färdiga" only goes on."""
    relative = load_outcomes().relative
    end = next((t.i for t in piece if t.lower_ in relative), piece.end)
    return any(_finite(t) for t in piece if t.i < end)


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
    word = token.lower_
    if token.text in HARD or "\n" in token.text:
        return True
    if token.text == "-":
        return token.i > 0 and bool(token.nbor(-1).whitespace_)
    known = load_outcomes()
    pair = f"{word} {token.nbor(1).lower_}" if token.i + 1 < len(token.doc) else word
    return (word in known.joints or pair in known.joint_pairs) and pair not in known.joined


def _read(piece: Span, *, first: bool) -> Clause:
    known = load_outcomes()
    hits = _hits(piece)
    words = [t.lower_ for t in piece if any(c.isalnum() for c in t.text)]
    outcome = _outcome(piece, hits, words)
    opens = piece.start_char + 3
    answers = first and any(h.start_char <= opens for k in ("yes", "no") for h in hits.get(k, ()))
    answers = answers or " ".join(words[:2]) in known.answers
    whole = answers or (first and _nothing_else(piece, hits))
    whole = whole or not {"whole", "summing"}.isdisjoint(hits)
    return Clause(
        piece.start_char,
        piece.end_char,
        outcome,
        whole=outcome in VERDICTS and whole and "parts" not in hits,
        contrast=not set(known.contrast).isdisjoint(words) or _bare(words),
        minor="minor" in hits and "meant" not in hits,
        meant=outcome is None and not {"meant", "set"}.isdisjoint(hits),
        finding="findings" in hits,
        elliptic=_elliptic(words),
        total="summing" in hits or not set(known.none).isdisjoint(words),
        near="near" in hits,
        goal="goal" in hits,
    )


def _hits(piece: Span) -> Hits:
    text = whole_text(piece.doc)
    found: dict[str, list[Match]] = {}
    for hit in _matcher().find(piece):
        said = text[hit.start_char : hit.end_char].lower()
        if hit.key != "yes" or said in load_outcomes().yes:  # "jan." has the lemma "ja"
            found.setdefault(hit.key, []).append(hit)
    return found


def _elliptic(words: Sequence[str]) -> bool:
    """Whether a clause opens with its denial: "men inte skolan", "men inget mer"."""
    known = load_outcomes()
    contrast = not set(known.contrast).isdisjoint(words[:1])
    return not set(known.bare + known.none * contrast).isdisjoint(words[:2])


def _bare(words: Sequence[str]) -> bool:
    bare = load_outcomes().bare
    return bool(words) and (words[0] in bare or words[-1] in bare)


def _nothing_else(piece: Span, hits: Hits) -> bool:
    """Whether every word of a clause tells of the outcome: "Uppnått.", "Till viss del"."""
    told = [h for key in TELLING for h in hits.get(key, ())]
    return all(_within(t.idx, told) for t in piece if t.text[:1].isalnum())


def _outcome(piece: Span, hits: Hits, words: Sequence[str]) -> Outcome | None:
    opens = piece.start_char + len(words[0]) if words else 0
    earlier = hits.get("before", ())
    if "unknown" in hits and not any(h.start_char <= opens for h in earlier):
        return "unknown"
    start = _main(piece, words)
    if start is None:
        return None
    if earlier:
        return "direction" if "direction" in hits else None
    live = {k: [h for h in found if h.start_char >= start] for k, found in hits.items()}
    live = {key: found for key, found in live.items() if found}
    negated = _negated(piece, live)
    reached = [h for h in live.get("reached", ()) if _came(piece, h, live)]
    if "reached" not in live and _only_set(piece, live):
        return None
    if "limits" in live:
        return "partly"
    if "praise" in live and (reached or "failed" in live or "partly" in live):
        return "reached"
    if "later" in live and (negated or not reached):
        return "later"
    for family in ("partly", "failed"):
        if family in live:
            return "failed" if negated == (family == "partly") else _as_told(family)
    if "no" in live:
        return "failed"
    if reached:
        split = negated and _denies_another(piece, reached[-1].end_char, words)
        return "partly" if split else "failed" if negated else "reached"
    if negated and {"parts", "near"} <= live.keys():  # "den andra är ingen beredd till"
        return "failed"
    return _weaker(piece, live, words, negated=negated)


def _as_told(family: str) -> Outcome:
    return "partly" if family == "partly" else "reached"


def _weaker(piece: Span, live: Hits, words: Sequence[str], *, negated: bool) -> Outcome | None:
    """Return what a clause without words for the end of things tells."""
    if "yes" in live:
        return "reached"
    if "begun" in live:
        return "failed" if negated else "begun"
    if _bare(words) and (negated or not set(load_outcomes().refusal).isdisjoint(words)):
        return None if text_of(piece).startswith("(") else "failed"
    if "meant" in live:
        return None
    if "direction" in live:
        return "failed" if negated else "direction"
    if "opinion" in live:
        return "opinion"
    return "denied" if negated else None


def _negated(piece: Span, live: Hits) -> bool:
    """Whether a negation denies what the clause tells: outside set phrases, before an "att"."""
    phrases = [h for k in ("failed", "praise", "limits") for h in live.get(k, ())]
    told = [h.start_char for k in ("reached", "failed", "partly") for h in live.get(k, ())]
    that = (t.idx for t in piece if t.lower_ in load_outcomes().that and told and t.idx > min(told))
    end = next(that, piece.end_char)
    return any(
        hit.start_char < end and not _within(hit.start_char, phrases)
        for hit in live.get("negations", ())
    )


def _denies_another(piece: Span, end: int, words: Sequence[str]) -> bool:
    """Whether the denial is of something named after `end`: "kursen klar rutinen ej"."""
    rest = [t for t in piece if t.idx >= end and t.is_alpha]
    bare = words[-1] in load_outcomes().bare
    return bare and len(rest) > 1 and not any(_finite(t) for t in rest)


def _main(piece: Span, words: Sequence[str]) -> int | None:
    """Return where the main clause begins, past a reason, time or concession without a comma."""
    known = load_outcomes()
    numbered = len(words) > 1 and words[0][0].isdigit()  # "3. Vad som gjordes"
    first, *rest = words[1:] if numbered or " ".join(words[:2]) in known.even_if else words
    if first not in known.apart["aside"] or " ".join([first, *rest[:1]]) in known.points:
        return piece.start_char
    finite = [t for t in piece if _finite(t)]
    own = 0 if first in known.nominal and set(known.that).isdisjoint(rest[:1]) else 1
    return finite[own].idx if len(finite) > own else None


def _came(piece: Span, hit: Match, live: Hits) -> bool:
    """Whether words of something reached are no opinion and no wish: "att nå", "skulle bli"."""
    first = next(t for t in piece if t.idx >= hit.start_char)
    if _within(hit.start_char, live.get("opinion", ())):
        return False
    if _infinitive(first) and "can" not in live:
        return False
    meant = [m for m in live.get("meant", ()) if m.end_char <= hit.start_char]
    return _finite(first) or all(
        any(_finite(t) for t in piece if m.end_char <= t.idx < hit.start_char) for m in meant
    )


def _only_set(piece: Span, live: Hits) -> bool:
    """Whether a clause says what the goal was and no more: "målet var hälften"."""
    ends = [h.end_char for h in live.get("set", ())]
    return bool(ends) and not any(_finite(t) for t in piece if t.idx >= min(ends))


def _within(offset: int, hits: Sequence[Match]) -> bool:
    return any(h.start_char <= offset < h.end_char for h in hits)


def _infinitive(token: Token) -> bool:
    form = token.lower_
    base = form.removesuffix("s")
    return (
        form not in load_outcomes().no_verbs
        and len(base) > 1
        and base.endswith(("a", "å"))
        and lemma(form) in (form, base)
    )


def _finite(token: Token) -> bool:
    return is_finite(token) or token.lower_.endswith(load_outcomes().past_endings)


@cache
def _matcher() -> Matcher:
    return Matcher(load_outcomes().patterns(), source="outcomes.yaml")
