"""Agreement between coders: α against a textbook's figure, cells of a report, the gold files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement import agreement
from annotations.codebook import load
from annotations.double_coding import compare
from annotations.gold import FOLDER, cells, load_coded, load_rulings
from corpus.records import Gold, RecordError
from corpus.written import load_written

CODEBOOK = load()
CELL = ("partner", "polis")
GOLD = Gold(
    struktur=("ny",),
    partner={"polis": "inbjuden"},
    malgrupp=("kvinnor",),
    maluppfyllelse="delvis",
    integrering=(),
    utbildning=True,
    reell_samverkan=False,
    status="pagar",
)
ROUNDS = (1, 2, 3, 4, 5, 6, 7)


def two(first, second):
    name = [f"r{i}" for i in range(len(first))]
    return (
        {n: {CELL: v} for n, v in zip(name, first, strict=True)},
        {n: {CELL: v} for n, v in zip(name, second, strict=True)},
    )


def test_alpha_is_the_textbooks():
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section A: α = 0.095.
    a = ["", "ja", "", "", "", "", "", "", "ja", ""]
    b = ["ja", "ja", "ja", "", "", "ja", "", "", "", ""]
    of_variable, of_category = agreement(*two(a, b))
    assert of_category.alpha == pytest.approx(0.095, abs=0.0005)
    assert (of_category.both, of_category.first_only, of_category.second_only) == (1, 1, 3)
    assert of_category.raw == pytest.approx(0.6)
    assert of_category.f1 == pytest.approx(2 / 6)
    assert of_variable.alpha == of_category.alpha


def test_roles_count_only_where_they_are_asked_for():
    rows = agreement(*two(["aktiv", "inbjuden", "", ""], ["aktiv", "aktiv", "", ""]))
    assert rows[1].alpha == 1
    assert rows[1].alpha_roles is not None and rows[1].alpha_roles < 1


def test_a_category_nobody_coded_has_no_alpha():
    row = agreement(*two(["", ""], ["", ""]))[1]
    assert row.alpha is None and row.f1 is None and row.raw == 1


def test_no_report_in_common_is_an_error():
    with pytest.raises(ValueError, match="no report in common"):
        agreement({"a": {CELL: ""}}, {"b": {CELL: ""}})


@given(st.lists(st.tuples(st.sampled_from(["", "ja"]), st.sampled_from(["", "ja"])), min_size=2))
def test_alpha_is_symmetric_and_at_most_one(pairs):
    a, b = zip(*pairs, strict=True)
    there, back = agreement(*two(a, b))[1].alpha, agreement(*two(b, a))[1].alpha
    assert there == (None if back is None else pytest.approx(back))
    assert there is None or there <= 1 + 1e-9


def test_cells_of_a_report():
    values = cells(GOLD, CODEBOOK)
    assert len(values) == len(CODEBOOK.leaves())
    held = {f"{v}.{c}": value for (v, c), value in values.items() if value}
    assert held == {
        "struktur.ny": "ja",
        "partner.polis": "inbjuden",
        "malgrupp.kvinnor": "ja",
        "maluppfyllelse.delvis": "ja",
        "innehall.utbildning": "ja",
        "status.pagar": "ja",
    }


def test_a_fifth_of_the_corpus_is_coded_twice_by_every_writer():
    reports = {r.report.id: r for r in load_written()}
    second = load_coded(FOLDER / "second.jsonl")
    assert {c.id for c in second} <= set(reports)
    assert len({c.id for c in second}) >= 0.2 * len(reports)
    assert {reports[c.id].writer for c in second} == {r.writer for r in reports.values()}
    assert {c.round for c in second} == set(ROUNDS)


@pytest.mark.parametrize("number", ROUNDS)
def test_every_disagreement_has_a_ruling(number):
    guide = (FOLDER.parent / "GUIDE.md").read_text(encoding="utf-8")
    numbers = set(re.findall(r"\*\*([A-Z]\d+)\*\*", guide))
    rulings = {
        (r.id, r.variable, r.category): r for r in load_rulings(FOLDER / "adjudication.jsonl")
    }
    first = {c.id: cells(c.gold, CODEBOOK) for c in load_coded(FOLDER / "v1.jsonl")}
    for coded in load_coded(FOLDER / "second.jsonl"):
        if coded.round != number:
            continue
        for cell, value in cells(coded.gold, CODEBOOK).items():
            if value != first[coded.id][cell]:
                ruling = rulings[coded.id, *cell]
                assert (ruling.first, ruling.second) == (first[coded.id][cell], value)
                assert ruling.reason and (not ruling.rule or ruling.rule in numbers), ruling


def test_the_newest_gold_holds_the_rulings():
    now = {r.report.id: cells(r.report.gold, CODEBOOK) for r in load_written()}
    for ruling in load_rulings(FOLDER / "adjudication.jsonl"):
        assert now[ruling.id][ruling.variable, ruling.category] == ruling.ruling, ruling


@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("variable", ["partner", "malgrupp", "integrering"])
def test_blind_coders_agree(variable, version, number):
    row = next(r for r in compare(number, version) if r.variable == variable and not r.category)
    assert row.alpha_roles is not None and row.alpha_roles >= 0.85


def test_an_unknown_round_or_version_is_an_error():
    with pytest.raises(ValueError, match="no report in common"):
        compare(9)
    with pytest.raises(FileNotFoundError):
        compare(1, 99)


def test_every_gold_version_stands_in_the_changelog():
    text = (FOLDER / "CHANGELOG.md").read_text(encoding="utf-8")
    for file in FOLDER.glob("v*.jsonl"):
        assert f"## {file.stem}" in text


def test_unknown_keys_and_codes_are_refused_with_their_line(tmp_path):
    file = Path(tmp_path, "v1.jsonl")
    good = json.loads((FOLDER / "v1.jsonl").read_text(encoding="utf-8").splitlines()[0])
    bad = {**good, "gold": {**good["gold"], "status": "kanske"}}
    lines = [good, {**good, "extra": 1}, bad]
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    with pytest.raises(RecordError) as error:
        load_coded(file)
    assert len(error.value.faults) == 2
    assert "v1.jsonl:2" in error.value.faults[0] and "v1.jsonl:3" in error.value.faults[1]
