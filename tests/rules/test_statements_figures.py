"""Shares tell how far the goals were reached, but only shares of goals."""

from __future__ import annotations

import pytest

from pipeline.language.swedish import analyse
from pipeline.rules.statements_figures import find_shares

SHARES = [
    ("Fem av elva delmål är uppnådda.", ["delvis"]),
    ("5 av 5 mål är klara.", ["helt"]),
    ("Inget av tre delmål nåddes.", ["ej"]),
    ("22 barn mot planerade 25.", ["helt"]),
    ("7 av 12 planerade träffar hölls.", ["delvis"]),
    ("Målet nåddes till 60 procent.", ["delvis"]),
    ("Måluppfyllelse 50 %.", ["delvis"]),
    ("Fyra familjer sökte stöd, en av dem två gånger.", []),
    ("Målet är uppnått: 83 procent fullföljde.", []),
    ("Av fem skolor kom fyra.", ["delvis"]),
    ("Av de 62 som hade sökt stöd hos oss under hela våren hade 19 barn.", []),
    ("Alla är nöjda.", []),
    ("Samarbetet fungerar med två av tre skolor.", ["delvis"]),
    ("Boendemålet har hållits i sex av åtta fall.", ["delvis"]),
    ("Mötet var den 5/11.", []),
    ("Mellan 70 och 95 procent per del.", ["delvis"]),
    ("Tre omgångar i stället för två.", ["helt"]),
    ("11 träffar i stället för 20.", ["delvis"]),
    ("Två veckor i stället för sex.", []),
    ("Anmälningarna har minskat med drygt 30 procent.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SHARES)
def test_shares_of_goals(sentence: str, expected: list[str]) -> None:
    found = find_shares(analyse(sentence)[:], "maluppfyllelse")
    assert [m.category for m in found] == expected


def test_shares_elsewhere_need_an_expectation() -> None:
    sentence = "Sju av tolv barn är flickor."
    assert list(find_shares(analyse(sentence)[:], "insatser")) == []


@pytest.mark.parametrize(
    "sentence",
    ["Målen: sju av tolv är klara.", "MÅLEN: SJU AV TOLV ÄR KLARA.", "Sju av tolv punkter."],
)
def test_shares_elsewhere_count_where_they_are_expected(sentence: str) -> None:
    found = find_shares(analyse(sentence)[:], "insatser")
    assert [m.category for m in found] == ["delvis"]


def test_a_share_of_something_else_weighs_little() -> None:
    goals = "Sju av tolv delmål nåddes, resten är på väg in i nästa år."
    people = "Sju av tolv elever svarade att de känt sig rädda hemma någon gång."
    (told,) = find_shares(analyse(goals)[:], "maluppfyllelse")
    (untold,) = find_shares(analyse(people)[:], "maluppfyllelse")
    assert untold.weight < told.weight / 2
