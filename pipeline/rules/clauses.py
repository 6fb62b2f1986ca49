"""Cutting a sentence into clauses by punctuation, conjunctions and finite verbs.

A comma or "och" between two names of a list is no border, between two statements it is. Dependency
parsing can replace this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from annotations.scope import load_scope
from pipeline.language.verbs import is_finite

OPEN, CLOSE = frozenset("(["), frozenset(")]")


@dataclass(frozen=True, slots=True)
class Clause:
    """`start:end` are offsets into the document's text. `inside`: it stands in brackets.

    `rest`: how it goes on after a bracket. `own_subject`: it is about somebody else; `impersonal`:
    that is "det" ("men det blev inget").
    """

    start: int
    end: int
    inside: bool = False
    own_subject: bool = False
    impersonal: bool = False
    rest: tuple[tuple[int, int], ...] = ()

    def holds(self, offset: int) -> bool:
        """Whether the offset lies in the clause."""
        ranges = ((self.start, self.end), *self.rest)
        return any(start <= offset < end for start, end in ranges)


Judge = Callable[[int, int], bool]


def clauses(sentence: Span, names: Judge, says: Judge) -> tuple[Clause, ...]:
    """Return the clauses in text order; together they cover the sentence.

    `names(start, end)` tells whether an actor is named between two offsets, `says` whether a cue
    stands there.
    """
    merged: list[list[_Piece]] = []
    rest: dict[int, list[_Piece]] = {}
    for piece in _pieces([t for t in sentence if not t.is_space]):
        if merged and _joins(merged[-1], piece, names, says):
            merged[-1].append(piece)
        elif merged and not merged[0][0].inside and _resumes(merged[-1], piece, says):
            outside = max(i for i, group in enumerate(merged) if not group[0].inside)
            rest.setdefault(outside, []).append(piece)
        else:
            merged.append([piece])
    return tuple(
        Clause(
            group[0].start,
            group[-1].end,
            group[0].inside,
            *_subject(group[0]),
            tuple((p.start, p.end) for p in rest.get(i, ())),
        )
        for i, group in enumerate(merged)
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    tokens: tuple[Token, ...]
    hard: bool
    inside: bool

    @property
    def start(self) -> int:
        return self.tokens[0].idx

    @property
    def end(self) -> int:
        return self.tokens[-1].idx + len(self.tokens[-1])


def _pieces(tokens: Sequence[Token]) -> Iterator[_Piece]:
    words = load_scope().clauses
    current: list[Token] = []
    hard = inside = False
    for token in tokens:
        word = token.lower_
        opens, closes = word in OPEN, word in CLOSE
        dash = word in {"-", "–", "—"} and bool(current) and token.nbor(-1).whitespace_ != ""
        if current and (opens or word in words.hard or word in words.soft or dash):
            yield _Piece(tuple(current), hard, inside)
            current, hard = [], word in words.hard or opens or dash
            inside = inside or opens
        elif opens:
            inside = True
        current.append(token)
        if closes:
            yield _Piece(tuple(current), hard, inside)
            current, hard, inside = [], True, False
    if current:
        yield _Piece(tuple(current), hard, inside)


def _joins(group: Sequence[_Piece], piece: _Piece, names: Judge, says: Judge) -> bool:
    if piece.inside != group[-1].inside or (piece.inside and piece.hard):
        return False
    start, end = group[0].start, group[-1].end
    states = says(start, end) or any(is_finite(t) for p in group for t in p.tokens)
    next_states = says(piece.start, piece.end) or any(is_finite(t) for t in piece.tokens)
    if piece.tokens[0].lower_ in {"-", "–", "—"}:
        return not states  # "Jouren – två platser i gruppen"
    if piece.hard:
        return not next_states and not states
    if (
        piece.tokens[0].lower_ in load_scope().clauses.lists
        and len(piece.tokens) > 1
        and len(group[-1].tokens)
    ):
        # "nätverket med polis och skola är kvar": two names side by side are one list
        left, right = group[-1].tokens[-1], piece.tokens[1]
        if names(left.idx, left.idx + 1) and names(right.idx, right.idx + 1):
            return True
    return not (states and next_states)


def _resumes(bracket: Sequence[_Piece], piece: _Piece, says: Judge) -> bool:
    """Whether a list goes on after a bracket: "inbjudna var skolan (2) och kyrkan (1)"."""
    states = says(piece.start, piece.end) or any(is_finite(t) for t in piece.tokens)
    starts = piece.tokens[0].lower_ in load_scope().clauses.lists | {","}
    return bracket[0].inside and not piece.inside and starts and not states


def _subject(piece: _Piece) -> tuple[bool, bool]:
    words = {t.lower_ for t in [t for t in piece.tokens if t.is_alpha][:4]}
    scope = load_scope().clauses
    others = words & scope.other_subjects
    against = piece.tokens[0].lower_ in scope.hard or piece.tokens[0].text == ","
    return bool(others), bool(others) and others <= scope.impersonal and against
