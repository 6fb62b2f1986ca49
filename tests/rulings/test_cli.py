"""`samverkan rulings …`, and the whole way: a ruling made, cited, run again, printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent
from annotations.decisions.filters import Filter, Order
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Item, Kind, Source
from cli import app
from pipeline.review.publish import FILE_NAME

GIVEN = (
    "--question",
    "Är badhuset en part?",
    "--ruling",
    "Badhus som håller kurs är aktiva",
    "--reason",
    "De gör en del av arbetet",
)
LETTER = (
    "Hörby kommun\nRedovisning av projektet Trygg hemma\n\n"
    "Polisen har suttit med i gruppen varje månad. Kvinnojouren höll två av träffarna. "
    "Vi har tagit fram en gemensam rutin. Projektet avslutades i juni 2010. Målen är nådda.\n"
)


def call(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["rulings", *arguments], catch_exceptions=False)


def run(folder: Path) -> Path:
    inbox, out = folder / "inkorg", folder / "ut"
    inbox.mkdir(exist_ok=True)
    (inbox / "brev.txt").write_text(LETTER, encoding="utf-8")
    command = ["run", str(inbox), "--out", str(out), "--round", "2010", "--audit", "1", "-q"]
    done = CliRunner().invoke(app, [*command, "--jobs", "1"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("tolkat"))


@pytest.fixture
def results(ready: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(ready.parent, tmp_path / "mapp")) / "ut"


def cite(results: Path, comment: str) -> Item:
    """Decide the first question of the queue."""
    database = Database(results / "arbetsyta" / FILE_NAME)
    (item,) = Items(database).page(Filter("2010"), Order.QUEUE, 0, 1)
    choice = item.proposal.choice
    new = NewEvent(item.id, Kind.DECIDE, "Ada", Source.WEB, "t1", choice, comment)
    new = NewEvent(**{n: getattr(new, n) for n in new.__slots__} | {"basis": item.proposal.basis})
    DecisionLog(database).append(new, item.seq)
    database.close()
    return item


def test_without_results_the_general_ones_are_listed() -> None:
    listed = call("list")
    assert listed.exit_code == 0 and "P2   Vilken roll har den som lyssnar?" in listed.output
    assert {r["general"] for r in json.loads(call("list", "--json").output)} == {True}


def test_add_show_replace_withdraw(results: Path) -> None:
    out = str(results)
    assert "R1 är tillagd" in call("add", out, *GIVEN, "--applies", "partner.skola").output
    made = call(
        "add", out, *GIVEN, "--applies", "tabell5.pagar", "--replaces", "R1", "--as", "Samordnaren",
        "--json",
    )  # fmt: skip
    (second,) = json.loads(made.output)
    assert (second["mark"], second["who"], second["replaces"]) == ("R2", "Samordnaren", "R1")
    shown = call("show", out, "R2").output
    assert "Av        Samordnaren, " in shown and "Gäller    Tabell 5: Projektet pågår" in shown
    assert "R1" not in call("list", out).output
    assert "(återkallad)" in call("list", out, "--all").output
    assert call("withdraw", out, "R2", "--reason", "Fel").exit_code == 0
    assert "Återkallad" in call("show", out, "R2").output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "UT", *GIVEN, "--applies", "partner.badhus"), "partner.badhus"),
        (("add", "UT", *GIVEN, "--applies", "partner", "--case", "Ingen"), "inget projekt Ingen"),
        (("add", "UT", *GIVEN, "--applies", "partner", "--replaces", "R9"), "ingen tolkning R9"),
        (("withdraw", "UT", "R9", "--reason", "Fel"), "ingen tolkning R9"),
        (("withdraw", "UT", "P1", "--reason", " "), "Skriv varför"),
        (("show", "UT", "R9"), "ingen tolkning R9"),
        (("list", "UT/finns-inte"), "samverkan run"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(
    results: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = call("list", str(results), "--all", "--json").output
    done = call(*(a.replace("UT", str(results)) for a in arguments))
    assert done.exit_code == 2 and says in done.output
    assert call("list", str(results), "--all", "--json").output == before


@pytest.mark.slow
def test_a_ruling_goes_all_the_way_to_the_tables(results: Path) -> None:
    call("add", str(results), *GIVEN, "--applies", "partner.skola", "--as", "Samordnaren")
    item = cite(results, "Enligt R1.")
    run(results.parent)
    (told,) = json.loads(call("show", str(results), "R1", "--json").output)
    assert [case["project"] for case in told["cases"]] == [item.proposal.project]
    line = next(
        line
        for line in (results / "tolkningar.csv").read_text(encoding="utf-8").splitlines()
        if line.startswith("R1,")
    )
    number = line.split(",")[1]
    assert item.proposal.project in line and number.isdecimal()
    note = "Badhus som håller kurs är aktiva. Skäl: De gör en del av arbetet. (R1, Samordnaren, "
    page = (results / "rapport.html").read_text(encoding="utf-8")
    assert note in page and 'id="tolkningsfall"' in page
    case = page.split('id="tolkningsfall"')[1].split("</table>")[0]
    assert f">{item.proposal.project}</a>" in case
    assert "Ada" not in case  # whose decision it was is nothing for readers
    book = openpyxl.load_workbook(results / "sammanstallning.xlsx")
    table = book["Tabell 3"]
    notes = [str(row[0].value) for row in table.iter_rows(min_col=1, max_col=1) if row[0].value]
    assert any(n.startswith(f"{number}. {note}") for n in notes)
    head = [c.value for c in table[4]]
    marked = {row[0].value: row[head.index("Noter")].value for row in table.iter_rows(min_row=5)}
    assert number in str(marked["Skola och förskola"]).split(", ")
    register = {row[1].value: row for row in book["Tolkningar"].iter_rows(min_row=5)}
    assert register["R1"][9].value == item.proposal.project
    # Taken back: no note any more, and the decision is to be looked at.
    call("withdraw", str(results), "R1", "--reason", "Fel")
    run(results.parent)
    assert note not in (results / "rapport.html").read_text(encoding="utf-8")
    assert "hänvisar till tolkning R1" in (results / "avvikelser.csv").read_text(encoding="utf-8")
