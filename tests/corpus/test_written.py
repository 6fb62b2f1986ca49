"""The written reports hold what they promise, and the check finds each kind of fault."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from annotations.codebook import load as load_codebook
from annotations.corpus_check import check_corpus, report_faults
from annotations.corpus_counts import count_categories, count_writers
from annotations.corpus_report import ENOUGH, ENOUGH_NEGATIVES
from annotations.gold import latest, load_coded
from corpus.overlap import shared_wording
from corpus.records import RecordError, Ticks, load_reports
from corpus.types import Context
from corpus.written import (
    FOLDER,
    ActorMention,
    Passage,
    WrittenReport,
    load_splits,
    load_written,
    read,
)

CODEBOOK = load_codebook()
PRESENT_DAY = 2018


def written(id: str) -> WrittenReport:
    return next(r for r in load_written() if r.report.id == id)


def with_gold(report: WrittenReport, **codes: Any) -> WrittenReport:
    return replace(report, report=replace(report.report, gold=replace(report.report.gold, **codes)))


def test_the_corpus_has_no_fault():
    assert check_corpus(load_written(), load_splits(), CODEBOOK) == []


@pytest.mark.shared
def test_no_report_borrows_from_the_development_rounds(shared):
    theirs = {
        r.id: r.text or "\n".join((r.svar or {}).values())
        for file in sorted((shared / "rounds").glob("*.jsonl"))
        for r in load_reports(file)
    }
    assert theirs
    assert check_corpus(load_written(), load_splits(), CODEBOOK, theirs) == []


def test_enough_reports_of_enough_writers_and_kinds():
    reports = load_written()
    assert len(reports) >= 500
    writers = count_writers(reports, load_splits())
    assert len(writers) >= 12
    assert sum(w.forms.get("fri", 0) for w in writers) >= 80
    years = [r.year for r in reports if r.year]
    assert 0.55 < sum(year < PRESENT_DAY for year in years) / len(years) < 0.73
    lengths = [len(re.findall(r"\w+", r.whole)) for r in reports]
    assert min(lengths) < 30 and 800 < max(lengths) < 1000
    assert {w.split for w in writers} == {"train", "calibration", "test"}


def test_every_category_has_enough_positives_and_hard_negatives():
    few = [
        (f"{c.variable}.{c.category}", c.positives, c.hard_negatives)
        for c in count_categories(load_written(), load_splits(), CODEBOOK)
        if c.positives < ENOUGH or c.hard_negatives < ENOUGH_NEGATIVES
    ]
    assert few == []


def test_the_reports_carry_the_newest_gold():
    gold = {c.id: c.gold for c in load_coded(latest())}
    assert gold == {r.report.id: r.report.gold for r in load_written()}


def test_the_check_finds_an_offset_that_is_off_by_one():
    report = written("s01-001")
    code, passage = next((c, p) for c, p in report.evidence.items() if p)
    moved = replace(passage, start=passage.start + 1, end=passage.end + 1)
    faults = list(
        report_faults(replace(report, evidence={**report.evidence, code: moved}), CODEBOOK)
    )
    assert len(faults) == 1 and "quote not at its offsets" in faults[0]


@pytest.mark.parametrize(
    "codes, fault",
    [
        ({"malgrupp": ("kvinnor", "katter")}, "unknown code malgrupp.katter"),
        ({"partner": {"ufo": "aktiv"}}, "unknown code partner.ufo"),
        ({"malgrupp": ("aldre",)}, "malgrupp.aldre without sarskilt_utsatta"),
        ({"integrering": ("ej", "plan")}, "integrering.ej stands with another"),
        ({"struktur": ("annat", "ny")}, "struktur.annat stands with another"),
    ],
)
def test_the_check_finds_codes_that_cannot_be(codes, fault):
    faults = report_faults(with_gold(written("s01-001"), **codes), CODEBOOK)
    assert any(f.startswith(fault) for f in faults)


def test_the_check_misses_no_quote():
    report = written("s01-001")
    for code in report.evidence:
        left = {c: p for c, p in report.evidence.items() if c != code}
        faults = list(report_faults(replace(report, evidence=left), CODEBOOK))
        named = code.split(".")[0]
        assert named == "status" or any(f.startswith("no quote for") for f in faults), code


def test_a_role_needs_a_mention_that_says_so():
    report = next(
        r for r in load_written() if "aktiv" in r.report.gold.partner.values() and r.mentions
    )
    actor = next(a for a, role in report.report.gold.partner.items() if role == "aktiv")
    as_planned = tuple(replace(m, context=Context.PLANERAD) for m in report.mentions)
    ticked = {**report.evidence, f"partner.{actor}": Passage("mal", 0, 0, "")}
    faults = report_faults(replace(report, mentions=as_planned, evidence=ticked), CODEBOOK)
    assert any(f.startswith(f"no mention of {actor} as aktiv") for f in faults)


def test_an_unknown_actor_is_found():
    report = written("s01-001")
    mention = ActorMention(report.mentions[0].passage, "katten", Context.AKTIV)
    faults = report_faults(replace(report, mentions=(*report.mentions, mention)), CODEBOOK)
    assert any(f.startswith("unknown actor katten") for f in faults)


def test_a_tick_is_no_evidence_where_there_are_no_ticks():
    report = next(r for r in load_written() if r.report.blankett == "fri")
    faults = report_faults(replace(report, evidence={**report.evidence, "status": None}), CODEBOOK)
    assert any("document without ticks" in f for f in faults)


def test_copied_wording_is_found_between_writers_and_within_one():
    first, second = written("s01-001"), written("s02-001")
    copied = replace(second, report=replace(first.report, id="s02-001"))
    faults = check_corpus([first, copied], {"s01": "train", "s02": "test"}, CODEBOOK)
    assert any("shares wording with s02-001 (test and train)" in f for f in faults)
    again = replace(first, report=replace(first.report, id="s01-999"))
    faults = check_corpus([first, again], {"s01": "train"}, CODEBOOK)
    assert any("repeats s01-999" in f for f in faults)
    rounds = {"w9-01": first.whole}
    assert any("borrows" in f for f in check_corpus([first], {"s01": "train"}, CODEBOOK, rounds))


def test_shared_wording_allows_what_it_is_told_to():
    texts = {"a": "ett två tre fyra fem sex sju", "b": "Ett, två – tre fyra fem sex, sju åtta"}
    group = {"a": "x", "b": "y"}
    assert [len(s.wording) for s in shared_wording(texts, group, 1)] == [2]
    assert shared_wording(texts, group, 2) == []
    assert shared_wording(texts, {"a": "x", "b": "x"}, 0) == []


def test_splits_name_each_writer_once(tmp_path):
    for writer in ("s01", "s02"):
        (tmp_path / f"{writer}.jsonl").touch()
    for text, fault in (
        ("train: [s01]", "s02 is in no split"),
        ("train: [s01]\ntest: [s01, s02]", "s01 is in train and test"),
        ("train: [s01, s02, s03]", "s03 has no file"),
        ("train: [s01, s02]\ndev: []", "unknown split dev"),
    ):
        (tmp_path / "splits.yaml").write_text(text, encoding="utf-8")
        load_splits.cache_clear()
        with pytest.raises(RecordError, match=fault):
            load_splits(tmp_path)


def test_splits_are_by_writer():
    splits, reports = load_splits(), load_written()
    assert set(splits) == {r.writer for r in reports}
    share = Counter(splits[r.writer] for r in reports)
    assert share["train"] > share["test"] > 0 and share["calibration"] > 0


def test_a_broken_line_is_named(tmp_path):
    line = (FOLDER / "s01.jsonl").read_text(encoding="utf-8").splitlines()[0]
    file = tmp_path / "s01.jsonl"
    file.write_text(line + "\n" + line.replace('"persona"', '"person"') + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"s01\.jsonl:2"):
        list(read(file))


def test_ticks_are_read_as_ticks():
    assert isinstance(written("s01-001").report.kryss, Ticks)
