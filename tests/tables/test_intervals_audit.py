"""Audits and roles in intervals: what the sample finds moves the automatic cells, nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.codebook import load
from annotations.tables import Condition
from corpus.types import Coding, Origin, Role, Status
from pipeline.review.publish import _audits
from pipeline.tables.judge import resolve, role_order
from pipeline.tables.margins import margins
from pipeline.tables.margins_assumed import Spread, role_chance
from pipeline.tables.margins_audit import rates
from pipeline.tables.types import Audit, Interval
from pipeline.tables.verdicts import Panel, judge, judge_all

BOOK = load()
ORDER = role_order(BOOK)
SPREAD = {"*": Spread(round=0.1, variable=0.1, category=0.3, waiting=0.1)}
KEY = ("malgrupp", "barn")


def cell(value, confidence=0.98, status=Status.AUTO, role=None, key=KEY) -> Coding:
    variable, category = key
    return Coding(variable, category, value, role, confidence, status, Origin.RULE)


def decided(machine, value):
    return replace(machine, value=value, status=Status.REVIEWED, origin=Origin.REVIEWER)


def audits(right, wrong, said=True):
    machine = cell(said)
    return [Audit(machine, decided(machine, said))] * right + [
        Audit(machine, decided(machine, not said))
    ] * wrong


def barn_interval(codings, found=()):
    criterion = resolve(Condition(any_of=("malgrupp.barn",)), BOOK)
    verdicts = judge_all(Panel(codings), criterion, ORDER.counted, ORDER)
    return margins(codings, found).interval(criterion, ORDER.counted, verdicts)


def test_without_audits_the_probabilities_hold_and_nothing_more_is_known():
    rate = rates([], SPREAD).of(*KEY, True)
    assert rate.mean == 1.0
    assert rate.variance == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("right", "wrong", "low", "high"),
    [
        (500, 0, 0.05, 0.5),  # ten errors expected, none found
        (490, 10, 0.9, 1.1),
        (470, 30, 2.2, 3.0),
    ],
)
def test_what_the_sample_finds_moves_the_rate_and_narrows_it(right, wrong, low, high):
    rate = rates(audits(right, wrong), SPREAD).of(*KEY, True)
    assert low < rate.mean < high
    assert rate.mean**2 * rate.variance < 0.5


def test_errors_where_the_machine_says_yes_say_nothing_of_where_it_says_no():
    known = rates(audits(400, 40), SPREAD)
    assert known.of(*KEY, True).mean > 2
    assert known.of(*KEY, False).mean == 1.0


def test_another_category_learns_less_from_them_than_their_own():
    known = rates(audits(400, 40), SPREAD)
    own, sibling = known.of(*KEY, True), known.of("malgrupp", "kvinnor", True)
    other = known.of("status", "pagar", True)
    assert own.mean > sibling.mean > other.mean > 1.0
    assert own.variance < sibling.variance


def test_bad_audits_push_the_lower_bound_down_good_ones_pull_it_up():
    codings = [{KEY: cell(True)} for _ in range(100)]
    bad, none, good = (
        barn_interval(codings, found) for found in (audits(180, 40), (), audits(600, 0))
    )
    assert bad.lower < none.lower < good.lower
    assert bad.upper == none.upper == good.upper == 100


def test_audits_of_automatic_cells_leave_flagged_ones_alone():
    codings = [{KEY: cell(True, 0.7, Status.REVIEW)} for _ in range(50)]
    assert barn_interval(codings, audits(100, 60)) == barn_interval(codings)


def test_what_people_decided_is_certain_whatever_the_audits_say():
    codings = [{KEY: decided(cell(i < 30), i < 30)} for i in range(50)]
    assert barn_interval(codings, audits(10, 60)) == Interval(30, 30)


def test_a_category_and_its_parts_are_as_sure_as_the_surest_of_them():
    criterion = resolve(Condition(any_of=("malgrupp.sarskilt_utsatta",)), BOOK)
    keys = [("malgrupp", "sarskilt_utsatta"), ("malgrupp", "aldre"), ("malgrupp", "missbruk")]
    own = {key: cell(True, 0.7 + 0.1 * i, Status.REVIEW, key=key) for i, key in enumerate(keys)}
    assert judge(own, criterion, ORDER.counted, ORDER).probability == pytest.approx(0.9)


def test_parts_of_a_group_that_is_not_coded_itself_are_independent():
    criterion = resolve(Condition(any_of=("partner.rattsvasende",)), BOOK)
    own = {
        key: cell(True, 0.8, Status.REVIEW, Role.AKTIV, key)
        for key in (("partner", "polis"), ("partner", "aklagare"))
    }
    assert judge(own, criterion, ORDER.counted, ORDER).probability == pytest.approx(0.96)


def test_a_round_knows_what_the_machine_said_where_people_audited():
    machine = {"P1": (cell(True), cell(False, key=("status", "pagar"))), "P2": (cell(True),)}
    people = {
        "P1": (decided(machine["P1"][0], False), decided(machine["P1"][1], True)),
        "P2": (decided(machine["P2"][0], True),),
    }
    asked = {("P1", "malgrupp", "barn"), ("P1", "status", "")}
    found = list(_audits(machine, people, asked))
    assert [(a.machine.value, a.decided.value) for a in found] == [(True, False), (False, True)]


@pytest.mark.parametrize("said", [*Role, None])
@pytest.mark.parametrize("confidence", [0.0, 0.6, 1.0])
def test_roles_share_the_probability_that_a_partner_counts(said, confidence):
    coding = cell(said is not None, confidence, role=said, key=("partner", "polis"))
    active, invited, both, planned = (
        role_chance(coding, roles)
        for roles in (
            {Role.AKTIV},
            {Role.INBJUDEN},
            {Role.AKTIV, Role.INBJUDEN},
            {Role.PLANERAD},
        )
    )
    assert active + invited == pytest.approx(both)
    assert 0 <= planned <= 1 - both + 1e-12
    if said is Role.PLANERAD or said is None:
        assert both == pytest.approx(1 - confidence)
    else:
        assert both == pytest.approx(confidence)
