"""What the verb or noun an actor hangs on says about its part (`annotations/lexicon/frames.yaml`).

Needs a parsed sentence; without a parse no frame speaks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Span, Token

from annotations.frames import Frame, load_frames
from annotations.lexicon import Cue
from annotations.scope import load_scope
from pipeline.language.verbs import is_finite
from pipeline.rules.clauses import Clause
from pipeline.rules.patterns import Match, Matcher
from pipeline.rules.roles import PASSIVE, SUBJECTS, VERBAL, Part, parts

AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
NEXT = frozenset({"conj", "parataxis", "acl:relcl"})
ASIDE = frozenset({"acl", "acl:relcl", "advcl"})  # statements about something else in the sentence
KINDS = ("patterns", "subjects", "beside", "unless")  # of the words of a frame
Range = tuple[int, int]
LONGEST_LINK = 5  # words between two names of a list
NEVER = 0.92  # as strong as a refusal


class Framed:
    """The frames whose words stand in one sentence."""

    def __init__(self, sentence: Span, clauses: Sequence[Clause]) -> None:
        """Look the words up once for all actors of the sentence."""
        self._sentence = sentence
        self._clauses = clauses
        self._others: Collection[Range] = ()
        found: dict[str, list[Match]] = {kind: [] for kind in KINDS}
        for match in _matcher().find(sentence) if sentence.doc.has_annotation("DEP") else ():
            kind, _, id = match.key.partition(" ")
            found[kind].append(Match(id, match.start_char, match.end_char))
        self._words, self._subjects, self._beside, self._unless = found.values()
        ids = {m.key for m in (*self._words, *self._subjects, *self._beside)}
        self._frames = [f for i, f in load_frames().items() if i in ids] if ids else []

    def cues(self, start: int, end: int, others: Collection[Range]) -> Iterator[Cue]:
        """Yield what the frames say about the actor named at `start:end`."""
        if not self._frames:
            return
        self._others = others
        found = list(self._cues(start, end))
        before = max((o for o in others if o[1] <= start), default=None)
        if not found and before and self._goes_on_list(before[1], start, end):
            found = list(self.cues(*before, [o for o in others if o[0] <= before[0]]))
            self._others = others
        yield from found

    def _cues(self, start: int, end: int) -> Iterator[Cue]:
        for part in parts(self._sentence, start, end):
            if any(a <= part.word.idx < b for a, b in self._others if a != start):
                continue
            for frame in self._frames:
                if self._fits(frame, part, start):
                    yield from self._turned(frame, part.word)

    def _goes_on_list(self, before: int, start: int, end: int) -> bool:
        """Whether a name only goes on a list: "…, en rabbin och företrädare för Tullen"."""
        tokens = [t for t in self._sentence if not t.is_space]
        between = [t for t in tokens if before <= t.idx < start]
        after = next((t for t in tokens if t.idx >= end), None)
        links = load_scope().clauses.lists | {","}
        if not between or between[0].lower_ not in links or len(between) > LONGEST_LINK:
            return False
        plain = all(t.is_alpha or t.lower_ in links for t in between)
        verbs = [t for t in (*between, *([after] if after else [])) if _speaks(t)]
        return plain and not verbs

    def _fits(self, frame: Frame, part: Part, start: int) -> bool:
        if frame.roles and part.role not in frame.roles:
            return False
        if frame.patterns and not any(
            m.key == frame.id and m.start_char <= part.word.idx < m.end_char for m in self._words
        ):
            return False
        if frame.tenses and tense(part.word) not in frame.tenses:
            return False
        if frame.subjects and not self._has_subject(frame, part.word):
            return False
        beside = [m for m in self._beside if not frame.tenses or self._timely(frame, m)]
        if frame.beside and not self._near(frame.id, beside, part.word, start):
            return False
        return not self._near(frame.id, self._unless, part.word, start)

    def _timely(self, frame: Frame, match: Match) -> bool:
        """Whether a date belongs to the statement: not "den grupp som startade i mars"."""
        word = next((t for t in self._sentence if t.idx == match.start_char), None)
        verb = _verb_of(word) if word is not None else None
        if verb is None or verb.pos_ not in VERBAL:
            return True
        return tense(verb) in frame.tenses

    def _has_subject(self, frame: Frame, word: Token) -> bool:
        if word.pos_ not in VERBAL:
            return False
        subjects = [
            c
            for c in _verb_of(word).children
            if c.dep_ in SUBJECTS | PASSIVE and not any(a <= c.idx < b for a, b in self._others)
        ]
        return any(
            m.key == frame.id and m.start_char <= t.idx < m.end_char
            for c in subjects
            for t in (c, *(g for g in c.children if g.dep_ == "nmod"))  # "flera av kvinnorna"
            for m in self._subjects
        )

    def _near(self, key: str, matches: Sequence[Match], word: Token, start: int) -> bool:
        own = [m for m in matches if m.key == key]
        return bool(own) and any(self._reaches(m, word, start) for m in own)

    def _reaches(self, match: Match, word: Token, start: int) -> bool:
        home = next((c for c in self._clauses if c.holds(start)), None)
        if home is not None and home.holds(match.start_char):
            return True
        there = next((c for c in self._clauses if c.holds(match.start_char)), None)
        if there is not None and there.inside:  # in brackets, of the last one named before them
            return start == max((a for a, _ in self._others if a < there.start), default=-1)
        return any(t.idx == match.start_char for t in _statement(_verb_of(word)))

    def _turned(self, frame: Frame, word: Token) -> Iterator[Cue]:
        """Yield the frame's cue, or what it says where the statement is denied."""
        own = [m for m in (*self._words, *self._beside) if m.key == frame.id]
        if all(any(m.start_char <= t.idx < m.end_char for m in own) for t in _denying(word)):
            yield frame.cue
        elif frame.negated:
            strength = max(NEVER, frame.strength)
            yield replace(frame.cue, category=frame.negated, strength=strength)


