"""The simulated round, tabulated by the product from its gold, gives the published figures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.tables import load_tables
from bench.gold_round import gold_round, gold_tables
from bench.published_cells import compare, read_listing


@pytest.fixture(scope="module")
def gold(whole, preset):
    return gold_round(whole, preset)


@pytest.fixture(scope="module")
def tables(gold):
    return {t.number: t for t in gold_tables(gold)}


def differing(tables, gold, listing=None):
    compared = compare(listing or read_listing(), tuple(tables.values()), gold)
    return [c for c in compared if not c.equal]


def test_every_printed_figure_cell_for_cell_but_for_the_known_misprint(tables, gold):
    (only,) = differing(tables, gold)
    assert (only.printed.table, only.printed.row, only.printed.column) == ("2", "Summa", "ny")
    assert (only.printed.value, only.ours, only.explained) == (88, 89, True)


def test_the_listing_has_every_figure_that_is_printed():
    listing = read_listing()
    assert Counter(p.table for p in listing) == {
        "1": 1, "2": 21 * 5 + 3, "3": 22, "4": 13, "5": 12, "6": 6, "start": 4,
    }  # fmt: skip
    assert len({(p.table, p.row, p.column) for p in listing}) == len(listing)
    counties = {c.name for c in load_tables().counties}
    assert {p.row for p in listing if p.table == "2"} == counties | {"Summa"}


def test_no_other_sum_of_the_listing_contradicts_its_counties():
    listing = [p for p in read_listing() if p.table == "2"]
    for column in ("antal", "ny", "befintlig"):
        (whole,) = (p for p in listing if p.column == column and p.row == "Summa")
        parts = sum(p.value for p in listing if p.column == column and p.row != "Summa")
        assert parts == (whole.right or whole.value)


@pytest.mark.shared
def test_the_listing_is_what_the_domain_tells():
    """The counties' figures and the larger numbers, read out of the text they were taken from."""
    domain = Path(__file__).resolve().parents[3] / "shared" / "DOMAIN.md"
    if not domain.exists():
        pytest.skip("the development material is not here")
    text = domain.read_text(encoding="utf-8").partition("### Published figures")[2]
    text = " ".join(text.partition("### What a consistency check")[0].split())
    listing = read_listing()
    columns = ("antal_forra", "antal", "ny", "befintlig", "utvardering")
    told = {(p.row, p.column): p.value for p in listing if p.table == "2"}
    for county in {p.row for p in listing if p.table == "2"} - {"Summa"}:
        found = re.search(rf"{county} (\d+)→(\d+) \((\d+),(\d+),(\d+)\)", text)
        assert found, county
        assert [told[county, c] for c in columns] == list(map(int, found.groups())), county
    numbers = set(re.findall(r"\d+", re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)))
    others = [p for p in listing if p.table in "13456"]
    assert {str(p.value) for p in others} <= numbers


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("2", "Blekinge", "antal_forra"),
        ("2", "Summa", "befintlig"),
        ("3", "mvc_bvc", "antal"),
        ("3", "forsakringskassan", "inbjuden"),
        ("4", "", "projekt"),
        ("5", "ej_reell_samverkan", "antal"),
        ("6", "aterbetalas", "belopp"),
        ("start", "Södermanland", "ej_startade"),
    ],
)
def test_one_figure_wrong_by_one_is_found(tables, gold, table, row, column):
    place = (table, row, column)
    listing = [
        replace(p, value=p.value + 1) if (p.table, p.row, p.column) == place else p
        for p in read_listing()
    ]
    found = differing(tables, gold, listing)
    assert place in [(c.printed.table, c.printed.row, c.printed.column) for c in found]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ({"malgrupp": ("heder",)}, {"4 heder"}),
        ({"utbildning": None}, {"5 utbildning"}),
    ],
)
def test_one_wrong_code_is_found(whole, preset, change, rows):
    """The first project that began gets, or loses, one code."""
    (value,), made = change.values(), list(whole)
    at = next(i for i, p in enumerate(made) if p.slot.started)
    own = made[at].report.gold
    if value is None:
        changed = replace(own, utbildning=not own.utbildning)
    else:
        changed = replace(own, malgrupp=tuple({*own.malgrupp} ^ {*value}))
    made[at] = replace(made[at], report=replace(made[at].report, gold=changed))
    round = gold_round(made, preset)
    found = differing({t.number: t for t in gold_tables(round)}, round)
    assert {f"{c.printed.table} {c.printed.row}" for c in found} == rows | {"2 Summa"}


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


def test_two_never_start_in_sodermanland_and_one_in_ostergotland(whole):
    never = [p.slot.county for p in whole if not p.slot.started]
    assert never == ["Södermanland", "Södermanland", "Östergötland"]
    assert {p.report.blankett for p in whole if not p.slot.started} == {"fri"}


def test_projects_of_the_interim_count_began_before_2010(began, preset):
    for county in preset.lan:
        years = [int(p.report.period[:4]) for p in began if p.slot.county == county.namn]
        assert sum(year < 2010 for year in years) == min(county.forra, county.started)
