"""Tables of another grant: counted by hand, and refused with every fault at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotations.codebook import load
from annotations.strict import DefinitionError
from cli import app
from pipeline.report.write import write_all
from pipeline.tables.checks import check, contradictions
from pipeline.tables.own import definitions_of
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import PreviousRound
from tests.tables.made_up import small_round

BOOK = load()
# An invented grant for courses: a county table of conditions, roles and money, one of projects.
COURSES = """
id: kurser
number: 1
title: "Kurser i {antal} projekt"
kind: counties
row_heading: Län
county_columns:
  - {id: antal, label: Antal projekt, shows: projects}
  - {id: forra, label: Förra omgången, shows: previous}
  - id: enbart_kurs
    label: Enbart kurs
    counts: {any_of: [innehall.utbildning], none_of: [innehall.reell_samverkan]}
  - {id: polis_aktiv, label: Polisen aktiv, counts: {any_of: [partner.polis]}, roles: [aktiv]}
  - {id: polis_plan, label: Polisen planeras, counts: {any_of: [partner.polis]}, roles: [planerad]}
  - {id: beviljat, label: Beviljat, shows: beviljat_belopp}
  - id: beviljat_kurs
    label: Beviljat till kurser
    shows: beviljat_belopp
    counts: {any_of: [innehall.utbildning]}
  - {id: sokt, label: Sökt, shows: sokt_belopp}
"""
GROUPS = """
id: grupper
number: 2
title: "Vilka kurserna är för"
kind: categories
row_heading: Grupp
columns:
  - {id: projekt, label: Projekt}
rows:
  - id: kvinnor_och_barn
    label: Både kvinnor och barn
    counts: {all_of: [malgrupp.kvinnor, malgrupp.barn]}
  - id: kvinnor_utan_barn
    label: Kvinnor men inte barn
    counts: {any_of: [malgrupp.kvinnor], none_of: [malgrupp.barn]}
  - id: rattsvasende_utan_polis
    label: Rättsväsende utan polis
    counts: {any_of: [partner.rattsvasende], none_of: [partner.polis]}
  - id: nar_mal_med_alla
    label: Når målen, med kvinnor, barn och utövare
    counts:
      any_of: [maluppfyllelse.helt, maluppfyllelse.delvis]
      all_of: [malgrupp.familjeperspektiv]
  - id: varken
    label: Varken kurs eller samverkan
    counts: {none_of: [innehall.utbildning, innehall.reell_samverkan]}
notes:
  - text: "Alla {antal} projekt, också de som bara har sökt."
"""
KRONOR = """
id: kronor
number: 4
title: Pengar
kind: money
row_heading: Post
money_rows:
  - {id: sokt, label: Sökt, sum_of: sokt_belopp}
  - {id: avgift, label: Avgift, figure: administration, share: "0.10", share_of: sokt}
  - {id: kvar, label: Kvar, plus: [sokt], minus: [avgift]}
