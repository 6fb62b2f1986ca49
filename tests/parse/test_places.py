"""Counties and municipalities: the data, and reading their names."""

from __future__ import annotations

import pytest

from annotations.places.places import load_places
from pipeline.parse.place import county, municipality, municipality_in

PLACES = load_places()


def test_all_of_sweden():
    assert len(PLACES.counties) == 21
    assert len(PLACES.municipalities) == 290
    assert len({m.code for m in PLACES.municipalities}) == 290
    assert len({m.name for m in PLACES.municipalities}) == 290


def test_every_county_has_its_municipalities():
    known = {c.code for c in PLACES.counties}
    assert {m.county_code for m in PLACES.municipalities} == known
    per_county = {c.name: 0 for c in PLACES.counties}
    for m in PLACES.municipalities:
        per_county[PLACES.county(m.county_code).name] += 1
    assert per_county["Gotland"] == 1
    assert per_county["Västra Götaland"] == 49
    assert per_county["Skåne"] == 33
    assert per_county["Västerbotten"] == 15


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Håbo kommun", "0305"),
        ("Habo", "0643"),
        ("HÅBOS SOCIALNÄMND", "0305"),
        ("Malmö stad", "1280"),
        ("Sthlm", "0180"),
        ("Upplands-Väsby", "0114"),
        ("Malung", "2023"),
        ("Umeå kommuns", "2480"),
        ("umea", "2480"),
        ("ÖRNSKÖLDSVIKS KOMMUN", "2284"),
        ("HäIlefors", "1863"),
        ("Rinkeby-Kista stadsdelsförvaltning", "0180"),
        ("Socialnämnden i Bollnäs", "2183"),
        ("Gislaved, Gnosjö och Värnamo", "0662"),
        ("Kils kommun", "1715"),
        ("kommunen", None),
        ("Ja", None),
        ("socialtjänsten", None),
    ],
)
def test_municipality(written, code):
    assert municipality(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Länsstyrelsen i Jämtlands län", "23"),
        ("Länsstyrelsen Dalarna", "20"),
        ("Sörmland", "04"),
        ("Vasterbotten", "24"),
        ("Norrbottens", "25"),
        ("", None),
    ],
)
def test_county(written, code):
    assert county(written) == code


def test_the_county_board_of_a_town_is_no_vote_for_the_town():
    text = "Till Länsstyrelsen i Kalmar län\nSocialnämnden i Torsås kommun redovisar härmed."
    found = municipality_in(text)
    assert found is not None
    assert found[0] == "0834"


def test_everyday_words_are_no_towns():
    assert (
        municipality_in("Vi har en lokal i ett berg. Det kan vara svårt. Mora är långt bort.")
        is None
    )
