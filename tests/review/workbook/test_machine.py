"""Deciding on the page, taking back, publishing again and importing workbooks, in any order.

The model is the heads as they were before each step: a step may change what it is about, and
nothing else.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent, Saved, Undone
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Item, Kind, Source, State, options
from pipeline.review.labels import UNDECIDABLE, Labels
from pipeline.review.workbook.apply import Current, carry_out
from pipeline.review.workbook.columns import SEALED
from pipeline.review.workbook.marks import Mark, sign
from pipeline.review.workbook.merge import FaultKind, Plan, plan
from pipeline.review.workbook.read import Row
from pipeline.review.workbook.write import shown
from tests.review.workbook.made_up import CODEBOOK, item

COUNT = 6
ROUND = "2010"
LABELS = Labels(CODEBOOK)
numbers = st.integers(0, COUNT - 1)
reviewers = st.sampled_from(["Ada", "Bo"])
picks = st.integers(0, 9)


class Reviewing(RuleBasedStateMachine):
    workbooks: Bundle[tuple[Row, ...]] = Bundle("workbooks")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(Path(self.folder.name) / "granskning.sqlite")
        self.items = Items(self.database)
        self.log = DecisionLog(self.database)
        self.bases = [f"b{n}" for n in range(COUNT)]
        self.clicks = 0

    def teardown(self) -> None:
        assert self.log.rebuild() == 0  # What is projected is what the events say.
        self.database.close()
        self.folder.cleanup()

    def stand(self) -> list[Item]:
        filter = Filter(ROUND, States.ALL)
        return sorted(self.items.page(filter, Order.QUEUE, limit=None), key=lambda one: one.id)

    def publish(self) -> int:
        proposals = [replace(item(n).proposal, basis=self.bases[n]) for n in range(COUNT)]
        ranks = {p.key: float(n) for n, p in enumerate(proposals)}
        bases: dict[str, set[str]] = {}
        for one in proposals:
            bases.setdefault(one.project, set()).add(one.basis)
        return self.items.publish(ROUND, proposals, bases, ranks=ranks).reopened

    def click(self) -> str:
        self.clicks += 1
        return f"klick-{self.clicks}"

    @initialize()
    def begin(self) -> None:
        self.publish()

    @rule(n=numbers, reviewer=reviewers, pick=picks)
    def decide(self, n: int, reviewer: str, pick: int) -> None:
        before = self.stand()
        one = before[n]
        choices = options(CODEBOOK, one.proposal.variable)
        event = NewEvent(
            one.id,
            Kind.DECIDE,
            reviewer,
            Source.WEB,
            self.click(),
            choice=choices[pick % len(choices)],
            basis=one.proposal.basis,
        )
        assert isinstance(self.log.append(event, one.seq), Saved)
        self.only_changed(before, {one.id})

    @rule(reviewer=reviewers)
    def undo(self, reviewer: str) -> None:
        before = self.stand()
        answer = self.log.undo(reviewer, self.click(), Source.WEB)
        touched = {e.item for e in answer.events} if isinstance(answer, Undone) else set()
        self.only_changed(before, touched)

    @rule(n=numbers, changed=st.booleans())
    def run_again(self, n: int, changed: bool) -> None:
        before = self.stand()
        if changed:
            self.bases[n] = f"ny{self.clicks}-{n}-{self.bases[n]}"[:60]
        reopened = self.publish()
        stale = {before[n].id} if changed and before[n].state.settled else set()
        assert reopened == len(stale)
        self.only_changed(before, stale)
        assert all(one.state is State.REOPENED for one in self.stand() if one.id in stale)

    @rule(target=workbooks, picked=st.dictionaries(numbers, picks, min_size=1))
    def fill_in(self, picked: dict[int, int]) -> tuple[Row, ...]:
        rows = []
        for n, one in enumerate(self.stand()):
            cells = shown(one, LABELS)
            words = tuple(cells[name] for name in SEALED)
            answers = [*LABELS.choices(one.proposal.variable).values(), UNDECIDABLE]
            decision = answers[picked[n] % len(answers)] if n in picked else ""
            mark = sign(self.database.secret(), Mark(one.id, one.seq), words)
            rows.append(Row(n + 5, words, decision, "", mark))
        return tuple(rows)

    @rule(rows=workbooks, reviewer=reviewers, keep=st.booleans())
    def take_in(self, rows: tuple[Row, ...], reviewer: str, keep: bool) -> None:
        before = self.stand()
        planned = self.plan(rows, reviewer)
        planned = planned.without_conflicts() if keep else planned
        if planned.faults:
            with pytest.raises(ValueError, match="faults"):
                self.carry_out(planned, reviewer)
            assert {f.kind for f in planned.faults} <= {FaultKind.CONFLICT, FaultKind.STALE}
            self.only_changed(before, set())
            return
        self.carry_out(planned, reviewer)
        self.only_changed(before, {change.item.id for change in planned.changes})
        said = {one.id: row.decision for one, row in zip(before, rows, strict=True)}
        now = {one.id: one for one in self.stand()}
        for change in planned.changes:
            if change.kind is not Kind.COMMENT:
                one = now[change.item.id]
                words = LABELS.choice(one.proposal.variable, one.choice) or UNDECIDABLE
                assert one.state.settled and words == said[one.id]
        assert self.plan(rows, reviewer).changes == ()  # The same file twice does nothing.

    def plan(self, rows: tuple[Row, ...], reviewer: str) -> Plan:
        current = Current(self.database, ROUND)
        secret = self.database.secret()
        return plan(rows, current.items, current.known, LABELS, secret, reviewer)

    def carry_out(self, planned: Plan, reviewer: str) -> None:
        carry_out(planned, self.items, self.log, ROUND, reviewer)

    def only_changed(self, before: list[Item], touched: set[int]) -> None:
        for old, new in zip(before, self.stand(), strict=True):
            if old.id not in touched:
                assert (old.state, old.choice, old.seq) == (new.state, new.choice, new.seq)

    @invariant()
    def nothing_leaves_the_log(self) -> None:
        for one in self.stand():
            events = self.log.events(one.id)
            assert [e.seq for e in events] == list(range(1, one.seq + 1))


TestReviewing = pytest.mark.slow(Reviewing.TestCase)
TestReviewing.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
