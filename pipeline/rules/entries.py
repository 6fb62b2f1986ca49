"""Lexicon entries in a sentence: which words name which category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from annotations.lexicon import Entry
from pipeline.language.lemmas import lemma
from pipeline.rules.patterns import Match, Matcher
from pipeline.rules.spelling import DISCOUNT, SHORTEST, Spelling

UNLESS = "!"  # ends the key of the words that bar an entry


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that name an entry's category; offsets into the document's text.

    `name` tells the actors of one category apart (diakon, pingstförsamling).
    """

    entry: Entry
    start: int
    end: int
    name: str = ""


class Finder:
    """Finds lexicon entries. What an entry's `unless` touches does not count."""

    def __init__(self, entries: Sequence[Entry], *, misspelt: bool = False) -> None:
        """Compile the patterns; raises PatternError with every fault.

        `misspelt`: long names count also with one letter wrong.
        """
        self._spelling = Spelling(entries) if misspelt else None
        self._entries = {e.id: e for e in entries}
        patterns = {e.id: e.patterns for e in entries} | {e.id + UNLESS: e.unless for e in entries}
        self._matcher = Matcher(patterns)

    def find(self, sentence: Span, question: str = "") -> tuple[Hit, ...]:
        """Return the hits in text order.

        The same words name one category only once; of two categories the longer match wins, and
        entries bound to other questions are silent.
        """
        found = self._matcher.find(sentence)
        barred = [m._replace(key=m.key[:-1]) for m in found if m.key.endswith(UNLESS)]
        tokens = list(sentence) if found else []
        hits = [
            Hit(self._entries[m.key], m.start_char, m.end_char, _name(tokens, m))
            for m in found
            if m.key in self._entries
            and self._speaks(m, question)
            and not any(_touches(m, b) for b in barred)
        ]
        hits += self._misspelt(sentence, [*hits, *barred])
        return tuple(_untangled(hits))

    def _misspelt(self, sentence: Span, taken: Sequence[Hit | Match]) -> list[Hit]:
        hits: list[Hit] = []
        if self._spelling is None:
            return hits
        for token in sentence:
            entry = self._spelling.meant(token.lower_) if len(token) >= SHORTEST else None
            if entry is not None and not any(_covers(t, token.idx) for t in taken):
                entry = replace(entry, weight=round(entry.weight * DISCOUNT, 3))
                hits.append(Hit(entry, token.idx, token.idx + len(token), lemma(token.lower_)))
        return hits

    def _speaks(self, match: Match, question: str) -> bool:
        questions = self._entries[match.key].questions
        return not questions or question in questions


def _name(tokens: Sequence[Token], match: Match) -> str:
    # By form: a partner keeps its name whatever part of speech a sentence makes of it ("Lions").
    return next((lemma(t.lower_) for t in tokens if t.idx >= match.start_char), "")


def _covers(taken: Hit | Match, offset: int) -> bool:
    if isinstance(taken, Hit):
        return taken.start <= offset < taken.end
    return taken.start_char <= offset < taken.end_char


def _touches(match: Match, barred: Match) -> bool:
    return (
        match.key == barred.key
        and match.start_char < barred.end_char
        and barred.start_char < match.end_char
    )


def _untangled(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Where matches overlap keep the longest; at equal length the specific before the generic."""
    kept: list[Hit] = []
    for hit in sorted(
        hits,
        key=lambda h: (
            h.start - h.end,
            not h.entry.questions,
            h.entry.generic,
            -h.entry.weight,
            h.start,
        ),
    ):
        if all(hit.end <= k.start or hit.start >= k.end for k in kept):
            kept.append(hit)
    yield from sorted(kept, key=lambda h: h.start)
