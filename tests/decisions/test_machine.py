"""Any order of deciding, taking back, commenting and publishing again, against a plain model.

The model keeps every event in a list and looks at all of them each time; it knows nothing of heads,
lanes in tables or what is projected.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from annotations.decisions.database import Database
from annotations.decisions.events import Conflict, Nothing, Refused, Saved, Undone
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind, Source, State
from tests.decisions.samples import Clock, new, proposal, publish

NUMBERS = range(1, 6)
numbers = st.sampled_from(NUMBERS)
reviewers = st.sampled_from(["Ada", "Bo", "Cecilia"])
choices = st.sampled_from(["aktiv", "planerad", "nej", "?"])


@dataclass
class Told:
    """One event of the model: `what` is a choice, "?", "öppna" or "..."."""

    item: int
    lane: str
    reviewer: str
    what: str
    basis: str = ""
    group: str = ""
    undone: bool = False

    @property
    def decides(self) -> bool:
        return self.what not in ("öppna", "...", "ångra") and not self.undone


class Review(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(Path(self.folder.name) / "granskning.sqlite")
        self.items = Items(self.database, Clock())
        self.log = DecisionLog(self.database, Clock())
        self.told: list[Told] = []
        self.bases = {n: "b0" for n in NUMBERS}
        self.gone: set[int] = set()
        self.groups_taken_back: set[str] = set()
        self.count = 0

    @initialize(double=st.booleans())
    def begin(self, double: bool) -> None:
        self.double = double
        self.items.set_double(1.0 if double else 0.0)
        self.publish_now()

    @rule(item=numbers, reviewer=reviewers, what=choices)
    def decide(self, item: int, reviewer: str, what: str) -> None:
        lane = reviewer if self.double else ""
        answer = self.append(item, reviewer, lane, what, self.seq(item, lane))
        assert isinstance(answer, Saved)
        self.tell(item, lane, reviewer, what)

    @rule(item=numbers, reviewer=reviewers, what=choices, by=st.sampled_from([-1, 1]))
    def decide_on_something_older(self, item: int, reviewer: str, what: str, by: int) -> None:
        lane = reviewer if self.double else ""
        seen = self.seq(item, lane)
        answer = self.append(item, reviewer, lane, what, seen + by)
        assert isinstance(answer, Conflict)
        assert len(answer.since) == (1 if by < 0 and seen else 0)

    @precondition(lambda self: self.double)
    @rule(item=numbers, what=choices)
    def adjudicate(self, item: int, what: str) -> None:
        answer = self.append(item, "David", "", what, self.seq(item, ""))
        settled = sum(self.lane(item, name)[0] in "du" for name in self.coders(item))
        may = settled >= 2 or self.lane(item, "")[0] != "o"
        assert isinstance(answer, Saved if may else Conflict)
        if may:
            self.tell(item, "", "David", what)

    @rule(chosen=st.sets(numbers, min_size=1), reviewer=reviewers, what=choices, late=numbers)
    def bulk(self, chosen: set[int], reviewer: str, what: str, late: int) -> None:
        lane, group = (reviewer if self.double else ""), self.token()
        pairs = [
            (self.event(n, reviewer, lane, what), self.seq(n, lane) + (n == late)) for n in chosen
        ]
        result = self.log.append_bulk(pairs, group)
        again = self.log.append_bulk(pairs[:1], group)
        assert {saved.event.item for saved in result.saved} == chosen - {late}
        assert {conflict.new.item for conflict in result.conflicts} == chosen & {late}
        assert len(again.saved) == (pairs[0][0].item != late)
        for saved in result.saved:
            self.tell(saved.event.item, lane, reviewer, what, group)

    @rule(item=numbers, reviewer=reviewers)
    def comment(self, item: int, reviewer: str) -> None:
        event = new(item, reviewer, kind=Kind.COMMENT, comment="Hm.", token=self.token())
        assert isinstance(self.log.append(event, 0), Saved)
        self.tell(item, "", reviewer, "...")

    @rule(reviewer=st.sampled_from(["Ada", "Bo", "Cecilia", "David"]), twice=st.booleans())
    def undo(self, reviewer: str, twice: bool) -> None:
        token = self.token()
        answer = self.log.undo(reviewer, token, Source.WEB)
        mine = [t for t in self.told if t.decides and t.reviewer == reviewer]
        mine = [t for t in mine if t.group not in self.groups_taken_back]
        if not mine:
            assert isinstance(answer, Nothing)
            return
        last = mine[-1]
        some = [t for t in mine if t is last or (t.group and t.group == last.group)]
        free = [t for t in some if not self.decided_over(t)]
        if not free:
            assert isinstance(answer, Refused)
            return
        assert isinstance(answer, Undone)
        assert (len(answer.events), answer.kept) == (len(free), len(some) - len(free))
        for t in free:
            t.undone = True
            self.told.append(Told(t.item, t.lane, reviewer, "ångra"))
        if last.group:
            self.groups_taken_back.add(last.group)
        if twice:
            self.same_undo(reviewer, token, answer)

    @rule(changed=st.sets(numbers), lacking=st.sets(numbers))
    def publish_again(self, changed: set[int], lacking: set[int]) -> None:
        self.gone = lacking
        for n in changed:
            self.bases[n] = self.token()
        self.publish_now()

    @invariant()
    def the_items_stand_as_told(self) -> None:
        for n in NUMBERS:
            item = self.items.get(n)
            if item is None:
                return  # before the first publishing
            assert item.proposal.project == f"Projekt {n}"
            assert (item.state, item.choice) == self.item(n)
            assert item.seq == self.seq(n, "")
            assert item.gone == (n in self.gone)
            assert len(self.log.events(n)) == sum(t.item == n for t in self.told)

    @invariant()
    def the_projection_is_what_the_events_say(self) -> None:
        assert self.log.rebuild() == 0

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    # --- what is done ---

    def token(self) -> str:
        self.count += 1
        return f"k{self.count}"

    def event(self, item: int, reviewer: str, lane: str, what: str):
        kind = Kind.UNDECIDABLE if what == "?" else Kind.DECIDE
        basis = self.bases[item]
        fields = {"kind": kind, "lane": lane, "basis": basis, "token": self.token()}
        return new(item, reviewer, what, **fields)

    def append(self, item: int, reviewer: str, lane: str, what: str, expected: int):
        return self.log.append(self.event(item, reviewer, lane, what), expected)

    def same_undo(self, reviewer: str, token: str, answer: Undone) -> None:
        again = self.log.undo(reviewer, token, Source.WEB)
        assert isinstance(again, Undone)
        assert again.events == answer.events

    def publish_now(self) -> None:
        shown = [proposal(n, basis=self.bases[n]) for n in NUMBERS]
        if not self.told and self.items.get(1) is None:
            publish(self.items, shown)  # all of them once, so that item n is project n
        publish(self.items, [p for n, p in enumerate(shown, 1) if n not in self.gone])
        for n in NUMBERS:
            if n in self.gone:
                continue
            for lane in ("", *self.coders(n)):
                state, last = self.lane(n, lane)
                if state in "du" and last is not None and last.basis != self.bases[n]:
                    self.told.append(Told(n, lane, "samverkan", "öppna"))
        again = publish(self.items, [p for n, p in enumerate(shown, 1) if n not in self.gone])
        assert (again.new, again.changed, again.gone, again.reopened) == (0, 0, 0, 0)

    # --- the model ---

    def tell(self, item: int, lane: str, reviewer: str, what: str, group: str = "") -> None:
        self.told.append(Told(item, lane, reviewer, what, self.bases[item], group))

    def seq(self, item: int, lane: str) -> int:
        return sum((t.item, t.lane) == (item, lane) for t in self.told)

    def coders(self, item: int) -> list[str]:
        return sorted({t.lane for t in self.told if t.item == item and t.lane})

    def lane(self, item: int, lane: str) -> tuple[str, Told | None]:
        """Return o(pen), r(eopened), d(ecided) or u(ndecidable), and the event that says so."""
        here = [t for t in self.told if (t.item, t.lane) == (item, lane)]
        here = [t for t in here if t.decides or t.what == "öppna"]
        if not here:
            return "o", None
        return {"öppna": "r", "?": "u"}.get(here[-1].what, "d"), here[-1]

    def item(self, item: int) -> tuple[State, str]:
        words = {
            "o": State.OPEN,
            "r": State.REOPENED,
            "d": State.DECIDED,
            "u": State.UNDECIDABLE,
        }
        state, last = self.lane(item, "")
        if not self.double or state in "du":
            return words[state], last.what if last and state == "d" else ""
        lanes = [self.lane(item, name) for name in self.coders(item)]
        said = [last.what for state, last in lanes if last and state in "du"]
        if not said:
            again = state == "r" or any(state == "r" for state, _ in lanes)
            return (State.REOPENED if again else State.OPEN), ""
        if len(said) == 1:
            return State.HALFWAY, ""
        if len(set(said)) > 1:
            return State.DISPUTED, ""
        return (State.UNDECIDABLE, "") if said[0] == "?" else (State.DECIDED, said[0])

    def decided_over(self, mine: Told) -> bool:
        later = self.told[next(i for i, t in enumerate(self.told) if t is mine) + 1 :]
        return any(
            t.decides
            and t.item == mine.item
            and t.lane in (mine.lane, "")
            and t.reviewer != mine.reviewer
            for t in later
        )


TestReview = pytest.mark.slow(Review.TestCase)
TestReview.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
