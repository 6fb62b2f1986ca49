"""Gold and kodningar.csv as files: three schemas, and plain errors for everything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotations.gold import FOLDER as GOLD_FOLDER
from corpus.written import FOLDER as TRAINING
from corpus.written import load_written
from models.evaluation import EvaluationError, load_gold, read_codings
from tests.evaluation.build import CODEBOOK, LEAVES, coded, gold_line, write_table

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "reports.jsonl"


def test_reports_with_their_quotes():
    found = load_gold([SAMPLES], CODEBOOK)
    assert len(found) == 25
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    for report in map(json.loads, lines):
        mine = found[report["id"]]
        assert set(mine.values) == set(LEAVES)
        partners = {c: role for (v, c), role in mine.values.items() if v == "partner" and role}
        assert partners == report["gold"]["partner"]
        assert bool(mine.values["innehall", "utbildning"]) == report["gold"]["utbildning"]
        for code, quote in report["evidens"].items():
            if code.startswith("partner.") and quote != "KRYSS":
                assert mine.quotes["partner", code.removeprefix("partner.")] == quote


def test_the_corpus_and_its_gold_versions():
    writer = TRAINING / "s01.jsonl"
    found = load_gold([writer], CODEBOOK)
    assert set(found) == {w.report.id for w in load_written() if w.writer == "s01"}
    assert all("KRYSS" not in report.quotes.values() for report in found.values())
    version = load_gold([GOLD_FOLDER / "v2.jsonl"], CODEBOOK)
    assert set(found) <= set(version)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "holds no report @ guld.jsonl"),
        (["", " "], "holds no report @ guld.jsonl"),
        (["{"], "cannot be read"),
        (["[1]"], "not a JSON object @ guld.jsonl:1"),
        (["{}"], "required field missing @ guld.jsonl:1.id"),
        ([gold_line("a"), gold_line("a")], "a has gold in guld.jsonl already"),
        ([gold_line("a", partner={"polisen": "aktiv"})], "no partner.polisen @ guld.jsonl, a"),
        ([gold_line("a", malgrupp=["hundar"])], "no malgrupp.hundar @ guld.jsonl, a"),
        ([gold_line("a", status="kanske")], "guld.jsonl:1.gold.status"),
        ([gold_line("a"), '{"id": 3}'], "@ guld.jsonl:2"),
    ],
)
def test_gold_that_cannot_be_used(tmp_path, lines, told):
    file = tmp_path / "guld.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(EvaluationError) as error:
        load_gold([file], CODEBOOK)
    assert any(told in fault for fault in error.value.faults), error.value.faults


def test_every_file_s_faults_come_at_once(tmp_path):
    empty, latin = tmp_path / "tom.jsonl", tmp_path / "latin.jsonl"
    empty.touch()
    latin.write_bytes('{"id": "Åmål"}'.encode("latin-1"))
    with pytest.raises(EvaluationError) as error:
        load_gold([empty, latin, tmp_path / "borta.jsonl"], CODEBOOK)
    assert [fault.rpartition(" ")[2] for fault in error.value.faults] == [
        "tom.jsonl", "latin.jsonl", "borta.jsonl",
    ]  # fmt: skip


def test_codings_of_other_projects_are_only_named(tmp_path):
    file = write_table(
        tmp_path / "kodningar.csv", {"a": coded({"struktur.ny": "ja"}), "x": coded({})}
    )
    found = read_codings(file, CODEBOOK, {"a"})
    assert (list(found.projects), found.others) == (["a"], ("x",))
    assert found.projects["a"]["struktur", "ny"].value == "ja"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kategori": "nyy"}, "the codebook has no struktur.nyy @ kodningar.csv:2"),
        ({"varde": "ja"}, "varde must be 0 or 1, not 'ja' @ kodningar.csv:2"),
        ({"varde": ""}, "varde must be 0 or 1, not '' @ kodningar.csv:2"),
        ({"roll": "aktiv"}, "roll must be empty or one of none, not 'aktiv'"),
        ({"status": "klar"}, "status must be one of auto, granska, granskad, not 'klar'"),
        ({"konfidens": "98"}, "konfidens must lie between 0 and 1, not '98'"),
        ({"konfidens": "0,98"}, "konfidens must lie between 0 and 1, not '0,98'"),
        ({"konfidens": "nan"}, "konfidens must lie between 0 and 1, not 'nan'"),
        ({"start": "-1"}, "start and slut must be whole numbers, not '-1'"),
    ],
)
def test_codings_that_cannot_be_used(tmp_path, fields, told):
    one = {("struktur", "ny"): coded({})["struktur", "ny"]}
    file = write_table(tmp_path / "kodningar.csv", {"a": one}, **fields)
    with pytest.raises(EvaluationError) as error:
        read_codings(file, CODEBOOK, {"a"})
    assert any(fault.startswith(told) for fault in error.value.faults), error.value.faults


def test_a_cell_that_stands_twice(tmp_path):
    one = {("struktur", "ny"): coded({})["struktur", "ny"]}
    file = write_table(tmp_path / "kodningar.csv", {"a": one})
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"a has struktur.ny twice @ kodningar.csv:3"):
        read_codings(file, CODEBOOK, {"a"})


def test_a_table_without_its_columns_or_not_there(tmp_path):
    file = tmp_path / "kodningar.csv"
    file.write_text("projekt,variabel,kategori,varde,roll\n", encoding="utf-8")
    with pytest.raises(EvaluationError) as error:
        read_codings(file, CODEBOOK, {"a"})
    assert error.value.faults == (
        "lacks the column konfidens @ kodningar.csv:1",
        "lacks the column status @ kodningar.csv:1",
    )
    with pytest.raises(EvaluationError, match="give the --out folder of a run"):
        read_codings(tmp_path / "inte" / "kodningar.csv", CODEBOOK, {"a"})


def test_a_spreadsheet_s_byte_order_mark_does_not_matter(tmp_path):
    file = write_table(tmp_path / "kodningar.csv", {"a": coded({})})
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert len(read_codings(file, CODEBOOK, {"a"}).projects["a"]) == len(LEAVES)
