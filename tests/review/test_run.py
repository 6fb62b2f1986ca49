"""A run and the review database: what a person decided holds while its text does."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind, Source, State
from corpus.samples import sample_inbox
from pipeline.engine.processes import Limits
from pipeline.flow import Options, UseError, run
from pipeline.progress import Quiet
from pipeline.review.publish import FILE_NAME

ROUND = "prov"
TEXT = "Hudiksvall_2022.txt"
MEMBERS = ("tierp.zip", "Återrapportering Östersund.eml", "Kiruna slutredovisning.pdf")


def go(inbox: Path, out: Path, **changes):
    options = {
        "inbox": inbox,
        "out": out,
        "workspace": out / "arbetsyta",
        "manifest": None,
        "figures": None,
        "round_name": ROUND,
        "jobs": 2,
        "limits": Limits(60, 600),
    }
    return run(Options(**(options | changes)), Quiet())


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """An inbox and the results of one run over it."""
    folder = tmp_path_factory.mktemp("forsta")
    (folder / "inkorg").mkdir()
    for name in (TEXT, *MEMBERS):
        shutil.copy(sample_inbox() / name, folder / "inkorg" / name)
    go(folder / "inkorg", folder / "ut")
    return folder


@pytest.fixture
def here(first, tmp_path):
    """A copy of both, for one test to change."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def database(here):
    found = Database(here / "ut" / "arbetsyta" / FILE_NAME)
    yield found
    found.close()


def again(here, **changes):
    return go(here / "inkorg", here / "ut", **changes)


def listed(database, states=States.ALL):
    return Items(database).page(Filter(ROUND, states), Order.QUEUE, 0, None)


def item(database, document, variable, category=""):
    (found,) = [
        i
        for i in listed(database)
        if (i.proposal.variable, i.proposal.category) == (variable, category)
        and i.proposal.document == document
    ]
    return found


def decide(database, item, choice, kind=Kind.DECIDE):
    what = item.proposal
    event = NewEvent(
        item.id, kind, "ada", Source.WEB, f"t{item.id}-{item.seq}", choice, proposal=what.choice,
        basis=what.basis,
    )  # fmt: skip
    DecisionLog(database).append(event, item.seq)


def state(database, item):
    found = Items(database).get(item.id)
    assert found is not None
    return found.state


def rows(here, item):
    what = item.proposal
    with (here / "ut" / "kodningar.csv").open(encoding="utf-8", newline="") as file:
        return {
            r["kategori"]: r
            for r in csv.DictReader(file)
            if (r["projekt"], r["variabel"]) == (what.project, what.variable)
        }


def test_a_run_leaves_everything_a_reviewer_needs(first):
    database = Database(first / "ut" / "arbetsyta" / FILE_NAME)
    everything = listed(database)
    projects = {i.proposal.project for i in everything}
    assert len({i.id for i in everything}) == len(everything)
    assert len(projects) >= 4
    asked = [i for i in everything if i.rank is not None]
    flagged = [i for i in everything if not i.proposal.automatic]
    assert {i.id for i in flagged} <= {i.id for i in asked}
    assert all(i.audit == i.proposal.automatic for i in asked)
    items = Items(database)
    for one in everything:
        stored = items.document(ROUND, one.proposal.document)
        assert stored is not None or not one.proposal.document
        if stored is not None and one.proposal.start is not None:
            text = stored.document.text
            assert text[one.proposal.start : one.proposal.end] == one.proposal.quote
            assert one.proposal.answer_start <= one.proposal.start
            assert one.proposal.end <= one.proposal.answer_end
    database.close()


def test_documents_know_their_file_or_what_they_were_unpacked_from(first):
    database = Database(first / "ut" / "arbetsyta" / FILE_NAME)
    items = Items(database)
    names = {i.proposal.document for i in listed(database) if i.proposal.document}
    inbox = (first / "inkorg").resolve()
    for name in names:
        stored = items.document(ROUND, name)
        assert stored is not None and stored.submissions
        container = next((m for m in MEMBERS if name.startswith(f"{m}/")), None)
        expected = ("", str(inbox / container)) if container else (str(inbox / name), "")
        assert (stored.path, stored.container) == expected
    assert any("/" in name for name in names)
    database.close()


def test_a_run_without_decisions_changes_nothing_and_says_nothing(here, database):
    before, csv_before = listed(database), (here / "ut" / "kodningar.csv").read_bytes()
    summary = again(here)
    assert listed(database) == before
    assert (here / "ut" / "kodningar.csv").read_bytes() == csv_before
    assert (summary.decided, summary.reopened) == (0, 0)
    assert "Granskare" not in "\n".join(summary.lines())


