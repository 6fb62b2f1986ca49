"""The written reports: true offsets, known codes, a quote for every code, nobody's words twice."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from annotations.codebook import load as load_codebook
from corpus.types import Context, Role

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "training"
FILES = sorted(FOLDER.glob("*.jsonl"))
# Stock phrases happen in any trade ("förslag till beslut 1 nämnden godkänner"), and one of eight
# words is three shingles; more than this between two writers is copying.
MOST_SHARED = 5


def reports(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def fields(report):
    return {"text": report["text"]} if report["blankett"] == "fri" else report["svar"]


def shingles(report):
    words = re.findall(r"\w+", " ".join(fields(report).values()).lower())
    return {" ".join(words[i : i + 6]) for i in range(len(words) - 5)}


def test_there_are_reports():
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_ids_are_unique_and_the_writer_stands_on_each(file):
    ids = [r["id"] for r in reports(file)]
    assert len(ids) == len(set(ids))
    assert {r["skribent"] for r in reports(file)} == {file.stem}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_quote_stands_at_its_offsets(file):
    for report in reports(file):
        quotes = [q for q in report["evidens"].values() if q != "KRYSS"] + report["omnamnanden"]
        for quote in quotes:
            text = fields(report)[quote["falt"]]
            assert text[quote["start"] : quote["slut"]] == quote["text"], (report["id"], quote)
            assert quote["text"].strip()


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_codes_are_the_codebooks_and_have_their_quotes(file):
    codebook = load_codebook()
    known = defaultdict(set)
    for category in codebook.leaves():
        known[category.variable].add(category.id)
    for report in reports(file):
        gold, quoted = report["gold"], set(report["evidens"])
        assert set(gold["partner"]) <= known["partner"], report["id"]
        assert set(gold["partner"].values()) <= {str(r) for r in Role}
        assert {f"partner.{p}" for p in gold["partner"]} <= quoted, report["id"]
        for variable in ("struktur", "malgrupp", "integrering"):
            assert set(gold[variable]) <= known[variable], report["id"]
            assert {f"{variable}.{c}" for c in gold[variable]} <= quoted, report["id"]
        for variable in ("maluppfyllelse", "status"):
            assert gold[variable] in known[variable], report["id"]
        assert {m["aktor"] for m in report["omnamnanden"]} <= known["partner"]
        assert {m["kontext"] for m in report["omnamnanden"]} <= {str(c) for c in Context}


def test_no_two_writers_share_wording():
    seen: dict[str, str] = {}
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in FILES:
        own = set().union(*(shingles(r) for r in reports(file)))
        for shingle in own:
            if shingle in seen:
                shared[seen[shingle], file.stem].add(shingle)
        for shingle in own:
            seen.setdefault(shingle, file.stem)
    assert not {pair: s for pair, s in shared.items() if len(s) > MOST_SHARED}


@pytest.mark.shared
def test_no_report_shares_wording_with_the_development_rounds(shared):
    theirs = set()
    for file in sorted((shared / "rounds").glob("*.jsonl")):
        theirs |= set().union(*(shingles(r) for r in reports(file)))
    for file in FILES:
        for report in reports(file):
            assert len(shingles(report) & theirs) < 2, report["id"]
