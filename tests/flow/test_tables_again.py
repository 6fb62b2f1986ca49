"""`samverkan tables`: the same results as another run, without reading a single document."""

from __future__ import annotations

import csv
import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind, Source
from cli import app
from corpus.samples import sample_inbox
from pipeline.engine.processes import Limits
from pipeline.flow import Options, run
from pipeline.progress import Quiet
from pipeline.review.publish import FILE_NAME
from pipeline.snapshot import FILE_NAME as SNAPSHOT
from pipeline.snapshot import SnapshotError, restore, save
from pipeline.tables.types import Round
from tests.tables.made_up import big_round
from tests.tables.test_own import COURSES

ROUND = "2011"
INBOX = ("Hudiksvall_2022.txt", "Kiruna slutredovisning.pdf", "Kiruna delredovisning 2010.docx")
OWN = {"granskning.xlsx", "sammanstallning.xlsx", "arbetsyta"}


def go(folder: Path, **changes):
    options = {
        "inbox": folder / "inkorg",
        "out": folder / "ut",
        "workspace": folder / "ut" / "arbetsyta",
        "manifest": None,
        "figures": None,
        "round_name": ROUND,
        "jobs": 2,
        "limits": Limits(60, 600),
    }
    return run(Options(**(options | changes)), Quiet())


def tables(*arguments):
    return CliRunner().invoke(app, ["tables", *map(str, arguments)])


def contents(out: Path) -> dict[str, bytes]:
    """Every file of the results but workbooks (which hold the time) and the workspace."""
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and p.relative_to(out).parts[0] not in OWN
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forsta")
    (folder / "inkorg").mkdir()
    for name in INBOX:
        shutil.copy(sample_inbox() / name, folder / "inkorg" / name)
    go(folder)
    return folder


@pytest.fixture
def here(first, tmp_path):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path


def decide(folder, variable, category, choice, kind=Kind.DECIDE):
    database = Database(folder / "ut" / "arbetsyta" / FILE_NAME)
    try:
        every = Items(database).page(Filter(ROUND, States.ALL), Order.QUEUE, 0, None)
        for item in every:
            if (item.proposal.variable, item.proposal.category) == (variable, category):
                token = f"{kind}{item.id}"
                new = NewEvent(item.id, kind, "bo", Source.WEB, token, choice)
                DecisionLog(database).append(new, item.seq)
    finally:
        database.close()


def test_nothing_changes_where_nothing_was_decided(here):
    before = contents(here / "ut")
    done = tables(here / "ut")
    assert done.exit_code == 0, done.output
    assert "Inga siffror ändrades." in done.stdout
    assert contents(here / "ut") == before


def test_decisions_count_as_in_another_run(here, tmp_path_factory):
    decide(here, "partner", "kyrka", "aktiv")
    decide(here, "maluppfyllelse", "", "ej")
    decide(here, "malgrupp", "barn", "nej")
    other = tmp_path_factory.mktemp("andra")
    shutil.copytree(here, other, dirs_exist_ok=True)
    go(other)  # what a run makes of the same decisions
    workbook = (here / "ut" / "granskning.xlsx").read_bytes()
    done = tables(here / "ut")
    assert done.exit_code == 0, done.output
    assert "Målen inte uppnådda, Antal projekt: 0 → 2 (+2)" in done.stdout
    assert "Granskare har avgjort 6 frågor" in done.stdout
    assert contents(here / "ut") == contents(other / "ut")
    assert (here / "ut" / "granskning.xlsx").read_bytes() == workbook


def test_figures_that_change_are_told_where_no_arrow_can_be_written(here):
    decide(here, "maluppfyllelse", "", "ej")
    done = CliRunner(charset="cp1252").invoke(app, ["tables", str(here / "ut")])
    assert done.exit_code == 0, done.output
    assert "Målen inte uppnådda, Antal projekt: 0 ? 2 (+2)" in done.stdout


def test_a_decision_taken_back_gives_the_machines_word_again(here):
    before = contents(here / "ut")
    decide(here, "maluppfyllelse", "", "ej")
    assert tables(here / "ut").exit_code == 0
    assert contents(here / "ut") != before
    decide(here, "maluppfyllelse", "", "", Kind.REOPEN)
    assert tables(here / "ut").exit_code == 0
    after = contents(here / "ut")
    assert after["kodningar.csv"] == before["kodningar.csv"]
    assert after["tabeller/tabell5.csv"] == before["tabeller/tabell5.csv"]