def test_a_decision_holds_run_after_run(here, database):
    part, whole = (
        item(database, TEXT, "malgrupp", "kvinnor"),
        item(database, TEXT, "maluppfyllelse"),
    )
    other = "nej" if part.proposal.choice == "ja" else "ja"
    decide(database, part, other)
    decide(database, whole, "ej")
    for _ in range(2):
        summary = again(here)
        found = rows(here, part)["kvinnor"]
        assert (found["varde"], found["kalla"], found["status"], found["konfidens"]) == (
            "1" if other == "ja" else "0", "granskare", "granskad", "1.0000",
        )  # fmt: skip
        assert {k: r["varde"] for k, r in rows(here, whole).items() if r["varde"] == "1"} == {
            "ej": "1"
        }
        assert (summary.decided, summary.reopened) == (2, 0)
        # What the machine proposes is still the machine's own word.
        assert item(database, TEXT, "malgrupp", "kvinnor").proposal == part.proposal
    assert "Granskare har avgjort 2 frågor" in "\n".join(summary.lines())
    page = (here / "ut" / "rapport.html").read_text(encoding="utf-8")
    told = " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())
    assert "som har ställts till granskare är två avgjorda" in told
    assert "Arbetet har gjorts av en person" in told


def test_what_cannot_be_told_keeps_the_proposal_and_says_so(here, database):
    part = item(database, TEXT, "malgrupp", "kvinnor")
    before = rows(here, part)["kvinnor"]
    decide(database, part, "", Kind.UNDECIDABLE)
    again(here)
    after = rows(here, part)["kvinnor"]
    assert after == before | {"status": "granskad", "skal": "Granskaren: går ej att avgöra."}


def test_a_decision_whose_text_has_changed_is_reopened_and_does_not_count(here, database):
    whole = item(database, TEXT, "maluppfyllelse")
    elsewhere = next(
        i
        for i in listed(database)
        if i.proposal.document == "Kiruna slutredovisning.pdf" and i.proposal.start is not None
    )
    other = next(c for c in ("helt", "ej") if c != whole.proposal.choice)
    decide(database, whole, other)
    decide(database, elsewhere, elsewhere.proposal.choice)
    file = here / "inkorg" / TEXT
    text, quote = file.read_text(encoding="utf-8"), whole.proposal.quote
    assert quote in text
    file.write_text(text.replace(quote, f"{quote} Så är det."), encoding="utf-8", newline="")
    summary = again(here)
    assert (summary.decided, summary.reopened) == (1, 1)
    assert "1 fråga har öppnats igen" in "\n".join(summary.lines())
    assert rows(here, whole)[other]["kalla"] != "granskare"
    assert state(database, whole) is State.REOPENED
    assert "har ändrats" in DecisionLog(database).events(whole.id)[-1].comment
    assert state(database, elsewhere) is State.DECIDED
    # Asked once, not at every run.
    assert (again(here).reopened, len(DecisionLog(database).events(whole.id))) == (0, 2)


def test_a_run_that_could_read_nothing_leaves_the_items_alone(here, database):
    before = listed(database)
    shutil.rmtree(here / "inkorg")
    (here / "inkorg").mkdir()
    (here / "inkorg" / "tom.pdf").write_bytes(b"")
    again(here)
    assert listed(database) == before


def test_decisions_may_lie_elsewhere(here):
    elsewhere = here / "annan.sqlite"
    again(here, decisions=str(elsewhere))
    database = Database(elsewhere)
    assert listed(database)
    database.close()


def test_the_command_line_takes_the_address_from_the_environment(here):
    elsewhere = here / "annan.sqlite"
    arguments = ["run", here / "inkorg", "--out", here / "ut", "--round", ROUND, "--audit", "1"]
    done = subprocess.run(
        [sys.executable, "-c", "import cli; cli.app()", *map(str, arguments), "-q"],
        env=os.environ | {"SAMVERKAN_BESLUT": str(elsewhere)},
        check=False,
    )
    assert done.returncode == 0
    database = Database(elsewhere)
    assert all(i.rank is not None for i in listed(database))  # all of them audited
    database.close()


def test_a_damaged_database_stops_the_run_before_it_reads_and_is_never_thrown_away(here):
    file = here / "ut" / "arbetsyta" / FILE_NAME
    for beside in file.parent.glob(f"{FILE_NAME}-*"):
        beside.unlink()
    file.write_bytes(b"ingen databas" * 500)
    with pytest.raises(UseError, match="Granskningsdatabasen"):
        again(here)
    assert file.read_bytes() == b"ingen databas" * 500
