"""Table definitions: the shipped ones fit the codebook, and faults are told with their place."""

from __future__ import annotations

import pytest

from annotations.codebook import load
from annotations.strict import DefinitionError
from annotations.tables import FOLDER, check_against, load_tables

GOOD = """
id: t
number: 1
title: Tabell om {antal} projekt
kind: categories
row_heading: Projekt
columns: [{id: antal, label: Antal}]
rows:
  - {id: ny, counts: {any_of: [struktur.ny]}}
"""


def write(folder, text, name="t.yaml"):
    (folder / name).write_text(text, encoding="utf-8")
    return load_tables(folder)


def test_shipped_definitions_fit_the_shipped_codebook():
    definitions = load_tables()
    assert [t.number for t in definitions.tables] == [1, 2, 3, 4, 5, 6]
    assert [f for t in definitions.tables for f in check_against(t, load())] == []
    assert len(definitions.counties) == 21
    assert len(list(FOLDER.glob("*.yaml"))) == 6


def test_a_grant_of_its_own_defines_its_own_table(tmp_path):
    assert write(tmp_path, GOOD).tables[0].rows[0].id == "ny"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("number: 1", "number: ett", "number"),
        ("row_heading", "radrubrik", "radrubrik"),
        ("{antal}", "{antalet}", "okänd uppgift {antalet} @ t.yaml.title"),
        ("any_of: [struktur.ny]", "", "ange any_of, all_of eller none_of"),
        ("[struktur.ny]}", "[struktur.ny], all_of: [struktur.ny]}", "raden behöver en etikett"),
        (
            "[struktur.ny]}",
            "[struktur.ny], none_of: [struktur.annat]}, label: Ny, with_parts: true",
            "with_parts kräver enbart any_of",
        ),
        ("any_of: [struktur.ny]", "none_of: [struktur.ny]", "raden behöver en etikett"),
        ("id: ny,", "id: ny, part_of: borta,", "okänd rad 'borta'"),
        ("columns: [{id: antal, label: Antal}]", "", "kräver rader och kolumner"),
        ("kind: categories", "kind: pengar", "kind"),
    ],
)
def test_faults_are_told_with_their_place(tmp_path, old, new, fault):
    assert old in GOOD
    with pytest.raises(DefinitionError, match=r"t\.yaml") as error:
        write(tmp_path, GOOD.replace(old, new))
    assert fault in str(error.value)


def test_unknown_category_is_found_against_the_codebook(tmp_path):
    table = write(tmp_path, GOOD.replace("struktur.ny", "struktur.nya")).tables[0]
    assert check_against(table, load()) == ["kodboken har inget 'struktur.nya' @ t.rows[0] (ny)"]


def test_money_rows_rest_on_rows_above_them(tmp_path):
    text = """
id: t
number: 1
title: Pengar
kind: money
row_heading: Post
money_rows:
  - {id: summa, label: Summa, plus: [beviljat]}
  - {id: beviljat, label: Beviljat, sum_of: beviljat_belopp}
"""
    with pytest.raises(DefinitionError, match="raden 'beviljat' måste stå ovanför"):
        write(tmp_path, text)
