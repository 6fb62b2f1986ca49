"""The measuring itself: a perfect reading scores full, each kind of fault is counted and named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.readings import fold, score, similarity
from bench.rounds import layout_seed, write_rounds
from corpus.records import Report

EXPECTED: dict[str, Any] = {
    "fil": "docx_x/t-1.docx",
    "variant": "docx_x",
    "form": "redovisning_slut",
    "ticks": {"aktor.kommuner": True, "aktor.kyrka_samfund": False},
    "answers": {"mal": "Ett mål – två\nrader", "ovrigt": "Klart."},
    "header": {"lan": "Kalmar", "kommun": "Borgholm", "titel": None, "belopp": 40000},
}
HEADER: dict[str, object] = {"lan": "Kalmar", "kommun": "Borgholm", "belopp": 40000}
TICKS = {"aktor.kommuner": True, "aktor.kyrka_samfund": False}
ANSWERS = {"mal": "Ett mål - två rader", "ovrigt": "Klart."}


def test_a_perfect_reading_has_no_faults() -> None:
    reading = score(EXPECTED, TICKS, ANSWERS, HEADER)
    assert reading.faults == ()
    assert (reading.ticks, reading.answers, reading.header) == ((2, 2), (2, 2), (3, 3))


def test_an_empty_cell_counts_as_unticked_but_not_as_found() -> None:
    reading = score(EXPECTED, {"aktor.kommuner": True}, ANSWERS, HEADER)
    assert (reading.ticks, reading.bound) == ((2, 2), (1, 2))


@pytest.mark.parametrize(
    ("ticks", "answers", "header", "fault"),
    [
        (TICKS | {"aktor.kommuner": False}, ANSWERS, HEADER, "kryss\taktor.kommuner"),
        ({}, ANSWERS, HEADER, "saknas"),
        (TICKS, ANSWERS | {"mal": "Ett mål"}, HEADER, "svar\tmal"),
        (TICKS, ANSWERS | {"integrering": "x"}, HEADER, "extra\tintegrering"),
        (TICKS, ANSWERS, HEADER | {"kommun": "Mörbylånga"}, "huvud\tkommun"),
    ],
)
def test_each_fault_is_named(
    ticks: dict[str, bool], answers: dict[str, str], header: dict[str, object], fault: str
) -> None:
    faults = score(EXPECTED, ticks, answers, header).faults
    assert len(faults) == 1
    assert fault in faults[0]


def test_free_form_text_may_stand_among_other_text() -> None:
    free = EXPECTED | {"form": "", "ticks": {}, "answers": {"fritext": "Hej. Klart."}}
    assert score(free, {}, {"fritext": "Från: A\nHej. Klart.\n--"}, HEADER).answers == (1, 1)
    assert score(free, {}, {"fritext": "Hej. Klart"}, HEADER).answers == (0, 1)


def test_folding_evens_out_space_dashes_and_quotes() -> None:
    assert fold("a –\n b\u00adc ”d”") == 'a - bc "d"'
    assert similarity("en sak", "en  sak") == 1.0
    assert similarity("en sak", "") == 0.0


def test_rounds_are_written_with_their_lists(reports: dict[str, Report], tmp_path: Path) -> None:
    chosen = [reports["s-01"], reports["s-19"]]
    write_rounds(tmp_path, chosen, ["txt_utf8"], seed=0)
    write_rounds(tmp_path, chosen, ["txt_latin1"], seed=0)
    lines = [json.loads(t) for t in (tmp_path / "expected.jsonl").read_text().splitlines()]
    assert [line["fil"] for line in lines] == [
        "txt_utf8/s-01.txt",
        "txt_utf8/s-19.txt",
        "txt_latin1/s-01.txt",
        "txt_latin1/s-19.txt",
    ]
    assert all((tmp_path / line["fil"]).exists() for line in lines)
    assert (tmp_path / "manifest.csv").read_text().splitlines()[0] == "fil,projekt"


def test_every_report_gets_its_own_layout(reports: dict[str, Report]) -> None:
    assert {layout_seed(report, 0) for report in reports.values()} == {0}
    assert len({layout_seed(report, 1) for report in reports.values()}) == len(reports)