def _speaks(token: Token) -> bool:
    return token.pos_ in VERBAL or is_finite(token)


def tense(word: Token) -> str:
    """Return "present", "past" or "none" for the statement a word belongs to."""
    words = load_scope().grammar
    verb = _verb_of(word)
    beside = {c.lower_ for c in verb.children if c.dep_ in AUXILIARIES}
    if beside & (words.having | words.past_helpers) or verb.lower_.endswith(words.past_endings):
        return "past"
    told = verb.morph.get("Tense", []) if verb.morph.get("VerbForm", []) == ["Fin"] else []
    if verb.morph.get("VerbForm", []) == ["Part"]:
        return "none"
    if told == ["Pres"] or beside:
        return "present"
    if told == ["Past"] or verb.morph.get("VerbForm", []) == ["Sup"]:
        return "past"
    if verb.dep_ in NEXT | {"xcomp"} and verb.head != verb and verb.pos_ in VERBAL:
        return tense(verb.head)
    return "present" if is_finite(verb) and verb.lower_.endswith(words.present_endings) else "none"


def _verb_of(word: Token) -> Token:
    """Return the nearest verb above a word, or the top of its sentence."""
    while word.pos_ not in VERBAL and word.head != word:
        word = word.head
    return word.head if word.dep_ in AUXILIARIES else word


def _statement(verb: Token) -> Iterator[Token]:
    """Yield the words of a verb's statement, without the statements that go on from it."""
    yield verb
    for child in verb.children:
        if not (child.dep_ in NEXT and child.pos_ in VERBAL):
            yield from _statement(child)


def _denying(word: Token) -> list[Token]:
    """Return the words that deny the statement: "inte", "ingen" as its subject."""
    verb = _verb_of(word)
    direct = [c for c in (*word.children, *verb.children) if c.lower_ in load_scope().negations]
    direct += [c for c in word.children if c.lower_ in load_scope().nobody]  # "inga deltagare från"
    nobody = [c for c in verb.subtree if c.lower_ in load_scope().nobody and c.head.dep_ == "nsubj"]
    return direct + nobody


@cache
def _matcher() -> Matcher:
    """Return the patterns of every kind of words a frame has, under "kind id"."""
    frames = load_frames().values()
    patterns = {f"{kind} {f.id}": getattr(f, kind) for kind in KINDS for f in frames}
    return Matcher(patterns, source="frames.yaml")
