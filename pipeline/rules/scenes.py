"""A sentence as far as its cues are concerned: where they, the clauses and the actors stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from spacy.tokens import Span

from annotations.lexicon import Cue
from annotations.scope import load_scope
from pipeline.language.verbs import is_finite
from pipeline.rules.bystanders import past_years
from pipeline.rules.clauses import Clause, clauses
from pipeline.rules.cues import CueHit, find_cues
from pipeline.rules.frames import Framed
from pipeline.rules.strangers import of_stranger

SUBJECT = 4  # words in which a clause names its subject


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence's cues and clauses, the actors named in it and its words "som" and "men".

    `framed`: by an actor's start, what its verb says of it.
    """

    cues: tuple[CueHit, ...]
    clauses: tuple[Clause, ...]
    actors: tuple[tuple[int, int], ...]
    relatives: tuple[int, ...] = ()
    helped: frozenset[int] = frozenset()
    turns: tuple[int, ...] = ()
    rest: tuple[int, ...] = ()
    came: tuple[int, ...] = ()
    clients: tuple[int, ...] = ()
    aimed: frozenset[int] = frozenset()
    framed: Mapping[int, tuple[Cue, ...]] = field(default_factory=dict)


def scene(
    sentence: Span,
    actors: Sequence[tuple[int, int]],
    question: str,
    begins: date | None = None,
) -> Scene:
    """Return the sentence's cues and clauses; `actors` are the offsets of the names in it.

    `begins`: the first day of the project; what is told of years before it is history.
    """
    past = (CueHit(*hit) for hit in past_years(sentence, begins))
    cues = (*find_cues(sentence, question), *past)
    if not actors:
        return Scene(cues, (), ())
    if sentence.doc.has_annotation("DEP"):
        cues = tuple(c for c in cues if not of_stranger(sentence, c, actors))

    def names(start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in actors)

    def says(start: int, end: int) -> bool:
        return any(start <= c.start < end and c.cue.strength > 0.6 for c in cues)

    parts = clauses(sentence, names, says)
    signs = _signs(sentence)
    frames = Framed(sentence, parts)
    return Scene(
        cues,
        parts,
        tuple(actors),
        relatives=tuple(signs["relatives"]),
        helped=frozenset(signs["helped"]),
        turns=tuple(signs["turns"]),
        rest=tuple(signs["rest"]),
        came=tuple(signs["came"]),
        clients=tuple(_clients(sentence, parts)) if signs["clients"] else (),
        aimed=frozenset(a for a, _ in actors if _aimed(sentence, a)),
        framed={a: tuple(frames.cues(a, b, actors)) for a, b in actors},
    )


def _signs(sentence: Span) -> dict[str, list[int]]:
    """Return where "som", "men" and their like stand, by what they are a sign of.

    "helped": where "som" tells of those who are helped, "de män som inte vill komma".
    """
    known, found = _sign_words(), defaultdict[str, list[int]](list)
    before = ""
    for token in sentence:
        word = token.lower_
        for sort in known.get(word, ()):
            found[sort].append(token.idx)
            if sort == "relatives" and before in load_scope().helped:
                found["helped"].append(token.idx)
        before = word
    return found


@cache
def _sign_words() -> dict[str, tuple[str, ...]]:
    known = load_scope().clauses
    sorts = {s: getattr(known, s) for s in ("relatives", "turns", "rest", "came")}
    sorts["clients"] = load_scope().clients
    words = frozenset[str]().union(*sorts.values())
    return {word: tuple(s for s, own in sorts.items() if word in own) for word in words}


def _clients(sentence: Span, parts: Sequence[Clause]) -> Iterator[int]:
    """Yield where clauses begin whose subject is somebody helped: "Kvinnan gick till …"."""
    clients = load_scope().clients
    words = [t for t in sentence if t.is_alpha]
    for part in parts:
        own = [t for t in words if part.holds(t.idx)][:SUBJECT]
        verb = next((i for i, t in enumerate(own) if is_finite(t)), len(own))
        subject = own[:verb]
        if not any(t.lower_ in load_scope().writers for t in subject):  # "kvinnan, jag och …"
            yield from [t.idx for t in subject if t.lower_ in clients][:1]


def _aimed(sentence: Span, start: int) -> bool:
    token = next(t for t in sentence if t.idx + len(t) > start)
    return token.i > sentence.start and token.nbor(-1).lower_ in load_scope().aims
