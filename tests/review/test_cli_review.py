"""`samverkan review …` as people type it: what it says, what it changes, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

import cli
from annotations.codebook import load
from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind, Source, State
from pipeline.review.web.access.people import People
from pipeline.review.web.access.reviewer import Role
from pipeline.review.workbook.columns import COLUMNS, DECISION, HEADER_ROW
from tests.review.workbook.made_up import fill_in, publish

ROUND = "2010"
AT = {name: column for column, name in enumerate(COLUMNS, start=1)}
PASSWORD = "tre röda lyktor vid bron"


class Office:
    """Results of a run with twenty items to decide, and a terminal."""

    def __init__(self, folder: Path) -> None:
        self.results = folder / "ut"
        self.book = self.results / "granskning.xlsx"
        self.database = Database(self.results / "arbetsyta" / "granskning.sqlite")
        self.publish(ROUND)

    def publish(self, round: str) -> None:
        publish(Items(self.database), 20, round)

    def review(self, *args: object, typed: str = "") -> Any:
        return CliRunner().invoke(cli.app, ["review", *map(str, args)], input=typed)

    def write(self, *cells: tuple[int, str, str]) -> None:
        """Export, then write (row of the list from 0, decision, comment)."""
        assert self.review("export", self.results).exit_code == 0
        fill_in(self.book, *cells)

    def take_in(self, *args: object) -> Any:
        return self.review("import", self.results, self.book, "--as", "Ada", *args)

    def waiting(self) -> tuple[Any, ...]:
        return Items(self.database).page(Filter(ROUND, States.ALL), Order.QUEUE, 0, None)

    def decided(self) -> dict[int, str]:
        """Place in the list → what was decided there."""
        return {n: one.choice for n, one in enumerate(self.waiting()) if one.state is State.DECIDED}

    def decide(self, place: int, choice: str, reviewer: str) -> None:
        id = self.waiting()[place].id
        log = DecisionLog(self.database)
        new = NewEvent(id, Kind.DECIDE, reviewer, Source.WEB, f"{reviewer}{id}", choice)
        log.append(new, log.head(id).seq)

    def events(self) -> int:
        log = DecisionLog(self.database)
        return sum(len(log.events(one.id)) for one in self.waiting())


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.database.close()


def test_nothing_changes_before_apply(office):
    office.write((0, "Nej", ""), (1, "Ja", ""), (2, "", "ring dem"))
    shown = office.take_in()
    assert shown.exit_code == 0
    assert "Skulle läsas in: 2 beslut, 1 kommentar." in shown.stdout
    assert "Läs in med --apply" in shown.stdout
    assert office.events() == 0
    done = office.take_in("--apply")
    assert (done.exit_code, office.decided()) == (0, {0: "nej", 1: "ja"})
    assert "3 beslut och kommentarer inlästa." in done.stdout


def test_the_same_file_twice_is_nothing_new(office):
    office.write((0, "Nej", "fel kommun"), (1, "Går ej att avgöra", ""))
    office.take_in("--apply")
    before = office.events()
    again = office.take_in("--apply")
    assert (again.exit_code, office.events()) == (0, before)
    assert "Redan inlästa eller beslutade likadant: 2" in again.stdout
    assert "Inget nytt att läsa in." in again.stdout


def test_a_decision_made_meanwhile_is_told_by_its_row(office):
    office.write((0, "Nej", "se s. 2"), (1, "Nej", ""))
    office.decide(0, "ja", "Bo")
    refused = office.take_in("--apply")
    assert (refused.exit_code, office.decided()) == (4, {0: "ja"})
    assert f"rad {HEADER_ROW + 1}: krock. Bo har under tiden beslutat ”Ja”" in refused.stderr
    kept = office.take_in("--apply", "--keep-web")
    assert (kept.exit_code, office.decided()) == (0, {0: "ja", 1: "nej"})
    (_, mine) = DecisionLog(office.database).events(office.waiting()[0].id)
    assert (mine.kind, mine.comment, mine.reviewer) == (Kind.COMMENT, "se s. 2", "Ada")


def test_a_faulty_row_stops_the_whole_file(office):
    office.write((0, "Nej", ""), (1, "Kanske", ""))
    for how in ([], ["--apply"], ["--apply", "--keep-web"]):
        refused = office.take_in(*how)
        assert refused.exit_code == 4
        assert f"rad {HEADER_ROW + 2}: ogiltigt svar." in refused.stderr
        assert "Inget är ändrat." in refused.stderr
        assert office.events() == 0


def test_a_file_that_is_no_workbook_is_told_plainly(office):
    office.book.write_text("Projekt;Beslut\n")
    refused = office.take_in("--apply")
    assert refused.exit_code == 2
    assert "ingen arbetsbok" in refused.stderr and "Traceback" not in refused.output


COMMANDS = [["export"], ["status"], ["serve"], ["agreement"], ["import", __file__]]


def _in(results: Path, command: list[str]) -> list[object]:
    return [command[0], results, *command[1:]]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_a_folder_without_results_is_told_plainly(office, tmp_path, command):
    refused = office.review(*_in(tmp_path / "fel", command))
    assert refused.exit_code == 2
    assert "samverkan run" in refused.stderr and "Traceback" not in refused.output
    assert not (tmp_path / "fel").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_an_unknown_round_is_answered_with_those_there_are(office, command):
    refused = office.review(*_in(office.results, command), "--round", "1998")
    assert refused.exit_code == 2
    assert f'Välj omgång med --round: "{ROUND}"' in refused.stderr


def test_which_of_several_rounds_must_be_said(office):
    office.publish("2011")
    assert office.review("status", office.results).exit_code == 2
    told = office.review("status", office.results, "--round", "2011")
    assert (told.exit_code, told.stdout) == (0, "0 beslutade, 20 att granska.\n")


def test_status_counts(office):
    office.decide(0, "ja", "Bo")
    told = office.review("status", office.results, "--json")
    assert json.loads(told.stdout) == {
        "omgang": ROUND, "att_granska": 19, "beslutade": 1, "tvister": 0,
    }  # fmt: skip


def test_agreement_is_told_in_words(office):
    first, second = office.waiting()[:2]
    office.decide(0, first.proposal.choice, "Bo")
    office.decide(1, "nej" if second.proposal.choice == "ja" else "ja", "Bo")
    told = office.review("agreement", office.results)
    assert told.exit_code == 0
    assert "Granskare med varandra: inget att jämföra än." in told.stdout
    lines = [line.split() for line in told.stdout.splitlines() if line.startswith("  ")]
    assert lines[0][:5] == ["Allt", "2", "frågor", "lika", "50"]
    label = load().variable(first.proposal.variable).label
    assert lines[1][: len(label.split())] == label.split()
    counted = json.loads(office.review("agreement", office.results, "--json").stdout)
    assert [(one["items"], one["agreed"]) for one in counted["machine"][:1]] == [(2, 1)]
    assert counted["people"] == []


def test_export_follows_the_filter(office):
    office.decide(0, "ja", "Bo")
    to = office.results / "bok.xlsx"
    for how, rows in (([], 19), (["--all"], 20), (["--county", "Gotland"], 0)):
        told = office.review("export", office.results, "--to", to, *how)
        assert (told.exit_code, told.stdout) == (0, f"{rows} beslut i {to}\n")


def test_what_is_decided_stands_in_the_workbook_and_can_be_changed_there(office):
    office.decide(0, "ja", "Bo")
    office.review("export", office.results, "--all")
    book: Any = openpyxl.load_workbook(office.book)
    column = [book["Granska"].cell(HEADER_ROW + n, AT["Gäller nu"]).value for n in range(1, 21)]
    assert column == ["Ja (Bo)", *[None] * 19]
    book["Granska"].cell(HEADER_ROW + 1, AT[DECISION]).value = "Nej"
    book.save(office.book)
    assert office.take_in("--apply").exit_code == 0
    assert office.decided() == {0: "nej"}


def test_a_workbook_that_somebody_wrote_in_is_never_written_over(office):
    office.write((0, "Nej", ""))
    told = office.review("export", office.results)
    (aside,) = office.results.glob("granskning ifylld *.xlsx")
    assert told.exit_code == 0 and aside.name in told.stdout
    office.book.unlink()
    assert office.review("import", office.results, aside, "--apply").exit_code == 0
    assert office.decided() == {0: "nej"}
    for _ in range(2):  # One that nobody wrote in gives way.
        assert office.review("export", office.results).exit_code == 0
    assert sorted(office.results.glob("*.xlsx")) == [aside, office.book]


def test_what_cannot_be_read_is_put_aside_too(office):
    office.book.write_text("mina anteckningar")
    assert office.review("export", office.results).exit_code == 0
    (aside,) = office.results.glob("granskning ifylld *.xlsx")
    assert aside.read_text() == "mina anteckningar"


# --- People -----------------------------------------------------------------------------------


def _add(office: Office, name: str, password: str = PASSWORD, *more: object) -> Any:
    typed = f"{password}\n{password}\n"
    return office.review("users", "add", office.results, name, *more, typed=typed)


def test_people_are_added_listed_and_changed(office):
    assert _add(office, "Ada").exit_code == 0
    assert _add(office, "Bo Ek", PASSWORD, "--role", "analytiker").exit_code == 0
    people = People(office.database)
    assert people.check("Ada", PASSWORD) is Role.REVIEWER
    changed = office.review("users", "change", office.results, "Ada", "--role", "samordnare")
    assert changed.exit_code == 0
    assert office.review("users", "change", office.results, "Bo Ek", "--off").exit_code == 0
    listed = office.review("users", "list", office.results)
    assert listed.stdout == "Ada  samordnare\nBo Ek  analytiker  (avstängd)\n"
    assert people.check("Bo Ek", PASSWORD) is None
    new = "fyra blå båtar vid kajen"
    typed = f"{new}\n{new}\n"
    office.review("users", "change", office.results, "Ada", "--password", typed=typed)
    assert people.check("Ada", PASSWORD) is None
    assert people.check("Ada", new) is Role.COORDINATOR


def test_a_password_is_never_shown(office):
    assert PASSWORD not in _add(office, "Ada").output


@pytest.mark.parametrize(
    ("args", "typed", "says"),
    [
        (["add", "Ada"], "kort\nkort\n", "12"),
        (["add", "Bo"], f"{PASSWORD}\n{PASSWORD}\n", "Bo finns redan"),
        (["add", "a/b"], f"{PASSWORD}\n{PASSWORD}\n", "Namnet ska ha"),
        (["add", "Ada", "--role", "chef"], "", "granskare, analytiker, samordnare"),
        (["change", "Cilla", "--off"], "", "Cilla finns inte"),
        (["change", "Bo"], "", "--role"),
    ],
)
def test_what_cannot_be_is_told_plainly(office, args, typed, says):
    _add(office, "Bo")
    command, *rest = args
    refused = office.review("users", command, office.results, *rest, typed=typed)
    assert refused.exit_code == 2
    assert says in refused.stderr and "Traceback" not in refused.output
    assert [person.name for person in People(office.database).all()] == ["Bo"]


def test_people_are_not_added_where_there_are_no_results(office, tmp_path):
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    refused = office.review("users", "add", tmp_path / "fel", "Ada", typed=typed)
    assert refused.exit_code == 2
    assert not (tmp_path / "fel").exists()


# --- Help -------------------------------------------------------------------------------------

HELPED = [
    ["serve"], ["export"], ["import"], ["status"], ["agreement"],
    ["users", "add"], ["users", "change"], ["users", "list"],
]  # fmt: skip


@pytest.mark.parametrize("command", HELPED, ids=" ".join)
def test_help_shows_an_example(office, command):
    shown = office.review(*command, "--help")
    assert shown.exit_code == 0
    assert f"samverkan review {' '.join(command)} ut" in shown.stdout


def test_help_imports_nothing_heavy():
    code = (
        "import sys, cli\n"
        "heavy = {'sqlalchemy', 'alembic', 'starlette', 'uvicorn', 'spacy', 'sklearn', 'numpy',"
        " 'openpyxl', 'xlsxwriter', 'jinja2', 'argon2'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
