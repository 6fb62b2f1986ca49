"""What makes a project count: groups, roles, exclusive categories, and who decided."""

from __future__ import annotations

import pytest

from annotations.codebook import load
from annotations.tables import Condition
from corpus.types import Coding, Origin, Role, Status
from pipeline.tables.judge import decider, resolve, role_order
from pipeline.tables.types import Decider
from pipeline.tables.verdicts import judge

BOOK = load()
ORDER = role_order(BOOK)
AKTIV, INBJUDEN, PLANERAD = Role.AKTIV, Role.INBJUDEN, Role.PLANERAD
COUNTED = (AKTIV, INBJUDEN)


def coding(ref, value=True, role=None, confidence=0.9, status=Status.AUTO, origin=Origin.RULE):
    variable, category = ref.split(".")
    return Coding(variable, category, value, role, confidence, status, origin)


def verdict(codings, refs, roles=COUNTED, **kind):
    condition = Condition(**(kind or {"any_of": tuple(refs.split())}))
    index = {(c.variable, c.category): c for c in codings}
    return judge(index, resolve(condition, BOOK), roles, ORDER)


@pytest.mark.parametrize(
    ("parts", "roles", "holds"),
    [
        ({"polis": AKTIV}, COUNTED, True),
        ({"polis": INBJUDEN}, COUNTED, True),
        ({"polis": PLANERAD}, COUNTED, False),  # planned is never counted
        ({"polis": PLANERAD}, (PLANERAD,), True),
        ({"polis": AKTIV, "aklagare": INBJUDEN}, (AKTIV,), True),
        ({"polis": AKTIV, "aklagare": INBJUDEN}, (INBJUDEN,), False),  # the strongest role
        ({"polis": PLANERAD, "aklagare": INBJUDEN}, (PLANERAD,), False),
        ({"polis": None}, (AKTIV,), True),  # a tick without text takes part
        ({"kvinnojour": AKTIV}, COUNTED, False),  # another group's
    ],
)
def test_group_of_partners(parts, roles, holds):
    codings = [coding(f"partner.{id}", role=role) for id, role in parts.items()]
    assert verdict(codings, "partner.rattsvasende", roles).holds is holds


def test_group_probability_is_that_of_any_part():
    parts = [coding("partner.polis", role=AKTIV, confidence=0.8), coding("partner.frivard", False)]
    found = verdict(parts, "partner.rattsvasende")
    assert found.probability == pytest.approx(1 - 0.2 * 0.9)


def test_category_with_parts_holds_by_itself_or_by_a_part():
    assert verdict([coding("malgrupp.sarskilt_utsatta")], "malgrupp.sarskilt_utsatta").holds
    assert verdict([coding("malgrupp.aldre")], "malgrupp.sarskilt_utsatta").holds


def test_exclusive_categories_add_their_probabilities():
    parts = [
        coding("maluppfyllelse.helt", confidence=0.6),
        coding("maluppfyllelse.delvis", False, confidence=0.7),
    ]
    found = verdict(parts, "maluppfyllelse.helt maluppfyllelse.delvis")
    assert found.holds
    assert found.probability == pytest.approx(0.9)


def test_derived_category_needs_all_and_is_decided_by_its_weakest_part():
    parts = [coding(f"malgrupp.{id}") for id in ("kvinnor", "barn")]
    assert not verdict(parts, "malgrupp.familjeperspektiv").holds
    weak = coding("malgrupp.utovare", confidence=0.7, origin=Origin.MODEL)
    found = verdict([*parts, weak], "malgrupp.familjeperspektiv")
    assert found.holds
    assert found.probability == pytest.approx(0.9 * 0.9 * 0.7)
    assert found.coding == weak


def test_none_of_turns_the_verdict_around():
    found = verdict(
        [coding("innehall.reell_samverkan", False)], "", none_of=("innehall.reell_samverkan",)
    )
    assert found.holds
    assert found.probability == pytest.approx(0.9)


@pytest.mark.parametrize("value", [True, False])
def test_what_a_person_decided_is_certain_whatever_its_confidence(value):
    reviewed = coding(
        "struktur.ny", value, confidence=0.55, status=Status.REVIEWED, origin=Origin.REVIEWER
    )
    assert verdict([reviewed], "struktur.ny").probability == float(value)


@pytest.mark.parametrize("value", [True, False])
def test_what_a_person_could_not_tell_keeps_the_machines_doubt(value):
    left = coding("struktur.ny", value, confidence=0.55, status=Status.REVIEWED)
    expected = 0.55 if value else 0.45
    assert verdict([left], "struktur.ny").probability == pytest.approx(expected)


def test_missing_coding_does_not_count():
    found = verdict([], "struktur.ny")
    assert (found.holds, found.probability, found.coding) == (False, 0.0, None)


@pytest.mark.parametrize(
    ("origin", "status", "expected"),
    [
        (Origin.TICK, Status.AUTO, Decider.TICK),
        (Origin.RULE, Status.REVIEW, Decider.RULE),
        (Origin.MODEL, Status.REVIEWED, Decider.MODEL),
        (Origin.REVIEWER, Status.AUTO, Decider.PERSON),
    ],
)
def test_decider(origin, status, expected):
    assert decider(coding("struktur.ny", origin=origin, status=status)) is expected


@pytest.mark.parametrize("ref", ["partner.okand", "okand.polis", "malgrupp.familj"])
def test_unknown_references_are_refused(ref):
    with pytest.raises(KeyError):
        resolve(Condition(any_of=(ref,)), BOOK)
