"""A report that lost its å, ä and ö comes out as the sound one does, flagged and with a log."""

from __future__ import annotations

import csv

import pytest

from bench.damage import damage
from corpus.samples import sample_inbox
from pipeline.engine.processes import Limits
from pipeline.flow import Options, run
from pipeline.progress import Quiet

SAMPLE = "Hudiksvall_2022.txt"


def go(folder, text):
    inbox, out = folder / "inkorg", folder / "ut"
    inbox.mkdir(exist_ok=True)
    (inbox / SAMPLE).write_text(text, encoding="utf-8")
    run(Options(inbox, out, out / "arbetsyta", None, None, "prov", 1, Limits(60, 900)), Quiet())
    return out


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sound_and_damaged(tmp_path_factory):
    text = (sample_inbox() / SAMPLE).read_text(encoding="utf-8")
    sound = go(tmp_path_factory.mktemp("hel"), text)
    return sound, go(tmp_path_factory.mktemp("skadad"), damage(text, SAMPLE))


def test_the_codings_are_the_same_and_a_person_is_asked(sound_and_damaged):
    sound, hurt = (rows(out / "kodningar.csv") for out in sound_and_damaged)
    assert [(r["kategori"], r["varde"]) for r in hurt] == [
        (r["kategori"], r["varde"]) for r in sound
    ]
    quoted = [r for r in hurt if r["citat"]]
    assert len(quoted) > 5
    assert all("Skadad text" in r["skal"] and r["status"] == "granska" for r in quoted)


def test_quotes_and_log_are_of_the_original(sound_and_damaged):
    out = sound_and_damaged[1]
    text = (out / "text" / f"{SAMPLE}.txt").read_text(encoding="utf-8")
    for row in rows(out / "kodningar.csv"):
        if row["citat"]:
            assert row["citat"] == text[int(row["start"]) : int(row["slut"])]
    log = rows(out / "lagningar.csv")
    assert len(log) > 20
    assert all(text[int(r["start"]) : int(r["slut"])] == r["original"] for r in log)
    (told,) = [r for r in rows(out / "avvikelser.csv") if r["var"] == SAMPLE]
    assert str(len(log)) in told["funnet"]


def test_a_sound_round_has_no_log_and_takes_away_an_old_one(sound_and_damaged, tmp_path):
    assert not (sound_and_damaged[0] / "lagningar.csv").exists()
    text = (sample_inbox() / SAMPLE).read_text(encoding="utf-8")
    out = go(tmp_path, damage(text, SAMPLE))
    assert (out / "lagningar.csv").exists()
    go(tmp_path, text)
    assert not (out / "lagningar.csv").exists()
