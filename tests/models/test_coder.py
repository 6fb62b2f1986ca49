"""The coder as it is trained, on disk and on the command line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from annotations.codebook import load
from cli import app
from corpus.written import load_splits, load_written
from models.store import (
    ARRAYS,
    PARTS,
    SHIPPED,
    ArtefactError,
    digest,
    load_card,
    save,
    shipped,
)
from models.store import load as load_coder
from models.training import train
from pipeline.train import example, provenance

CODEBOOK = load()


@pytest.fixture(scope="module")
def small():
    some = [w for w in load_written() if w.report.id.endswith(("-003", "-004"))]
    splits = load_splits()
    made = [example(w, CODEBOOK) for w in some]
    known = [e for e in made if splits[e.writer] == "train"]
    others = [e for e in made if splits[e.writer] == "calibration"]
    return known, others


def test_the_same_training_gives_the_same_bytes_and_comes_back_the_same(small, tmp_path):
    digests = []
    for name, jobs in (("a", 1), ("b", 2)):
        coder = train(small[0], small[1], CODEBOOK, lambda _: None, jobs).coder
        save(coder, tmp_path / name, {"note": "small"})
        digests.append(digest(tmp_path / name))
    assert digests[0] == digests[1] == load_card(tmp_path / "a")["sha256"]
    back = load_coder(tmp_path / "a")
    for e in small[1]:
        ours = coder.opinions(e.case, e.codings, CODEBOOK)
        theirs = back.opinions(e.case, e.codings, CODEBOOK)
        assert ours.keys() == theirs.keys()
        for cell, opinion in ours.items():
            assert theirs[cell].value == opinion.value
            assert theirs[cell].score == pytest.approx(opinion.score, abs=1e-3)


@pytest.mark.slow
def test_features_come_in_the_same_order_in_every_process():
    told = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", _FEATURES],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=SHIPPED.parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        told.add(done.stdout)
    assert len(told) == 1 and len(told.pop()) > 1000


# The order of features is the order in which a fit adds them up, so it must not be a set's.
_FEATURES = """
from annotations.codebook import load
from models.case import named
from models.coder import group_of
from models.partner_features import mention_features, whole_of
from models.sentences import sentences
from models.statement_features import statement_features
from pipeline.train import example
from corpus.written import load_written
book = load()
partner = book.variable("partner")
for written in load_written()[:3]:
    e = example(written, book)
    for m in named(e.case.mentions):
        print(list(mention_features(m, e.case, whole_of(e.case), group_of(m, partner))))
    for sentence in sentences(e.case):
        print(list(sentence.features))
    for v in book.variables:
        if v.id != "partner":
            print(list(statement_features(v.id, e.case, e.codings, {})))
"""


def test_a_writer_may_not_be_in_training_and_calibration(small):
    with pytest.raises(ValueError, match="s0"):
        train(small[0], small[0], CODEBOOK, lambda _: None)


def test_a_damaged_coder_is_told(tmp_path):
    with pytest.raises(ArtefactError, match="run samverkan train"):
        load_coder(tmp_path)
    for file in (ARRAYS, PARTS):
        (tmp_path / file).write_bytes((SHIPPED / file).read_bytes())
    assert load_coder(tmp_path)
    (tmp_path / ARRAYS).write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(ArtefactError):
        load_coder(tmp_path)
    (tmp_path / PARTS).write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(ArtefactError, match="format 99"):
        load_coder(tmp_path)


def test_the_shipped_coder_was_trained_on_what_is_here():
    card = load_card(SHIPPED)
    assert {name: card[name] for name in provenance(CODEBOOK)} == provenance(CODEBOOK)
    assert card["sha256"] == digest(SHIPPED)
    assert shipped() is not None


def test_the_shipped_coder_keeps_its_promise_on_writers_it_has_not_seen():
    test = load_card(SHIPPED)["figures"]["test"]
    assert test["automatic_error"][0] < 0.015
    assert test["micro_f1"][0] > 0.9


def test_models_are_listed_and_shown():
    listed = CliRunner().invoke(app, ["models", "list"])
    assert listed.exit_code == 0 and listed.stdout.startswith("coder  ")
    assert "micro_f1 0." in listed.stdout
    shown = CliRunner().invoke(app, ["models", "show", "coder"])
    assert shown.exit_code == 0 and '"writers"' in shown.stdout
    missing = CliRunner().invoke(app, ["models", "show", "nosuch"])
    assert missing.exit_code == 2 and "no model card" in missing.stderr
