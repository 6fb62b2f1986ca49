"""The published round as an earlier round: the simulated one with perfect codes has not changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotations.codebook import load
from annotations.tables import load_tables
from bench.gold_round import gold_round, gold_tables
from pipeline.tables.rounds import change_findings, compare
from pipeline.tables.rounds_find import find_rounds
from pipeline.tables.tabulate import tabulate
from tests.tables.made_up import small_round

DEFINITIONS = load_tables()


@pytest.fixture(scope="module")
def published():
    return find_rounds(["2011_39"], DEFINITIONS, load())


@pytest.fixture(scope="module")
def comparison(whole, preset, published):
    gold = gold_round(whole, preset)
    (found,) = compare(replace(gold, earlier=published), tuple(gold_tables(gold)))
    return found


def test_nothing_has_changed_since_the_printed_report(comparison):
    assert comparison.name == "2008–2010"
    compared = [(t.id, c) for t, c in comparison.changes() if c.change is not None]
    assert {c.change.value for _, c in compared} == {0}
    # By county 22 rows of 4; 19 partner rows, 2 of them in two roles too; 12; 11; all of the money.
    assert {id: sum(t == id for t, _ in compared) for id, _ in compared} == {
        "tabell2": 22 * 4,
        "tabell3": 19 + 2 * 2,
        "tabell4": 12,
        "tabell5": 11,
        "tabell6": 6,
    }
    assert not [f for f in change_findings((comparison,)) if f.what.startswith("Större")]


def test_what_the_report_does_not_tell_is_not_compared(comparison):
    assert comparison.notes == ("Tabell 1 finns inte i den tidigare omgången.",)
    missing = {c.row for t, c in comparison.changes() if t.number == 5 and c.change is None}
    assert missing == {"mal_helt", "mal_delvis", "mal_ej", "mal_oklart", "status_oklart"}


def test_another_round_has_changed_since(published):
    round = replace(small_round(), earlier=published)
    (found,) = compare(round, tabulate(round, DEFINITIONS, load()))
    changes: dict[Any, Any] = {
        (t.number, c.row, c.column.id): c for t, c in found.changes() if c.column
    }
    police = changes[3, "polis", "antal"]
    assert police.change.value == 1 - 60
    assert police.share_change.value == pytest.approx(1 / 4 - 60 / 148)
    church = changes[3, "kyrka_samfund", "inbjuden"]
    assert church.change.value == 0 - 17
    assert changes[2, "summa", "ny"].change.value == 2 - 89
