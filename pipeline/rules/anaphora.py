"""Who a text goes on about: pronouns that point back, and first names given to an actor before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Span, Token

from annotations.places.places import load_places
from annotations.scope import load_scope
from corpus.types import Context
from pipeline.language.swedish import text_of
from pipeline.language.verbs import is_finite
from pipeline.rules.cues import CueHit
from pipeline.rules.entries import Hit

SHORT = 8  # words of a sentence that only says "likewise"
CLEAR = 0.9  # strength of a refusal that holds for all who were invited before
SHORTEST = 3  # letters of a name
NAMED = 0.9  # how sure it is that a first name still means the actor it was given to


def goes_on(sentence: Span, question: str) -> bool:
    """Whether a sentence that names nobody goes on about the actors named before it."""
    scope = load_scope()
    tokens = [t for t in sentence if t.is_alpha]
    words = [t.lower_ for t in tokens]
    if text_of(sentence).rstrip().endswith("?"):
        return False
    if question.startswith("aktor_"):
        others = scope.clauses.other_subjects & set(words[:3])
        return not others or any(_points_back(t, tokens) for t in tokens)
    starts = bool(words) and words[0] in scope.anaphora.starts
    if starts and words[0] in scope.anaphora.them | scope.anaphora.articles:
        return _points_back(tokens[0], tokens)
    return starts or any(_points_back(t, tokens) for t in tokens[:3])


def _points_back(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether it is a pronoun for actors: not "de fyra cheferna", not "en av dem"."""
    word, known = token.lower_, load_scope().anaphora
    if word not in known.them:
        return False
    place = tokens.index(token)
    before = tokens[place - 1].lower_ if place else ""
    if word in known.articles:
        beside = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
        return any(is_finite(t) for t in beside)
    return before not in known.partitive


def likewise(sentence: Span, *, first: bool = False) -> bool:
    """ "Kyrkan likaså.", but not a long sentence that holds "samma" or "också".

    `first`: it would be as the answer before it, so "också" is not enough.
    """
    known = load_scope().anaphora
    meant = known.likewise - known.also if first else known.likewise
    words = [t for t in sentence if t.is_alpha]
    return len(words) <= SHORT and any(t.lower_ in meant for t in words)


def of_the_rest(sentence: Span, cues: Sequence[CueHit], *, others: bool = False) -> CueHit | None:
    """Return the refusal of all who were invited before: "Övriga kom inte", "Ingen av dem kom".

    `others`: the sentence names somebody, whom a mere "inga" may be about.
    """
    scope = load_scope()
    words = [t.lower_ for t in sentence]
    remaining = scope.remaining - scope.nobody if others else scope.remaining
    named = any(
        w in remaining or " ".join(words[i : i + 2]) in scope.remaining_pairs
        for i, w in enumerate(words)
    )
    refusals = [c for c in cues if c.cue.category == Context.NEJ and c.cue.strength >= CLEAR]
    return refusals[0] if named and refusals else None


def learn_names(
    tokens: Sequence[Token], hits: Sequence[Hit], known: MutableMapping[str, Hit]
) -> None:
    """Remember the names that stand with an actor: "konstapel Rask", "Ingbritt på jouren"."""
    if not hits:
        return
    taken = [(h.start, h.end) for h in hits]
    first, end = hits[0].start, max(h.end for h in hits)
    for i, token in enumerate(tokens):
        if not first <= token.idx < end:
            continue
        hit = next((h for h in hits if h.start <= token.idx < h.end), None)
        if hit is None or hit.entry.id.endswith(".ort"):
            continue
        following = [t for t in tokens[i + 1 : i + 3] if not _within(t, taken)]
        for name in following:
            if not _is_name(name):
                break
            known.setdefault(name.text, hit)
        if i > 1 and tokens[i - 1].lower_ in load_scope().anaphora.beside:
            name = tokens[i - 2]
            if i > 2 and _is_name(name) and not _within(name, taken):
                known.setdefault(name.text, hit)


def find_names(
    tokens: Sequence[Token], hits: Sequence[Hit], known: Mapping[str, Hit]
) -> Iterator[Hit]:
    """Yield an actor's hit again where only its name stands."""
    if not known:
        return
    for place, token in enumerate(tokens):
        name = token.text
        if not name[0].isupper():
            continue
        hit = known.get(name) or known.get(name.removesuffix("s"))
        if hit is None or any(h.start <= token.idx <= h.end + 1 for h in hits):
            continue
        if place and token.nbor(-1).lower_ in load_scope().anaphora.within:
            continue
        entry = replace(hit.entry, weight=round(hit.entry.weight * NAMED, 3), generic=False)
        yield Hit(entry, token.idx, token.idx + len(token), hit.name)


def _within(token: Token, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.idx < end for start, end in taken)


def _is_name(token: Token) -> bool:
    word = token.text
    named = word[:1].isupper() and word[1:].islower() and len(word) >= SHORTEST and token.is_alpha
    return named and word not in _places() and token.lower_ not in load_scope().anaphora.areas


@cache
def _places() -> frozenset[str]:
    places = load_places()
    pairs = (*places.names, *places.districts, *places.county_names)
    return frozenset(name for name, _ in pairs)
