"""Which part an actor has in a parsed sentence: of which verb or noun, and as what.

"Rektorn fick läsa utkastet" makes "rektorn" the subject of "läsa" and "fick"; "brev till skolorna
på Norr" makes "skolorna" the "till" of "brev". Without a parse nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from annotations.scope import load_scope

SUBJECT, OBJECT, RECIPIENT, AGENT, ALONE = "subject", "object", "recipient", "agent", "alone"
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
BESIDE = frozenset({"conj", "appos", "flat", "flat:name", "compound", "parataxis"})
PASSIVE = frozenset({"nsubj:pass", "csubj:pass"})
SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
SHARED = frozenset({"conj", "xcomp", "parataxis"})
HELPING = frozenset({"aux", "aux:pass"})
HIGHEST = 6  # steps from a name to its verb


@dataclass(frozen=True, slots=True)
class Part:
    """The word an actor hangs on, and as what: a role named above, or its preposition."""

    word: Token
    role: str


def parts(sentence: Span, start: int, end: int) -> tuple[Part, ...]:
    """Return the parts of the actor named at `start:end`, the nearest first."""
    if not sentence.doc.has_annotation("DEP"):
        return ()
    inside = [t for t in sentence if t.idx < end and start < t.idx + len(t)]
    if not inside:
        return ()
    top = next((t for t in inside if t.head.i not in {i.i for i in inside}), inside[0])
    return tuple(dict.fromkeys(_parts(top, sentence)))


def _parts(top: Token, sentence: Span) -> Iterator[Part]:
    yield from _relative(top)
    for _ in range(HIGHEST):
        dep, head = top.dep_, top.head
        if head == top:
            yield _of_itself(top)
            return
        if dep in BESIDE and head.pos_ in VERBAL and top.pos_ not in VERBAL:
            sibling = _sibling(top, head)
            if sibling is None:
                return
            top = sibling
        elif dep in BESIDE or dep == "nmod:poss":
            top = head
            yield from _relative(top)
        elif head.pos_ == "ADP" and head.head != head:  # "komma till moskén", read as one word
            yield Part(_verb_above(head), head.lower_)
            return
        elif dep == "nmod" and _preposition(top) in load_scope().grammar.placed:
            yield Part(head, _preposition(top))
            yield Part(_verb_above(head), _preposition(top))
            top = head
            yield from _relative(top)
        elif dep == "nmod":
            yield Part(head, _preposition(top))
            yield Part(_verb_above(head), _preposition(top))
            top = head
        else:
            yield from _of_verb(top, head)
            return


def _of_itself(top: Token) -> Part:
    """Return the part of a name at the top: alone, or "från" in "upplägget kommer från X"."""
    link = next((c for c in top.children if c.dep_ == "cop"), None)
    preposition = _preposition(top)
    return Part(link, preposition) if link is not None and preposition else Part(top, ALONE)


def _of_verb(top: Token, verb: Token) -> Iterator[Part]:
    role = _role(top)
    if verb.dep_ in HELPING and verb.head != verb:
        verb = verb.head
    yield Part(verb, role)
    for word in verb.children:
        if role == SUBJECT and word.dep_ == "aux":
            yield Part(word, SUBJECT)
    if role == SUBJECT:
        yield from (Part(v, SUBJECT) for v in _sharing(verb))
    elif role in {OBJECT, RECIPIENT}:  # "bad rektorn läsa utkastet"
        wanted = [
            v
            for v in verb.children
            if v.dep_ in {"xcomp", "conj"} and v.morph.get("VerbForm", []) == ["Inf"]
        ]
        if verb.dep_ == "advcl" and verb.head.morph.get("VerbForm", []) == ["Inf"]:
            wanted.append(verb.head)
        yield from (Part(v, SUBJECT) for v in wanted if v.i > top.i)


def _sharing(verb: Token) -> Iterator[Token]:
    """Yield the verbs that go on with the subject: "kom och lyssnade", "fick läsa"."""
    for word in verb.children:
        if word.dep_ not in SHARED or word.pos_ not in VERBAL | {"ADJ"}:
            continue
        if any(c.dep_ in SUBJECTS | PASSIVE for c in word.children):
            continue
        yield word
        yield from _sharing(word)


def _relative(noun: Token) -> Iterator[Part]:
    """ "Pastorn, som kom": what is said of a name in its clause with "som"."""
    for verb in noun.children:
        if verb.dep_ not in {"acl:relcl", "acl"}:
            continue
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS | PASSIVE]
        own = [c for c in subjects if c.lower_ not in load_scope().grammar.relatives]
        if verb.dep_ == "acl":  # "skolan, utbildad i våras"
            yield Part(verb, OBJECT)
        elif not own:
            passive = any(c.dep_ in PASSIVE for c in subjects)
            yield Part(verb, OBJECT if passive else SUBJECT)
            if not passive:
                yield from (Part(v, SUBJECT) for v in _sharing(verb))
        else:
            yield Part(verb, OBJECT)


def _role(top: Token) -> str:
    preposition = _preposition(top)
    if preposition and top.dep_ in {"obj", "obl", "advmod"}:
        return (
            AGENT
            if preposition in load_scope().grammar.agents and _is_passive(top.head)
            else preposition
        )
    if top.dep_ in PASSIVE:
        return OBJECT
    if top.dep_ in SUBJECTS:
        return OBJECT if _displaced(top, top.head) else SUBJECT
    if top.dep_ == "obl:agent" or (
        preposition in load_scope().grammar.agents and top.head.morph.get("Voice", []) == ["Pass"]
    ):
        return AGENT
    if preposition:
        return preposition
    if top.dep_ == "iobj":
        return RECIPIENT
    alone = not any(c.dep_ in SUBJECTS | PASSIVE for c in top.head.children)
    return SUBJECT if alone and top.dep_ == "obj" and top.i < top.head.i else OBJECT


def _displaced(top: Token, verb: Token) -> bool:
    """Whether a supposed subject is none: "rektorn såg vi aldrig", "kommunen tackar kyrkan"."""
    others = [c for c in verb.children if c.dep_ in SUBJECTS and c != top]
    if top.i < verb.i:
        return any(c.pos_ == "PRON" and c.i > verb.i for c in others)
    return any(c.i < verb.i and c.lower_ not in load_scope().grammar.relatives for c in others)


def _is_passive(verb: Token) -> bool:
    return verb.morph.get("Voice", []) == ["Pass"] or verb.lower_.endswith(
        load_scope().grammar.passive_endings
    )


def _verb_above(word: Token) -> Token:
    while word.pos_ not in VERBAL and word.head != word:
        word = word.head
    return word.head if word.dep_ in HELPING else word


def _preposition(top: Token) -> str:
    """Return the preposition of a noun; also where the parser hung it on a word before the noun."""
    own = next((c.lower_ for c in top.children if c.dep_ == "case"), "")
    if own or top.left_edge.i == top.sent.start:
        return own
    before = top.left_edge.nbor(-1)
    inside = next((t.lower_ for t in top.left_edge.subtree if t.dep_ == "case"), "")
    return inside or (before.lower_ if before.pos_ == "ADP" and before.head != top.head else "")


def _sibling(top: Token, verb: Token) -> Token | None:
    """Return the noun a name goes on a list with, where the parser hung it on the verb."""
    before: Sequence[Token] = [
        c
        for c in verb.children
        if c.i < top.i and c.pos_ in NOMINAL and c.dep_ not in BESIDE and c.dep_ != "expl"
    ]
    return before[-1] if before else None
