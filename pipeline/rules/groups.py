"""How a sentence speaks of a group it names: as aimed at, as disowned, or in passing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from spacy.tokens import Span

from annotations.groups import load_groups
from annotations.statements import Voice
from corpus.types import Context, Mention
from pipeline.rules.patterns import Match, Matcher

INTENDED: frozenset[Voice] = frozenset({"planned", "wished"})
AIM: frozenset[Voice] = frozenset({"says", "planned", "wished", "negated"})
GROUPS = "malgrupp"
PLAIN = 2
AIMED = 1.4
FOR_THEM = 1.12
NEAR = 20  # characters before a group's name in which a preposition governs it
HINT = 0.5  # weights below this only hint at a group
FIRST = 4  # what stands first in a sentence, after "Men " at most, begins before this letter
OPENING = 30  # what takes back the sentence before it stands within so many characters


@dataclass(frozen=True)
class Groups:
    """A sentence, the one after it, where groups are named in it, and the question it answers."""

    sentence: Span
    following: Span | None
    named: Sequence[int]
    question: str

    def voice(self, clause: Voice, start: int) -> Voice:
        """Return how the group named at `start` is spoken of; `clause` is how its clause speaks."""
        if any(self._reaches(hit, start) for hit in self._disowned):
            return "dropped"
        if self._taken_back and (clause in INTENDED or self.question in load_groups().asked_in):
            return "dropped"
        if self._part_taken_back:
            return "dropped"
        if clause == "dropped" and not self._before:
            return "others" if self.question in load_groups().partners_in else clause
        if clause == "dropped" or (clause in AIM and self._meant(start)):
            return "says"
        if self._heard["passing"]:
            return "others"
        if clause == "says" and any(h.start_char < start for h in self._heard["mere"]):
            return "others"
        return clause

    def aimed(self, voice: Voice, weight: float, start: int, factor: float) -> float:
        """Return how much words count: more where the sentence tells of work for those it names.

        Elsewhere such a sentence counts about as much as in the answer about goals, and so does one
        that says what the project is for. Hints stay so.
        """
        if voice == "says" and abs(weight) >= HINT and self._meant(start):
            return max(factor, 1.0)
        if voice not in {"says", "dropped"} or abs(weight) < HINT or not self._heard["aimed"]:
            return factor
        return max(factor, min(factor * AIMED, FOR_THEM if self._governed(start) else 1.0))

    def _meant(self, start: int) -> bool:
        """Whether the group at `start` stands in a goal, or in a sentence about what is meant."""
        if self.question in load_groups().goals_in:
            return True
        return any(h.start_char < start for h in self._heard["purpose"])

    def _governed(self, start: int) -> bool:
        """Whether the group at `start` is what a preposition tells of: "ett boende för äldre"."""
        before = [t.lower_ for t in self.sentence if start - NEAR <= t.idx <= start]
        return not load_groups().prepositions.isdisjoint(before)

    @cached_property
    def _heard(self) -> dict[str, list[Match]]:
        return _heard(self.sentence)

    @cached_property
    def _disowned(self) -> list[Match]:
        asked = self._heard["asked"] if self.question in load_groups().asked_in else []
        own = (h for h in self._heard["disowned"] if not any(_overlap(h, b) for b in self._before))
        return [*own, *asked]

    @cached_property
    def _before(self) -> list[Match]:
        """The words that open the sentence with what became of a part named before it."""
        start = self.sentence.start_char
        return [h for h in self._heard["part_next"] if h.start_char - start < FIRST]

    @cached_property
    def _taken_back(self) -> bool:
        return self._opens_with("disowned_next")

    @cached_property
    def _part_taken_back(self) -> bool:
        return self._opens_with("part_next")

    def _opens_with(self, words: str) -> bool:
        begins = self.following.start_char if self.following is not None else 0
        return any(h.start_char - begins < OPENING for h in self._heard_next.get(words, ()))

    @cached_property
    def _heard_next(self) -> dict[str, list[Match]]:
        return _heard(self.following) if self.following is not None else {}

    @cached_property
    def _turns(self) -> list[int]:
        return [t.idx for t in self.sentence if t.lower_ in load_groups().turns]

    def _reaches(self, hit: Match, start: int) -> bool:
        """Whether disowning words are of the group at `start`: of its part, or of none later."""
        own, its = self._part(start), self._part(hit.start_char)
        return own == its or (own < its and not any(own < self._part(n) <= its for n in self.named))

    def _part(self, offset: int) -> int:
        return sum(turn <= offset for turn in self._turns)


def outvoted(found: Iterable[Mention]) -> list[Mention]:
    """Return the mentions without disowning words about a group that much else is told of.

    One course that was cancelled is not the group: what `PLAIN` or more sentences tell of the work
    outweighs such words there; in the answer asked of groups one sentence is enough, and that
    outweighs what the goals deny too: there it is of how it was.
    """
    mentions = list(found)
    known = load_groups()
    told_in = known.told_in | known.asked_in
    against: dict[str, set[int]] = defaultdict(set)
    plain: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for m in mentions:
        if m.variable == GROUPS and m.weight < 0:
            against[m.category].add(m.sent_start)
        elif m.variable == GROUPS and m.context is Context.AKTIV and m.question in told_in:
            plain[m.category, m.question in known.asked_in].add(m.sent_start)
    kept = {
        (group, asked)
        for (group, asked), told in plain.items()
        if len(told - against[group]) >= (1 if asked else PLAIN)
    }
    return [
        m
        for m in mentions
        if not (m.variable == GROUPS and m.weight < 0)
        or kept.isdisjoint((m.category, asked) for asked in _judges(m.question))
    ]


def _judges(question: str) -> Sequence[bool]:
    """Return which sentences outweigh a denial in an answer: those asked of groups, or others."""
    known = load_groups()
    return (True, False) if question in known.goals_in else (question in known.asked_in,)


def _heard(sentence: Span) -> dict[str, list[Match]]:
    hits = list(_matcher().find(sentence))
    never = [h for h in hits if h.key == "never"]
    heard: dict[str, list[Match]] = defaultdict(list)
    for hit in hits:
        if hit.key != "never" and not any(_overlap(hit, n) for n in never):
            heard[hit.key].append(hit)
    return heard


def _overlap(a: Match, b: Match) -> bool:
    return a.start_char < b.end_char and b.start_char < a.end_char


@cache
def _matcher() -> Matcher:
    cues = load_groups()
    return Matcher(
        {
            "disowned": cues.disowned,
            "disowned_next": cues.disowned_next,
            "part_next": cues.part_next,
            "asked": cues.asked,
            "purpose": cues.purpose,
            "mere": cues.mere,
            "passing": cues.passing,
            "aimed": cues.aimed,
            "never": cues.never,
        },
        source="groups.yaml",
    )
