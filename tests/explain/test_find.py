"""Names as people type them: which row is meant, and what is suggested when none is."""

from __future__ import annotations

import pytest

from pipeline.explain.find import NoneMeantError, find, fold

ROWS = (
    ("Andra kommuner eller stadsdelar", "kommuner"),
    ("Mödra- och barnhälsovård", "mvc_bvc"),
    ("Polis", "polis"),
    ("Polisens ungdomsgrupp", "ungdomsgrupp"),
    ("Åklagare", "aklagare"),
    ("Åklagare (ingår även i rättsväsende)", "aklagarmyndighet"),
    ("Kyrka och samfund", "kyrka_samfund"),
    ("Kvinnojour eller tjejjour", "kvinnojour"),
    ("Särskilt utsatta grupper", "sarskilt_utsatta"),
)


def found(said):
    return find(said, ROWS, lambda row: row, "raden")[1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Kyrka", "kyrka_samfund"),
        ("kyrka och samfund", "kyrka_samfund"),
        ("KYRKA_SAMFUND", "kyrka_samfund"),
        ("polis", "polis"),  # the whole name goes before a beginning
        ("aklagare", "aklagare"),
        ("Åklagare ingår", "aklagarmyndighet"),
        ("mvc/bvc", "mvc_bvc"),
        ("tjejjour", "kvinnojour"),
        ("sarskillt utsata grupper", "sarskilt_utsatta"),
        ("kvinojour eller tjejour", "kvinnojour"),
        ("stadsdelar", "kommuner"),
        ("jour eller", "kvinnojour"),  # within a word, where nothing begins so
    ],
)
def test_what_is_meant(said, expected):
    assert found(said) == expected


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Kirka", "”Kirka” finns inte. Menades: .*”Kyrka och samfund”"),
        ("zzz", "Det finns: ”Andra kommuner"),
        ("", "finns inte"),
        ("!!", "finns inte"),
    ],
)
def test_what_is_suggested(said, told):
    with pytest.raises(NoneMeantError, match=told):
        found(said)


def test_several_that_fit_are_told():
    with pytest.raises(NoneMeantError, match=r"Flera passar på raden ”k”: .*Skriv hela namnet"):
        found("k")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("MVC/BVC, Örebro", "mvc bvc orebro"),
        ("mal_helt", "mal helt"),
        ("  Å  ", "a"),
        ("ﬁn", "fin"),
    ],
)
def test_folding(name, folded):
    assert fold(name) == folded
