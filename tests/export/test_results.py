from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.types import Origin, Role, Status
from pipeline.export.fields import listed
from pipeline.export.results import ResultsError, read_results
from pipeline.tables.contract import CODINGS, write_contract
from pipeline.tables.quotes import collect
from tests.export.made_up import BOOK, LEAVES, folder, hostile
from tests.tables.made_up import small_round


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    round = small_round()
    write_contract(round, BOOK, collect(round), tmp_path)
    read = read_results(tmp_path, BOOK)
    assert read.documents == round.documents
    # The codes of county and municipality, the registry number and the day are in no CSV file.
    for ours, theirs in zip(read.projects, round.projects, strict=True):
        assert (ours.id, ours.documents, ours.omgang) == (
            theirs.id,
            theirs.documents,
            theirs.omgang,
        )
        assert ours.header.beviljat_belopp == theirs.header.beviljat_belopp
        assert ours.header.period_start == theirs.header.period_start
    for id, codings in round.codings.items():
        assert {c.coding for c in read.codings[id]} == set(codings)
    for document, text in round.texts.items():
        assert read.text(document) == text


@pytest.mark.parametrize("text", ["Ett\rTvå", "Ett\r\nTvå", "\r", 'a\rb";\n,c'])
def test_a_quote_may_have_any_line_end(tmp_path: Path, text: str) -> None:
    read = read_results(folder(tmp_path, text, [(0, len(text))]), BOOK)
    assert read.codings["P1"][0].quote == text
    assert len(read.codings["P1"]) == len(LEAVES)


def test_hostile_names_come_back(tmp_path: Path) -> None:
    read = read_results(hostile(tmp_path), BOOK)
    (project,) = read.projects
    assert project.id == '=HYPERLINK("x")\t1'
    assert project.documents == ('arkiv.zip/=cmd|"A1";\nb<&>\x07.docx', "b; c.txt")
    by_key = {(c.coding.variable, c.coding.category): c for c in read.codings[project.id]}
    polis = by_key["partner", "polis"]
    assert polis.quote == "Polisen"
    assert polis.coding.role is Role.INBJUDEN
    assert polis.coding.origin is Origin.REVIEWER
    assert polis.coding.status is Status.REVIEW


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("varde", "2", "varde ska vara 0 eller 1"),
        ("konfidens", "1.5", "konfidens ska ligga mellan 0 och 1"),
        ("konfidens", "nan", "konfidens ska ligga mellan 0 och 1"),
        ("start", "-1", "start ska vara ett heltal"),
        ("slut", "²", "slut ska vara ett heltal"),
        ("roll", "chef", "roll ska vara en av aktiv, inbjuden, planerad"),
        ("status", "klar", "status ska vara en av"),
        ("kategori", "påhittad", "kodboken har inget struktur.påhittad"),
        ("projekt", "P9", "projektet 'P9' finns inte i projekt.csv"),
        ("kategori", "befintlig", "står två gånger"),
    ],
)
def test_a_changed_field_is_told_with_its_place(
    tmp_path: Path, column: str, value: str, said: str
) -> None:
    path = hostile(tmp_path) / "kodningar.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, CODINGS)
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(ResultsError) as error:
        read_results(tmp_path, BOOK)
    assert said in str(error.value)
    assert "@ kodningar.csv:" in str(error.value)


def test_every_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResultsError) as error:
        read_results(tmp_path, BOOK)
    assert [line.split()[0] for line in str(error.value).splitlines()] == [
        "dokument.csv",
        "projekt.csv",
        "kodningar.csv",
    ]


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    (hostile(tmp_path) / "projekt.csv").write_text("projekt,dokument\n", encoding="utf-8")
    with pytest.raises(ResultsError, match=r"kolumnen lan saknas @ projekt\.csv:1"):
        read_results(tmp_path, BOOK)


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("", (), ()),
        ("a;b", ("a", "b"), ("a", "b")),
        ("a;b; c", ("a", "b; c"), ("a", "b; c")),
        ("a;b;c", ("a", "a;b", "c"), ("a;b", "c")),
        ("a;okänd", ("a",), ("a", "okänd")),
    ],
)
def test_lists_whose_names_have_semicolons(
    text: str, known: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert listed(text, known) == names
