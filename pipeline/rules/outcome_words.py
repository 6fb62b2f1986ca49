"""What one clause of an answer about the goals tells by its words, and where its main part is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Literal

from spacy.tokens import Span, Token

from annotations.outcomes import load_outcomes
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
SHORTEST = 4  # letters of a word that names something: "de inte" names nothing
TELLING = ("reached", "begun", "partly", "failed", "unknown", "negations", "limits", "yes", "no")


def find_words(piece: Span) -> Hits:
    """Return the words of a clause that tell something, by what they tell."""
    text = whole_text(piece.doc)
    found: dict[str, list[Match]] = {}
    for hit in _matcher().find(piece):
        said = text[hit.start_char : hit.end_char].lower()
        if hit.key != "yes" or said in load_outcomes().yes:  # "jan." has the lemma "ja"
            found.setdefault(hit.key, []).append(hit)
    hedged = found.get("hedged")
    if hedged and "meant" in found:
        found["meant"] = [h for h in found["meant"] if not _within(h.start_char, hedged)]
    return {key: hits for key, hits in found.items() if hits}


def only_tells(piece: Span, hits: Hits, fillers: Collection[str] = ()) -> bool:
    """Whether every word of a clause but `fillers` tells of the outcome: "Till viss del"."""
    told = [h for key in TELLING for h in hits.get(key, ())]
    words = (t for t in piece if t.text[:1].isalnum() and t.lower_ not in fillers)
    return all(_within(t.idx, told) for t in words)


def told_by(piece: Span, hits: Hits, words: Sequence[str]) -> Outcome | None:
    """Return what a clause tells, None if nothing; `hits` and `words` are its own."""
    opens = piece.start_char + len(words[0]) if words else 0
    earlier = hits.get("before", ())
    if "unknown" in hits and not any(h.start_char <= opens for h in earlier):
        return "unknown"
    start = _main(piece, words)
    if start is None:
        return None
    if earlier:
        return "direction" if "direction" in hits else None
    main = {k: [h for h in found if h.start_char >= start] for k, found in hits.items()}
    live = _of_the_main(piece, {key: found for key, found in main.items() if found})
    negated = _negated(piece, live)
    reached = [h for h in live.get("reached", ()) if _came(piece, h, live)]
    if "reached" not in live and _only_set(piece, live):
        return None
    if "limits" in live:
        return "reached" if _but_a_trifle(piece, hits) else "partly"
    praise = [h for h in live.get("praise", ()) if not _inside(h, live.get("failed", ()))]
    if praise and (reached or "failed" in live or "partly" in live):
        return "reached"
    if "later" in live and (negated or not reached):
        return "later"
    for family in ("partly", "failed"):
        if family in live:
            return "failed" if negated == (family == "partly") else _as_told(family)
    if "no" in live:
        return "partly" if "yes" in live else "failed"
    if reached:
        split = negated and _denies_another(piece, reached[-1].end_char, words)
        return "partly" if split else "failed" if negated else "reached"
    named = "parts" in live and not {"near", "near_told"}.isdisjoint(live)
    if negated and named and "meant" not in live:  # "den andra är ingen beredd till"
        return "failed"
    return _weaker(piece, live, words, negated=negated)


def _but_a_trifle(piece: Span, hits: Hits) -> bool:
    """Whether only something minor is excepted: "allt utom affischen"."""
    minor = [h.start_char for h in hits.get("minor", ())]
    excepts = load_outcomes().except_for
    return any(t.lower_ in excepts and minor and t.idx < min(minor) for t in piece)


def _of_the_main(piece: Span, live: Hits) -> Hits:
    """Return the words without those of shortfall that tell of no outcome of the clause.

    "De två som saknas flyttade": of somebody. "Vi ville köra i stället för att vänta": a wish.
    """
    short = {key for key in ("failed", "partly") if key in live}
    if not short:
        return live
    if len(short) > 1:  # "i stort sett oförändrat"
        live = {**live, "partly": [h for h in live["partly"] if not _inside(h, live["failed"])]}
    meant = () if "negations" in live else live.get("meant", ())
    told = {
        key: [h for h in live[key] if not (_in_relative(piece, h) or _only_meant(piece, h, meant))]
        for key in short
    }
    return {key: told.get(key, found) for key, found in live.items() if told.get(key, found)}


def _inside(hit: Match, longer: Sequence[Match]) -> bool:
    return any(
        o.start_char <= hit.start_char
        and hit.end_char <= o.end_char
        and (hit.start_char, hit.end_char) != (o.start_char, o.end_char)
        for o in longer
    )


def _in_relative(piece: Span, hit: Match) -> bool:
    """Whether a relative pronoun stands right before a word, and a main verb after it."""
    before = [t for t in piece if t.idx < hit.start_char]
    relative = bool(before) and before[-1].lower_ in load_outcomes().relative
    return relative and any(finite(t) for t in piece if t.idx >= hit.end_char)


def _only_meant(piece: Span, hit: Match, meant: Sequence[Match]) -> bool:
    """Whether a word goes on about what was meant: "skulle köra i stället för att vänta"."""
    ends = [m.end_char for m in meant if m.end_char <= hit.start_char]
    between = [t for t in piece if ends and ends[-1] <= t.idx < hit.end_char]
    that = load_outcomes().that
    goes_on = any(infinitive(t) for t in between)
    return goes_on and not any(finite(t) or t.lower_ in that for t in between)


def _as_told(family: str) -> Outcome:
    return "partly" if family == "partly" else "reached"


def _weaker(piece: Span, live: Hits, words: Sequence[str], *, negated: bool) -> Outcome | None:
    """Return what a clause without words for the end of things tells."""
    if "yes" in live:
        return "reached"
    wished = live.get("meant", ())
    if any(not any(_within(m.start_char, [h]) for m in wished) for h in live.get("begun", ())):
        return "failed" if negated else "begun"
    if _excepts(piece, words):
        return "failed"
    if bare(words) and (negated or not set(load_outcomes().refusal).isdisjoint(words)):
        return None if text_of(piece).startswith("(") else "failed"
    if "meant" in live:
        return None
    if "direction" in live:
        return "failed" if negated else "direction"
    if "opinion" in live:
        return "opinion"
    return "denied" if negated else None


def _excepts(piece: Span, words: Sequence[str]) -> bool:
    """Whether a clause only makes an exception of somebody: "utom i en kommun"."""
    known = load_outcomes()
    opens = bool(words) and (
        words[0] in known.except_for or " ".join(words[:2]) in known.except_for
    )
    if opens and words[1:2] and words[1] in known.that:  # "förutom att polisen inte är med"
        return True
    return opens and not any(finite(t) or t.lower_.startswith(known.times) for t in piece)


def bare(words: Sequence[str]) -> bool:
    """Whether a clause without a verb begins or ends with its denial: "inte skolan"."""
    known = load_outcomes().bare
    return bool(words) and (words[0] in known or words[-1] in known)


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
    known = load_outcomes()
    plain = {*known.fillers, *known.contrast, *known.bare}
    rest = [t for t in piece if t.idx >= end and t.is_alpha]
    named = any(len(t) >= SHORTEST and t.lower_ not in plain for t in rest)
    told = [t for t in piece if t.idx < end]
    turned = bool(told) and finite(told[-1])  # "därför hölls kursen aldrig"
    return words[-1] in known.bare and named and not (turned or any(finite(t) for t in rest))


def _main(piece: Span, words: Sequence[str]) -> int | None:
    """Return where the main clause begins, past a reason, time or concession without a comma."""
    known = load_outcomes()
    numbered = len(words) > 1 and words[0][0].isdigit()  # "3. Vad som gjordes"
    first, *rest = words[1:] if numbered or " ".join(words[:2]) in known.even_if else words
    if first not in known.apart["aside"] or " ".join([first, *rest[:1]]) in known.points:
        return piece.start_char
    verbs = [t for t in piece if finite(t)]
    own = 0 if first in known.nominal and set(known.that).isdisjoint(rest[:1]) else 1
    return verbs[own].idx if len(verbs) > own else None


def _came(piece: Span, hit: Match, live: Hits) -> bool:
    """Whether words of something reached are no opinion and no wish: "att nå", "skulle bli"."""
    first = next(t for t in piece if t.idx >= hit.start_char)
    if _within(hit.start_char, live.get("opinion", ())):
        return False
    if infinitive(first) and "can" not in live:
        return False
    wished = live.get("meant", ())
    if any(finite(t) and _within(t.idx, wished) for t in _rest(piece, hit)[:1]):
        return False  # "enligt ansökan ska alla ha en plan"
    meant = [m for m in wished if m.end_char <= hit.start_char]
    return finite(first) or all(
        any(finite(t) for t in piece if m.end_char <= t.idx < hit.start_char) for m in meant
    )


def _rest(piece: Span, hit: Match) -> Sequence[Token]:
    """Return the finite verbs after words, none where one stands in or before them."""
    if any(finite(t) for t in piece if t.idx < hit.end_char):
        return ()
    return [t for t in piece if t.idx >= hit.end_char and finite(t)]


def _only_set(piece: Span, live: Hits) -> bool:
    """Whether a clause says what the goal was and no more: "målet var hälften"."""
    ends = [h.end_char for h in live.get("set", ())]
    return bool(ends) and not any(finite(t) for t in piece if t.idx >= min(ends))


def _within(offset: int, hits: Sequence[Match]) -> bool:
    return any(h.start_char <= offset < h.end_char for h in hits)


def infinitive(token: Token) -> bool:
    """Whether a token looks like an infinitive: "nå", "genomföras"."""
    form = token.lower_
    base = form.removesuffix("s")
    return (
        form not in load_outcomes().no_verbs
        and len(base) > 1
        and base.endswith(("a", "å"))
        and lemma(form) in (form, base)
    )


def finite(token: Token) -> bool:
    """Whether a token is a finite verb, by its form or by an ending of the past."""
    known = load_outcomes()
    if token.lower_ in known.no_verbs:
        return False
    return is_finite(token) or token.lower_.endswith(known.past_endings)


@cache
def _matcher() -> Matcher:
    return Matcher(load_outcomes().patterns(), source="outcomes.yaml")
