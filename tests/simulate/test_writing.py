"""The folder that `samverkan simulate` leaves, and what it refuses."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter

import pytest
from typer.testing import CliRunner

from annotations.tables import load_tables
from cli import app
from corpus.records import load_reports
from corpus.simulate.formats import FAMILIES, FormatError, families
from corpus.simulate.round import PURPOSE, Options, simulate
from pipeline.parse.manifest import read_manifest
from pipeline.tables.given import load_given
from tests.simulate.conftest import counties


def run(*arguments):
    return CliRunner().invoke(app, ["simulate", *map(str, arguments)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("simulated") / "round"
    done = run("--projects", 151, "--seed", 5, "--formats", "txt,eml", "--out", out, "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    return out


def contents(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_manifest_names_every_file(folder):
    manifest = read_manifest(folder / "manifest.csv")
    inbox = folder / "inkorg"
    files = {str(p.relative_to(inbox)) for p in inbox.rglob("*") if p.is_file()}
    assert {row.file for row in manifest.rows} == files
    projects = Counter(row.project for row in manifest.rows)
    assert len(projects) == 151
    assert 10 < sum(n == 2 for n in projects.values()) < 80
    assert {row.round for row in manifest.rows} == {"2008–2010"}


def test_the_gold_is_read_by_the_rounds_own_schema(folder):
    gold = list(load_reports(folder / "gold.jsonl"))
    assert len(gold) == 148
    assert sum(report.belopp or 0 for report in gold) == 20_170_607
    with (folder / "manifest.csv").open(encoding="utf-8") as table:
        places = {r["projekt"]: (r["lan"], r["kommun"]) for r in csv.DictReader(table)}
    assert all(places[r.id] == (r.lan, r.kommun) for r in gold)


def test_the_figures_are_those_a_run_takes(folder):
    figures, previous = load_given(folder / "siffror.yaml", load_tables().counties)
    assert figures.rekvirerat == 21_950_000
    assert previous is not None
    assert sum(previous.projects.values()) == 69


def test_the_readme_says_what_it_is_good_for(folder):
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert PURPOSE in text
    assert "151 projects" in text


def test_the_same_seed_gives_the_same_files(tmp_path):
    for name, seed in (("once", 5), ("again", 5), ("other", 6)):
        out = ("--out", tmp_path / name, "--quiet")
        run("--projects", 12, "--seed", seed, "--formats", "txt", *out)
    once, again, other = (contents(tmp_path / name) for name in ("once", "again", "other"))
    assert once == again
    assert once["gold.jsonl"] != other["gold.jsonl"]


def test_it_says_what_it_did(tmp_path):
    done = run("--projects", 2, "--formats", "txt", "--out", tmp_path / "r")
    assert "2 projects in " in done.output
    assert PURPOSE in done.output.replace("\n", " ")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "brev.txt").write_text("Hej", encoding="utf-8")
    for more in ((), ("--force",)):
        done = run("--projects", 2, "--formats", "txt", "--out", tmp_path, *more)
        assert done.exit_code == 2
        assert "Error" in done.output
    assert [p.name for p in tmp_path.iterdir()] == ["brev.txt"]


def test_force_writes_over_an_earlier_round_and_nothing_else(tmp_path):
    out = tmp_path / "r"
    run("--projects", 9, "--formats", "txt", "--out", out, "--quiet")
    (out / "mitt.txt").write_text("behåll", encoding="utf-8")
    assert run("--projects", 2, "--formats", "txt", "--out", out, "--quiet").exit_code == 2
    done = run("--projects", 2, "--formats", "txt", "--out", out, "--force", "--quiet")
    assert done.exit_code == 0
    assert (out / "mitt.txt").read_text(encoding="utf-8") == "behåll"
    assert len({row.project for row in read_manifest(out / "manifest.csv").rows}) == 2
    files = [p for p in (out / "inkorg").rglob("*") if p.is_file()]
    assert 2 <= len(files) <= 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--formats", "wordperfect"), "unknown format: wordperfect"),
        (("--round", "1999"), "known: 2011_39"),
        (("--corpus", "TOM"), "no written reports"),
    ],
)
def test_wrong_use_is_told_before_anything_is_written(tmp_path, arguments, told):
    empty = tmp_path / "tom"
    empty.mkdir()
    arguments = [str(empty) if a == "TOM" else a for a in arguments]
    done = run("--projects", 2, "--out", tmp_path / "r", *arguments)
    assert done.exit_code == 2
    assert told in done.output
    assert not (tmp_path / "r").exists()


def test_help_shows_examples():
    done = run("--help")
    assert "samverkan simulate --out" in done.output


def test_formats_have_everyday_names():
    assert families("docx, TXT,eml,txt") == ("docx", "text", "mail")
    with pytest.raises(FormatError, match="nothing"):
        families(" , ")


@pytest.mark.slow
@pytest.mark.fonts
def test_what_needs_no_office_is_written_in_every_family(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.simulate.formats.shutil.which", lambda name: None)
    written, left_out = simulate(Options(tmp_path / "r", projects=40), counties())
    assert "doc_glyph" in left_out
    assert {"docx", "pdf", "scan", "text", "mail", "odt", "rtf"} <= set(written.files)


@pytest.mark.slow
@pytest.mark.office
def test_every_family_of_formats_is_there(tmp_path):
    written, left_out = simulate(Options(tmp_path / "r"), counties())
    assert left_out == ()
    assert set(written.files) == set(FAMILIES)
    shares = {f: n / sum(written.files.values()) for f, n in written.files.items()}
    assert 0.3 < shares["docx"] < 0.5
    assert 0.2 < shares["pdf"] < 0.36
