"""Golden tables of a small made-up round, the published money, and what must hold for any round."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.codebook import load
from annotations.strict import DefinitionError
from annotations.tables import load_tables
from corpus.types import Header, Project
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Decider, Interval, Round, RoundFigures
from tests.tables.made_up import big_round, small_round

BOOK = load()
DEFINITIONS = load_tables()


def tables(round):
    return {t.number: t for t in tabulate(round, DEFINITIONS, BOOK)}


def counts(table):
    return {row.id: tuple(c.count for c in row.cells) for row in table.rows}


def amounts(table):
    return {row.id: tuple(c.amount for c in row.cells) for row in table.rows}


SMALL = tables(small_round())


def test_grants_by_county_and_year():
    table = SMALL[1]
    assert [c.id for c in table.columns] == ["ar_2008", "ar_2009", "ar_okant", "summa"]
    found = {id: row for id, row in amounts(table).items() if row[-1]}
    assert found == {
        "10": (150000, 0, 40000, 190000),
        "18": (0, 90500, 0, 90500),
        "summa": (150000, 90500, 40000, 280500),
    }
    assert any("För 1 projekt anges inget" in note for note in table.notes)


def test_projects_by_county():
    table = SMALL[2]
    found = {id: row for id, row in counts(table).items() if any(row)}
    assert found == {
        "10": (2, 2, 1, 0, 0),
        "18": (1, 1, 0, 1, 1),
        "okant": (0, 1, 1, 0, 0),
        "summa": (3, 4, 2, 1, 1),
    }
    assert len(table.rows) == 23  # 21 counties, the unknown one, the sum
    labels = [row.label for row in table.rows]
    assert labels[0] == "Blekinge"
    assert labels[-4:] == ["Örebro", "Östergötland", "Län okänt", "Summa"]
    assert any("1 projekt finns bara som ansökan" in note for note in table.notes)


def test_a_granted_project_that_never_reported_counts_among_the_granted_only():
    round = small_round()
    application = round.projects[-1]
    granted = replace(
        application, header=replace(application.header, beviljat_belopp=Decimal(700000))
    )
    found = tables(replace(round, projects=(*round.projects[:-1], granted)))
    assert counts(found[2])["10"] == (2, 3, 2, 0, 0)
    assert found[3].base == 4
    assert amounts(found[6])["beviljat"] == (280500,)
    assert not any("ansökan, utan uppgift" in note for note in found[2].notes)


def test_partners_with_parts_and_roles():
    table = SMALL[3]
    assert table.title == "Samverkansparter i 4 projekt"
    found = {id: row for id, row in counts(table).items() if any(row)}
    assert found == {
        "rattsvasende": (2, 1, 1, 1),
        "polis": (1, 1, 0, 1),
        "aklagare": (2, 0, 2, 0),
        "aklagarmyndighet": (2, 0, 2, 0),
        "kyrka_samfund": (0, 0, 0, 1),
        "frivilligorganisation": (1, 1, 0, 0),
        "kvinnojour": (1, 1, 0, 0),
    }
    assert len(table.rows) == 7 + 7 + 6 + 6 + 7 + 1  # groups, parts of four of them, aklagare


def test_target_groups():
    found = {id: row[0] for id, row in counts(SMALL[4]).items() if row[0]}
    assert found == {
        "kvinnor": 2,
        "barn": 1,
        "utovare": 1,
        "sarskilt_utsatta": 2,
        "missbruk": 1,
        "aldre": 1,
        "familjeperspektiv": 1,
    }


def test_goals_and_form():
    assert {id: row[0] for id, row in counts(SMALL[5]).items()} == {
        "mal_helt_eller_delvis": 2,
        "mal_helt": 1,
        "mal_delvis": 1,
        "mal_ej": 1,
        "mal_oklart": 1,
        "integrerad": 1,
        "integreringsplan": 1,
        "integreras_inte": 1,
        "reell_samverkan": 3,
        "ej_reell_samverkan": 1,
        "utbildning": 2,
        "pagar": 1,
        "avslutat": 2,
        "status_oklart": 1,
        "tillfallig": 1,
        "lansstyrelsen_aktiv": 0,
    }


def test_cell_knows_projects_deciders_and_interval():
    cell = next(r for r in SMALL[4].rows if r.id == "kvinnor").cells[0]
    assert cell.projects == ("P1", "P3")
    assert cell.decided == ((Decider.PERSON, 1), (Decider.RULE, 1))
    assert cell.person_share == 0.5
    assert cell.interval == Interval(1, 3)  # P3 is reviewed; P1 may be wrong, or P2 or P4


def test_without_last_round_its_column_is_blank():
    blank = tables(replace(small_round(), previous=None))[2]
    assert {row.cells[0].count for row in blank.rows} == {None}


# --- money ------------------------------------------------------------------------------------


def granted(*amounts):
    """A round of projects with these granted amounts (None where the report gives none)."""
    projects = tuple(
        Project(f"P{i}", Header(beviljat_belopp=a if a is None else Decimal(a)), ())
        for i, a in enumerate(amounts)
    )
    return Round("R", (), projects, {}, {})


def money(round, **figures):
    given = RoundFigures(**{k: Decimal(v) for k, v in figures.items()})
    table = tables(replace(round, figures=given))[6]
    return {row.id: row.cells[0].amount for row in table.rows}


def test_published_money_follows_from_its_own_rule():
    """Report 2011:39: total = granted + administration, to repay = requisitioned - total."""
    found = money(
        granted(20_170_607), att_fordela=23_000_000, rekvirerat=21_950_000, administration=1_050_747
    )
    assert found == {
        "att_fordela": 23_000_000,
        "rekvirerat": 21_950_000,
        "beviljat": 20_170_607,
        "administration": 1_050_747,
        "sammanlagt": 21_221_354,
        "aterbetalas": 728_646,
    }


def test_administration_is_five_percent_of_granted_where_it_is_not_given():
    found = money(granted(100_010, 200_000), rekvirerat=400_000)
    assert found["administration"] == 15_001  # 15 000.50, half up
    assert found["aterbetalas"] == 400_000 - 300_010 - 15_001


@pytest.mark.parametrize(
    ("amounts", "figures", "blank"),
    [
        ((100,), {}, {"att_fordela", "rekvirerat", "aterbetalas"}),
        (
            (None,),
            {"rekvirerat": 5},
            {"att_fordela", "beviljat", "administration", "sammanlagt", "aterbetalas"},
        ),
        ((100, None), {"rekvirerat": 500}, {"att_fordela", "aterbetalas"}),
    ],
)
def test_unknown_money_stays_blank(amounts, figures, blank):
    found = money(granted(*amounts), **figures)
    assert {id for id, amount in found.items() if amount is None} == blank


# --- what must hold for any round --------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 40), st.integers(0, 10_000))
def test_any_round_adds_up(projects, seed):
    found = tables(big_round(projects, seed))
    for number in (1, 2):
        table = found[number]
        for c, column in enumerate(table.columns):
            values = [
                row.cells[c].amount if column.money else row.cells[c].count for row in table.rows
            ]
            if None not in values:
                assert sum(values[:-1]) == values[-1]
    for table in (found[2], found[3], found[4], found[5]):
        for row in table.rows:
            for cell in row.cells:
                if cell.interval:
                    assert (
                        0 <= cell.interval.lower <= cell.count <= cell.interval.upper <= table.base
                    )
                    assert len(cell.projects) == cell.count
                    assert sum(n for _, n in cell.decided) == cell.count
    for number in (3, 4, 5):
        rows = {row.id: row for row in found[number].rows}
        for group in {row.part_of for row in rows.values() if row.part_of}:
            parts = [row.cells[0].count for row in rows.values() if row.part_of == group]
            assert max(parts) <= rows[group].cells[0].count
            if number != 4:  # particularly exposed may be coded without any of its parts
                assert rows[group].cells[0].count <= sum(parts)
    for row in found[3].rows:
        total, active, invited, _ = (cell.count for cell in row.cells)
        assert total == active + invited


def test_definitions_that_the_codebook_does_not_know_are_refused():
    book = replace(BOOK, variables=BOOK.variables[:1])
    with pytest.raises(DefinitionError, match=r"kodboken har inget 'partner\.kommuner'"):
        tabulate(small_round(), DEFINITIONS, book)
