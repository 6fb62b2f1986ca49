"""Refusals of something else than an actor: "när vi inte hinner", "pojkgruppen blev aldrig av".

Needs a parsed sentence; without a parse no refusal is another's.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from annotations.scope import load_scope
from corpus.types import Context
from pipeline.rules.cues import NOT_YET, CueHit
from pipeline.rules.roles import PASSIVE, SUBJECTS, VERBAL

HELPING = frozenset({"aux", "aux:pass", "cop"})
SHARING = frozenset({"conj", "xcomp"})
RELATIVE = frozenset({"acl:relcl", "acl"})
NOUNS = frozenset({"NOUN", "PROPN"})


def of_stranger(sentence: Span, hit: CueHit, actors: Sequence[tuple[int, int]]) -> bool:
    """Whether a refusal's statement names no actor and has a subject that is none of theirs."""
    if not (hit.cue.category == Context.NEJ or hit.cue.id == NOT_YET):
        return False
    verb = _verb(sentence, hit)
    if verb is None or any(_holds(verb, a) for a, _ in actors):
        return False
    subject = _subject(verb)
    if subject is None or any(_holds(subject, a) for a, _ in actors):
        return False
    if any(subject.idx < a < hit.start for a, _ in actors):  # it may have begun a new statement
        return False
    words = load_scope().strangers
    named = subject.lower_.startswith(words.starts) or subject.lower_.endswith(words.ends)
    if named or subject.lower_ in words.nobody:
        return True
    if verb.dep_ in RELATIVE:  # "de samtal som vi inte hinner med"
        return subject.lower_ in words.us
    opens = {c.lower_ for c in verb.children if c.i < verb.i}
    timed = verb.dep_ == "advcl" and not words.whiles.isdisjoint(opens)
    return timed and (subject.pos_ in NOUNS or subject.lower_ in words.us)


def _verb(sentence: Span, hit: CueHit) -> Token | None:
    inside = [t for t in sentence if hit.start <= t.idx < hit.end]
    word = next((t for t in reversed(inside) if t.pos_ in VERBAL), inside[-1] if inside else None)
    while word is not None and word.head != word and (word.pos_ not in VERBAL or _helps(word)):
        word = word.head
    # "Polisen har vi inte med, kvinnorna vill inte": the parse may hang "med" on what follows.
    ahead = sentence.doc[inside[-1].i + 1 : word.i] if word is not None else ()
    return None if any(t.lower_ in load_scope().clauses.stops for t in ahead) else word


def _helps(word: Token) -> bool:
    return word.dep_ in HELPING or word.dep_ == "xcomp"


def _subject(verb: Token) -> Token | None:
    """Return the noun or pronoun a verb tells of; "som" is the noun before it."""
    own = next((c for c in verb.children if c.dep_ in SUBJECTS | PASSIVE), None)
    if own is None:
        return _subject(verb.head) if verb.dep_ in SHARING and verb.head != verb else None
    relative = own.lower_ in load_scope().grammar.relatives and verb.dep_ in RELATIVE
    return verb.head if relative else own


def _holds(verb: Token, offset: int) -> bool:
    return any(t.idx <= offset < t.idx + len(t) for t in verb.subtree)