"""


@pytest.fixture
def folder(tmp_path):
    own = tmp_path / "tabeller"
    own.mkdir()
    for name, text in (("kurser", COURSES), ("grupper", GROUPS), ("kronor", KRONOR)):
        (own / f"{name}.yaml").write_text(text, encoding="utf-8")
    return own


def tables(folder: Path):
    definitions = definitions_of(folder, BOOK)
    return {t.id: t for t in tabulate(small_round(), definitions, BOOK)}


def test_counts_of_another_grant(folder):
    found = tables(folder)
    assert [t.number for t in found.values()] == [1, 2, 4]
    assert {r.id: r.cells[0].count for r in found["grupper"].rows} == {
        "kvinnor_och_barn": 1,  # P1
        "kvinnor_utan_barn": 1,  # P3
        "rattsvasende_utan_polis": 1,  # P2 has invited prosecutors; P4's police is only planned
        "nar_mal_med_alla": 1,  # P1
        "varken": 1,  # P5, the application
    }
    assert found["grupper"].notes == ("Alla 5 projekt, också de som bara har sökt.",)


def test_what_is_excluded_is_excluded_in_its_counted_roles_only(folder):
    text = GROUPS.replace("none_of: [partner.polis]", "none_of: [partner.aklagare]")
    (folder / "grupper.yaml").write_text(text, encoding="utf-8")
    row = next(r for r in tables(folder)["grupper"].rows if r.id == "rattsvasende_utan_polis")
    assert row.cells[0].projects == ()  # both P1 and P2 have prosecutors


def test_counties_of_another_grant(folder):
    rows = {r.id: r.cells for r in tables(folder)["kurser"].rows}
    found = {
        id: tuple(c.amount if c.amount is not None else c.count for c in cells)
        for id, cells in rows.items()
        if any(c.amount or c.count for c in cells)
    }
    assert found == {
        "10": (3, 2, 1, 1, 0, 190000, 40000, 700000),
        "18": (1, 1, 0, 0, 0, 90500, 90500, 0),
        "okant": (1, 0, 0, 0, 1, 0, 0, 0),
        "summa": (5, 3, 1, 1, 1, 280500, 130500, 700000),
    }
    course = rows["10"][6]
    assert course.projects == ("P3",)
    assert rows["10"][2].projects == ("P3",)


def test_money_of_another_grant(folder):
    found = {r.id: r.cells[0].amount for r in tables(folder)["kronor"].rows}
    assert found == {
        "sokt": Decimal(700000),
        "avgift": Decimal(70000),
        "kvar": None,  # four projects tell no amount applied for
    }


def test_intervals_of_combined_conditions_hold_the_count(folder):
    for table in tables(folder).values():
        for row in table.rows:
            for cell in row.cells:
                if cell.interval:
                    assert 0 <= cell.interval.lower <= cell.count <= cell.interval.upper


def test_every_result_is_written_from_them(folder, tmp_path):
    definitions = definitions_of(folder, BOOK)
    round = small_round()
    found = tabulate(round, definitions, BOOK)
    assert contradictions(found, definitions) == ()
    assert not [f for f in check(round, found, definitions, BOOK) if f.where.startswith("Tabell")]
    out = tmp_path / "ut"
    write_all(round, found, out, codebook=BOOK, definitions=definitions)
    names = {p.name for p in (out / "tabeller").glob("tabell*.csv")}
    assert names == {"tabell1.csv", "tabell2.csv", "tabell4.csv"}
    header = (out / "tabeller" / "tabell1.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.endswith("polis_plan_andel_person,beviljat,beviljat_kurs,sokt")
    page = (out / "rapport.html").read_text(encoding="utf-8")
    assert "Kvinnor men inte barn" in page


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("partner.polis]}, roles: [aktiv]", "partner.polisen]}", "kodboken har inget"),
        ("roles: [aktiv]", "roles: [chef]", "'chef'"),
        ("shows: projects}", "shows: projects, roles: [aktiv]}", "counts och roles hör till"),
        (
            "shows: previous}",
            "shows: previous, counts: {any_of: [struktur.ny]}}",
            "counts och roles hör till",
        ),
        ("id: sokt,", "id: beviljat,", "kolumn-id 'beviljat' står två gånger"),
        ("id: sokt,", "id: antal_nedre,", "kolumnen får inte heta 'antal_nedre'"),
        ("id: sokt,", "id: rad,", "kolumnen får inte heta 'rad'"),
        ("number: 1", "number: 2", "två tabeller har nummer 2"),
        ("number: 1", "number: 0", "numret ska vara 1 eller mer"),
        ("id: kurser", "id: grupper", "två tabeller heter 'grupper'"),
        ("{antal} projekt", "{antalet} projekt", "okänd uppgift {antalet}"),
        ("{antal} projekt", "{antal projekt", "klammern i 'Kurser i {antal projekt'"),
        ("{antal} projekt", "{antal:d} projekt", "bara uppgiftens namn kan stå"),
        ("shows: sokt_belopp", "shows: kronor", "kronor"),
        (
            "{any_of: [innehall.utbildning]}",
            "{any_of: [malgrupp.familjeperspektiv, malgrupp.barn]}",
            "en härledd kategori kan inte stå tillsammans med andra",
        ),
    ],
)
def test_faults_are_told(folder, old, new, fault):
    assert old in COURSES
    (folder / "kurser.yaml").write_text(COURSES.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        definitions_of(folder, BOOK)
    assert fault in str(error.value)


def test_faults_of_all_files_are_told_at_once(folder):
    (folder / "kurser.yaml").write_text(
        COURSES.replace("row_heading", "radrubrik"), encoding="utf-8"
    )
    groups = GROUPS.replace("malgrupp.barn", "malgrupp.barnen").replace("{antal}", "{alla}")
    (folder / "grupper.yaml").write_text(groups, encoding="utf-8")
    (folder / "kronor.yaml").write_text(KRONOR.replace("plus: [sokt]", "plus: [x]"), "utf-8")
    with pytest.raises(DefinitionError) as error:
        definitions_of(folder, BOOK)
    told = "\n".join(error.value.faults)
    for fault in (
        "radrubrik",
        "kodboken har inget 'malgrupp.barnen' @ grupper.rows[0]",
        "kodboken har inget 'malgrupp.barnen' @ grupper.rows[1]",
        "okänd uppgift {alla} @ grupper.yaml.notes[0]",
        "raden 'x' måste stå ovanför @ kronor.yaml",
    ):
        assert fault in told


def test_a_part_that_stands_twice_is_told(folder):
    twice = GROUPS.replace(
        "  - id: varken",
        "  - {id: polis, counts: {any_of: [partner.polis]}}\n"
        "  - {id: ratt, label: R, counts: {any_of: [partner.rattsvasende]}, with_parts: true}\n"
        "  - id: varken",
    )
    (folder / "grupper.yaml").write_text(twice, encoding="utf-8")
    with pytest.raises(DefinitionError, match="raden 'polis' står två gånger när delarna"):
        definitions_of(folder, BOOK)


def test_an_empty_folder_is_no_table(tmp_path):
    with pytest.raises(DefinitionError, match=r"mappen har inga tabeller"):
        definitions_of(tmp_path, BOOK)


def test_corrected_files_are_read_again(folder):
    broken = COURSES.replace("number: 1", "number: ett")
    (folder / "kurser.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(DefinitionError):
        definitions_of(folder, BOOK)
    (folder / "kurser.yaml").write_text(COURSES, encoding="utf-8")
    assert len(definitions_of(folder, BOOK).tables) == 3


def test_the_command_checks_them(folder):
    run = CliRunner().invoke
    done = run(app, ["codebook", "check", "--tables", str(folder)])
    assert (done.exit_code, done.stdout) == (0, "Allt stämmer: 3 tabeller.\n")
    (folder / "kurser.yaml").write_text(COURSES.replace("polis]", "poliser]"), encoding="utf-8")
    done = run(app, ["codebook", "check", "--tables", str(folder)])
    assert done.exit_code == 2
    assert "kodboken har inget 'partner.poliser' @ kurser.county_columns[3]" in done.stderr
    assert "2 fel i tabellernas definitioner." in done.stdout


def test_the_example_of_the_readme_can_be_used(tmp_path):
    text = (Path(__file__).parents[2] / "annotations/tables/README.md").read_text(encoding="utf-8")
    (tmp_path / "kurser.yaml").write_text(
        text.split("```yaml\n")[1].split("```")[0], encoding="utf-8"
    )
    assert [t.id for t in definitions_of(tmp_path, BOOK).tables] == ["kurser"]


def test_the_last_rounds_number_reaches_a_column_of_another_grant(folder):
    round = small_round()
    assert isinstance(round.previous, PreviousRound)
    found = tables(folder)["kurser"]
    assert [c.given for c in found.columns].index(True) == 1
