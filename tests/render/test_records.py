"""Reports in JSON lines: round trip, and every fault named with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.records import RecordError, Report, dump_reports, load_reports, parse_report


def test_dump_and_load_give_the_same_reports(reports: dict[str, Report], tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    dump_reports(reports.values(), path)
    assert list(load_reports(path)) == list(reports.values())


def test_form_report_has_no_text_key_and_free_report_has(
    reports: dict[str, Report], tmp_path: Path
) -> None:
    path = tmp_path / "out.jsonl"
    dump_reports([reports["s-01"], reports["s-19"]], path)
    form, free = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert "text" not in form
    assert free["svar"] is None
    assert free["text"].startswith("Robertsfors")


def _line(**changes: Any) -> str:
    gold = {
        "struktur": ["ny"],
        "partner": {"polis": "aktiv"},
        "malgrupp": ["kvinnor"],
        "maluppfyllelse": "helt",
        "integrering": [],
        "utbildning": False,
        "reell_samverkan": True,
        "status": "avslutat",
    }
    data: dict[str, Any] = {
        "id": "t-1",
        "lan": "Kalmar",
        "kommun": "Borgholm",
        "blankett": "slut",
        "kryss": {"redovisning": "slut"},
        "svar": {"mal": "Ett mål."},
        "gold": gold,
    }
    return json.dumps(data | changes)


def test_the_line_that_the_faults_below_change_is_a_report() -> None:
    assert parse_report(_line(), "t:1").answer("mal") == "Ett mål."


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"okänd": 1}, "@ f.jsonl:7"),
        ({"id": 12}, "@ f.jsonl:7.id"),
        ({"belopp": "40 000"}, "@ f.jsonl:7.belopp"),
        ({"belopp": True}, "@ f.jsonl:7.belopp"),
        ({"blankett": "halv"}, "@ f.jsonl:7.blankett"),
        ({"kryss": {"aktor": ["kyrkan"]}}, "@ f.jsonl:7.kryss.aktor[0]"),
        ({"kryss": {"aktörer": []}}, "@ f.jsonl:7.kryss"),
        ({"svar": {"maal": "x"}}, "@ f.jsonl:7.svar.maal"),
        ({"svar": None}, "@ f.jsonl:7.svar"),
        ({"blankett": "fri"}, "@ f.jsonl:7.text"),
        ({"gold": {"struktur": []}}, "@ f.jsonl:7.gold.partner"),
    ],
)
def test_a_fault_names_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(RecordError) as caught:
        parse_report(_line(**changes), "f.jsonl:7")
    assert any(place in fault for fault in caught.value.faults)


def test_every_fault_is_reported_at_once() -> None:
    with pytest.raises(RecordError) as caught:
        parse_report(_line(id=1, kommun=2), "f:1")
    assert len(caught.value.faults) == 2


def test_broken_json_says_which_line(tmp_path: Path) -> None:
    path = tmp_path / "trasig.jsonl"
    path.write_text(_line() + "\n\n{\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"trasig\.jsonl:3"):
        list(load_reports(path))
