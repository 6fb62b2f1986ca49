"""The simulated round, tabulated by the product from its gold, gives the published figures."""

from __future__ import annotations

import pytest

from tests.simulate.tabulated import tables_of

# Report 2011:39, Table 2: projects then and now, new, existing, evaluated structures.
BY_COUNTY = {
    "Blekinge": (0, 4, 2, 3, 0),
    "Dalarna": (4, 5, 4, 1, 0),
    "Gotland": (0, 2, 1, 2, 0),
    "Gävleborg": (3, 4, 2, 4, 0),
    "Halland": (4, 7, 3, 5, 1),
    "Jämtland": (0, 2, 2, 1, 0),
    "Jönköping": (1, 3, 2, 1, 0),
    "Kalmar": (2, 3, 3, 3, 0),
    "Kronoberg": (1, 1, 1, 0, 0),
    "Norrbotten": (3, 10, 5, 5, 0),
    "Skåne": (8, 13, 11, 5, 0),
    "Stockholm": (2, 6, 5, 1, 2),
    "Södermanland": (6, 8, 6, 4, 1),
    "Uppsala": (2, 5, 4, 1, 1),
    "Värmland": (5, 9, 6, 3, 0),
    "Västerbotten": (5, 22, 9, 11, 0),
    "Västernorrland": (1, 10, 8, 3, 1),
    "Västmanland": (5, 11, 1, 11, 0),
    "Västra Götaland": (13, 19, 9, 18, 0),
    "Örebro": (2, 4, 3, 2, 0),
    "Östergötland": (2, 3, 2, 0, 1),
    # Printed 88 new structures; the counties give 89.
    "Summa": (69, 151, 89, 84, 7),
}
PARTNERS = {
    "kommuner": 87, "halso_sjukvard": 84, "primarvard": 28, "mvc_bvc": 30, "psykiatri": 17,
    "akutsjukvard": 14, "bup": 8, "rattsvasende": 83, "polis": 60, "aklagarmyndighet": 36,
    "kyrka_samfund": 34, "forsakringskassan": 11, "frivilligorganisation": 99, "kvinnojour": 64,
    "brottsofferjour": 24, "ovriga": 50, "skola": 11, "hogskola": 9,
}  # fmt: skip
AREAS = {
    "kvinnor": 122, "barn": 104, "heder": 84, "skyddat_boende": 44, "utovare": 69,
    "sarskilt_utsatta": 64, "funktionsnedsattning": 28, "missbruk": 26, "aldre": 17,
    "samkonade": 16, "utlandsk_bakgrund": 12, "familjeperspektiv": 55,
}  # fmt: skip
OUTCOMES = {
    "mal_helt_eller_delvis": 124, "integrerad": 53, "integreringsplan": 54,
    "integreras_inte": 46, "reell_samverkan": 129, "ej_reell_samverkan": 19, "utbildning": 105,
    "pagar": 44, "avslutat": 104, "tillfallig": 32, "lansstyrelsen_aktiv": 36,
}  # fmt: skip
MONEY = {
    "att_fordela": 23_000_000, "rekvirerat": 21_950_000, "beviljat": 20_170_607,
    "administration": 1_050_747, "sammanlagt": 21_221_354, "aterbetalas": 728_646,
}  # fmt: skip


@pytest.fixture(scope="module")
def tables(whole, preset):
    return tables_of(whole, preset)


def firsts(table):
    return {row.id: row.cells[0].count for row in table.rows}


def test_table_1_shares_the_granted_money_between_the_counties(tables, preset):
    table = tables[1]
    sums = {row.label: row.cells[-1].amount for row in table.rows}
    assert sums == {c.namn: c.beviljat for c in preset.lan} | {"Summa": 20_170_607}
    assert [c.label for c in table.columns] == ["2008", "2009", "2010", "Summa"]


def test_allotments_are_the_printed_ones(preset):
    rows = {c.namn: c.anslag for c in preset.lan}
    assert [sum(year) for year in zip(*rows.values(), strict=True)] == [6e6, 7e6, 10e6]
    misprint = next(m for m in preset.tryckfel if "Halland" in m.stalle)
    assert (sum(rows["Halland"]), misprint.ratt, misprint.tryckt) == (720_000, 720_000, 620_000)
    assert sum(map(sum, rows.values())) + misprint.tryckt - misprint.ratt == 22_900_000


def test_table_2_cell_for_cell(tables):
    found = {row.label: tuple(c.count for c in row.cells) for row in tables[2].rows}
    assert found == BY_COUNTY


@pytest.mark.parametrize(("number", "published"), [(3, PARTNERS), (4, AREAS), (5, OUTCOMES)])
def test_tables_3_to_5_cell_for_cell(tables, number, published):
    table = tables[number]
    assert table.base == 148
    assert {id: count for id, count in firsts(table).items() if id in published} == published


def test_the_roles_that_are_printed(tables):
    roles = {row.id: tuple(c.count for c in row.cells[1:3]) for row in tables[3].rows}
    assert roles["kyrka_samfund"] == (17, 17)
    assert roles["forsakringskassan"] == (1, 10)


def test_table_6(tables):
    assert {row.id: row.cells[0].amount for row in tables[6].rows} == MONEY


def test_two_never_start_in_sodermanland_and_one_in_ostergotland(whole):
    never = [p.slot.county for p in whole if not p.slot.started]
    assert never == ["Södermanland", "Södermanland", "Östergötland"]
    assert {p.report.blankett for p in whole if not p.slot.started} == {"fri"}


def test_projects_of_the_interim_count_began_before_2010(began, preset):
    for county in preset.lan:
        years = [int(p.report.period[:4]) for p in began if p.slot.county == county.namn]
        assert sum(year < 2010 for year in years) == min(county.forra, county.started)
