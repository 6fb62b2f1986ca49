"""Who writes: "vi på jouren" did what the report tells, and "Vi själva" is the jour again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Token

from annotations.codebook import Variable, load
from annotations.phrases import load_phrases
from annotations.scope import load_scope
from corpus.types import Context
from pipeline.rules.context import Reading
from pipeline.rules.entries import Hit

VARIABLE = "partner"
WRITER = "@"  # under this key the names known so far hold the writer's organisation
NEAR = 4  # words between "oss" and the name: "oss på Bodens"
WRITES = "aktiv.skriver"  # the cue of a name that is the writer's own
WORKS = Reading(Context.AKTIV, 0.9, WRITES)


def writes(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether the name is the writer's own: "oss på Bodens kvinnojour", "vi i jouren"."""
    words = load_scope()
    if any(t.idx == hit.start and t.lower_ in words.writers for t in tokens):
        return True
    before = [t.lower_ for t in tokens if t.idx < hit.start][-NEAR:]
    if before and before[-1] in words.bystanders.former:  # "jag är pensionerad lärare"
        return False
    if not words.writer_is.isdisjoint(f"{a} {b}" for a, b in pairwise(before)):
        return True  # "jag är diakon i församlingen"
    places = [i for i, word in enumerate(before) if i and word in words.bystanders.works_at]
    if not places or before[places[-1] - 1] not in words.writers:
        return False
    return all(word.endswith("s") for word in before[places[-1] + 1 :])


def ourselves(
    tokens: Sequence[Token], question: str, known: Mapping[str, Hit], hits: Sequence[Hit]
) -> Iterator[Hit]:
    """Yield the writer's organisation where an answer about its group says "Vi själva".

    Not where one of the `hits` names it: "Vi på jouren."
    """
    writer = known.get(WRITER)
    group = _codebook().group_of(writer.entry.category) if writer else None
    if writer is None or any(h.entry.category == writer.entry.category for h in hits):
        return
    if group is None or question != f"aktor_{group.id}" or len(tokens) < 2:
        return
    said = f"{tokens[0].lower_} {tokens[1].lower_}"
    if load_phrases()["ourselves"].fullmatch(said):
        yield Hit(writer.entry, tokens[0].idx, tokens[1].idx + len(tokens[1]), writer.name)


@cache
def _codebook() -> Variable:
    return load().variable(VARIABLE)
