"""Agreement between coders and with the machine, on made-up decisions."""

from __future__ import annotations

import random

import pytest

from annotations.agreement import alpha
from annotations.decisions.types import Event, Item, Kind, Proposal, Source, State
from pipeline.review.agreement import (
    UNDECIDABLE,
    Pair,
    agreement,
    alphas,
    automatic_error,
    coder_pairs,
    machine_pairs,
    resampled_pairs,
)


def item(id, proposal="ja", choice="", state=State.DECIDED, variable="malgrupp", **changes):
    what = Proposal("p", variable, "barn", proposal, 0.9, True, "regel")
    fields = {"audit": False, "double": False, "gone": False} | changes
    return Item(id, "omg", what, None, state=state, choice=choice, seq=1, **fields)


def event(id, lane, choice, kind=Kind.DECIDE, seq=1, undoes=None):
    return Event(
        id, 1, lane, seq, kind, choice, "", lane, "2026-03-01T10:00:00", Source.WEB, f"t{id}",
        undoes=undoes,
    )  # fmt: skip


def pairs(*said, variable="malgrupp", category="barn"):
    return [Pair(variable, category, *one.split("/")) for one in said]


def only(found, variable="malgrupp", category="barn"):
    (one,) = [a for a in found if (a.variable, a.category) == (variable, category)]
    return one


@pytest.mark.parametrize(
    ("said", "raw", "expected_alpha", "expected_kappa"),
    [
        (("ja/ja", "nej/nej", "ja/ja", "nej/nej"), 1.0, 1.0, 1.0),
        # Krippendorff (2004), ch. 11, two coders and ten yes-no items with six agreements.
        (
            ("0/0", "1/1", "0/0", "0/0", "0/0", "1/0", "0/0", "0/1", "1/0", "0/1"),
            0.6,
            0.095,
            0.0476,
        ),
        (("ja/nej", "nej/ja"), 0.0, -0.5, -1.0),
    ],
)
def test_known_figures(said, raw, expected_alpha, expected_kappa):
    found = only(agreement(pairs(*said)))
    assert found.raw.value == pytest.approx(raw)
    assert found.alpha.value == pytest.approx(expected_alpha, abs=0.001)
    assert found.kappa.value == pytest.approx(expected_kappa, abs=0.001)


def test_one_value_alone_is_no_agreement_beyond_chance():
    found = only(agreement(pairs("nej/nej", "nej/nej", "nej/nej")))
    assert (found.alpha.value, found.kappa.value, found.raw.value) == (None, None, 1.0)


def test_groups_are_everything_then_variables_with_their_categories():
    some = pairs("ja/ja", "ja/nej") + pairs("helt/delvis", variable="maluppfyllelse", category="")
    found = agreement([*some, *pairs("nej/nej", category="kvinnor")])
    assert [(a.variable, a.category, a.items, a.agreed) for a in found] == [
        ("", "", 4, 2),
        ("malgrupp", "", 3, 2),
        ("malgrupp", "barn", 2, 1),
        ("malgrupp", "kvinnor", 1, 1),
        ("maluppfyllelse", "", 1, 0),
    ]


def test_nothing_gives_nothing():
    assert agreement([]) == ()


@pytest.mark.parametrize("seed", range(5))
def test_our_alpha_is_the_packages_and_lies_in_its_interval(seed):
    rng = random.Random(seed)
    values = ("aktiv", "inbjuden", "planerad", "nej")
    said = [(v := rng.choice(values), v if rng.random() < 0.7 else "nej") for _ in range(80)]
    found = only(agreement([Pair("malgrupp", "barn", *one) for one in said], resamples=200))
    assert alphas(resampled_pairs(said, 1, 0))[0] == pytest.approx(alpha(said))
    assert -0.2 < found.alpha.low < found.alpha.value < found.alpha.high < 1
    assert found.raw.low < found.raw.value < found.raw.high


def test_intervals_narrow_with_more_items_and_do_not_change_from_run_to_run():
    some = pairs(*["ja/ja", "nej/nej", "ja/nej", "nej/nej"] * 5)
    few, many = only(agreement(some)), only(agreement(some * 10))
    assert many.alpha.high - many.alpha.low < (few.alpha.high - few.alpha.low) / 2
    assert only(agreement(some)) == few


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event(1, "ada", "ja"), event(2, "bo", "nej")], [("ja", "nej")]),
        ([event(1, "bo", "nej"), event(2, "ada", "ja")], [("ja", "nej")]),  # by name, not by time
        ([event(1, "ada", "ja")], []),
        ([event(1, "ada", "ja"), event(2, "", "nej")], []),  # the other one is an adjudicator
        (
            [event(1, "ada", "ja"), event(2, "bo", "", Kind.UNDECIDABLE)],
            [("ja", UNDECIDABLE)],
        ),
        (
            [
                event(1, "ada", "ja"),
                event(2, "bo", "nej"),
                event(3, "bo", "", Kind.UNDO, 2, undoes=2),
            ],
            [],
        ),
        (
            [event(1, "ada", "ja"), event(2, "bo", "nej"), event(3, "cy", "ja")],
            [("ja", "nej")],
        ),
    ],
)
def test_blind_coders_are_paired(events, expected):
    found = coder_pairs([(item(1, double=True, state=State.DISPUTED), events)])
    assert [(p.first, p.second) for p in found] == expected


def test_items_of_one_coder_give_no_pair():
    events = [event(1, "ada", "ja"), event(2, "bo", "ja")]
    assert list(coder_pairs([(item(1), events)])) == []


def test_people_against_the_machine():
    some = [
        item(1, "ja", "ja"),
        item(2, "ja", "nej"),
        item(3, "nej", "", State.OPEN),
        item(4, "nej", "", State.UNDECIDABLE),
        item(5, "nej", "ja", gone=True),
    ]
    assert [(p.first, p.second) for p in machine_pairs(some)] == [("ja", "ja"), ("ja", "nej")]


def test_audits_tell_the_automatic_error_with_an_exact_interval():
    some = [
        *(item(i, "ja", "ja", audit=True) for i in range(48)),
        *(item(i, "ja", "nej", audit=True, variable="status") for i in range(2)),
        *(item(i, "ja", "nej") for i in range(30)),  # asked because in doubt: no estimate of it
        *(item(i, "ja", "", State.OPEN, audit=True) for i in range(9)),
        *(item(i, "ja", "", State.UNDECIDABLE, audit=True) for i in range(9)),
    ]
    found = {e.variable: e for e in automatic_error(some)}
    whole = found[""]
    assert (whole.audited, whole.wrong, whole.share) == (50, 2, 0.04)
    # Clopper–Pearson for 2 of 50, as in tables.
    assert whole.low == pytest.approx(0.00488, abs=1e-4)
    assert whole.high == pytest.approx(0.13714, abs=1e-4)
    assert found["malgrupp"].low == 0.0
    assert found["status"].high == 1.0


def test_no_audits_no_error():
    (whole,) = automatic_error([])
    assert (whole.audited, whole.share, whole.low, whole.high) == (0, None, None, None)