def test_other_tables_elsewhere_leave_the_results_as_they_are(here):
    before = contents(here / "ut")
    own = here / "egna"
    own.mkdir()
    (own / "kurser.yaml").write_text(COURSES, encoding="utf-8")
    done = tables(here / "ut", "--tables", own, "--out", here / "ut2", "--round", "Kurser 2011")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        f"1 tabell räknad om ur 2 projekt i {here / 'ut2'}",
        "Där stod inga tabeller av samma slag att jämföra med.",
    ]
    assert contents(here / "ut") == before
    assert [p.name for p in (here / "ut2" / "tabeller").glob("tabell*")] == ["tabell1.csv"]
    with (here / "ut2" / "tabeller" / "innehall.csv").open(encoding="utf-8") as file:
        assert [r["omgang"] for r in csv.DictReader(file)] == ["Kurser 2011"]


def test_a_run_with_its_own_tables_is_counted_again_with_them(here):
    own = here / "egna"
    own.mkdir()
    (own / "kurser.yaml").write_text(COURSES, encoding="utf-8")
    go(here, tables=own)
    before = contents(here / "ut")
    assert [n for n in before if n.startswith("tabeller/tabell")] == ["tabeller/tabell1.csv"]
    assert tables(here / "ut").exit_code == 0
    assert contents(here / "ut") == before


def test_rounds_are_set_side_by_side_by_run_and_by_tables(here):
    shutil.copytree(here / "ut", here / "forra")
    decide(here, "malgrupp", "barn", "nej")
    go(here, compare=(str(here / "forra"), "2011_39"))
    of_run = contents(here / "ut")
    assert "tabeller/jamforelse.csv" in of_run
    done = tables(here / "ut", "--compare", here / "forra", "--compare", "2011_39")
    assert done.exit_code == 0, done.output
    assert "Jämfört med 2008–2010" in done.stdout
    assert contents(here / "ut") == of_run


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--compare", "2099"), "2099 finns inte"),
        (("--decisions", "borta.sqlite"), "borta.sqlite"),
        (("--out", "/dev/null/ut"), "Det går inte att skriva i mappen"),
        (("--workspace", "annanstans"), "här har ingen körning gjorts"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(here, arguments, told):
    before = contents(here / "ut")
    done = tables(here / "ut", *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert contents(here / "ut") == before


@pytest.mark.parametrize("name", ["borta", "inkorg", "inkorg/Hudiksvall_2022.txt"])
def test_a_folder_that_no_run_wrote_is_told_and_left_alone(here, name):
    before = sorted(here.rglob("*"))
    done = tables(here / name)
    assert done.exit_code == 2
    assert "är ingen mapp som samverkan run har skrivit till" in done.stderr
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize("damage", [b"", b"samverkan omgang 1\n", b"samverkan omgang 1\n\0\0\0"])
def test_a_damaged_snapshot_asks_for_another_run(here, damage):
    (here / "ut" / "arbetsyta" / SNAPSHOT).write_bytes(damage)
    done = tables(here / "ut")
    assert done.exit_code == 2
    assert "samverkan run" in done.stderr


def test_a_snapshot_cut_off_anywhere_is_refused(tmp_path):
    save(big_round(3), None, tmp_path)
    whole = (tmp_path / SNAPSHOT).read_bytes()
    for length in range(0, len(whole), 997):
        (tmp_path / SNAPSHOT).write_bytes(whole[:length])
        with pytest.raises(SnapshotError):
            restore(tmp_path, {})


# What comes from the results, the database or the command line instead.
ELSEWHERE = {"texts", "pages", "decided", "reopened", "audits", "earlier", "rulings", "effort"}


def test_a_snapshot_keeps_everything_that_comes_from_nowhere_else(tmp_path):
    round = big_round(1200)
    save(round, tmp_path, tmp_path)
    again, own = restore(tmp_path, round.texts)
    assert own == tmp_path.resolve()
    kept = {f.name for f in fields(Round)} - ELSEWHERE
    assert kept == {
        "name",
        "documents",
        "projects",
        "codings",
        "previous",
        "figures",
        "remarks",
        "ticks",
        "repairs",
        "boxes",
        "flow",
    }, "a new field of Round: keep it in pipeline/snapshot.py or say here where it comes from"
    for name in kept - {"boxes"}:
        assert getattr(again, name) == getattr(round, name), name
    assert again == replace(round, boxes=again.boxes)
