"""The whole way with PostgreSQL as the database of decisions: run, decide, run again, Excel."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent, Saved
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Item, Kind, Source, State
from pipeline.review.labels import UNDECIDABLE
from tests.review.workbook.made_up import fill_in

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

ROUND = "2022"
FORM = """Redovisning av utvecklingsmedel till lokal samverkan för kvinnofrid
Länsstyrelse: {county}
Sökande kommun: {municipality}
Projektets namn: {name}

1. Redovisningen avser
[x] En slutredovisning av samverkansprojektet
[] En delredovisning av samverkansprojektet

2. Målet med samverkansinsatsen
a) Beskriv kort målet/målen med insatsen för att utveckla lokal samverkan
Alla som utsätts för våld ska få stöd samma vecka.

b) Beskriv därefter de insatser som genomförts, varje insats för sig
Vi har hållit tolv möten och skrivit en rutin.

4. Vilka aktörer involveras i insatsen?
[x] Rättsväsendet Ange vilket/vilka områden och hur de involverats (ex, polis, domstol):
{police}
[] Kyrkor och samfund Ange vilka och hur de involverats:
"""
REPORTS = {
    "Sandhem": FORM.format(
        county="Jönköping", municipality="Vaggeryd", name="Sandhem mot våld",
        police="Polisen har suttit med i styrgruppen hela tiden.",
    ),
    "Norrvik": FORM.format(
        county="Norrbotten", municipality="Piteå", name="Norrviks jour",
        police="Kommunpolisen kom till alla möten om rutinen.",
    ),
}  # fmt: skip


class House:
    """Two reports, their results, and one database server."""

    def __init__(self, folder: Path, url: str) -> None:
        self.inbox, self.results, self.url = folder / "inkorg", folder / "ut", url
        self.inbox.mkdir()
        for name, text in REPORTS.items():
            self.file(name).write_text(text, encoding="utf-8")
        self.run()
        self.database = Database(url)
        self.log, self.items = DecisionLog(self.database), Items(self.database)

    def file(self, name: str) -> Path:
        return self.inbox / f"{name}.txt"

    def call(self, *args: object, code: int = 0) -> str:
        done = CliRunner().invoke(cli.app, [*map(str, args), "--decisions", self.url])
        assert done.exit_code == code, done.output
        return str(done.output)

    def run(self) -> dict[str, Any]:
        told = self.call("run", self.inbox, "--out", self.results, "--round", ROUND, "--json")
        return dict(json.loads(told[told.rindex("\n{") if "\n{" in told else 0 :]))

    def status(self) -> dict[str, Any]:
        return dict(json.loads(self.call("review", "status", self.results, "--json")))

    def all(self, document: str) -> list[Item]:
        found = self.items.page(Filter(ROUND, States.ALL), Order.QUEUE, 0, None)
        return [one for one in found if one.proposal.document == f"{document}.txt"]

    def one(self, item: Item) -> Item:
        found = self.items.get(item.id)
        assert found is not None
        return found

    def decide(self, item: Item, choice: str) -> None:
        what = item.proposal
        new = NewEvent(
            item.id, Kind.DECIDE, "Ada", Source.WEB, f"t{item.id}", choice,
            proposal=what.choice, basis=what.basis,
        )  # fmt: skip
        assert isinstance(self.log.append(new, item.seq), Saved)

    def coding(self, item: Item) -> dict[str, str]:
        what = item.proposal
        with (self.results / "kodningar.csv").open(encoding="utf-8", newline="") as file:
            (row,) = [
                row
                for row in csv.DictReader(file)
                if (row["projekt"], row["variabel"], row["kategori"]) == what.key
            ]
        return row


@pytest.fixture
def house(tmp_path, postgres_url):
    made = House(tmp_path, postgres_url)
    yield made
    made.database.close()


def _police(house: House, document: str) -> Item:
    """Return what a report says of the police, from words of its text."""
    (found,) = [one for one in house.all(document) if one.proposal.category == "polis"]
    assert found.proposal.start is not None
    return found


def test_decisions_stand_until_their_text_changes(house):
    assert not (house.results / "arbetsyta" / "granskning.sqlite").exists()
    sand, north = _police(house, "Sandhem"), _police(house, "Norrvik")
    house.decide(sand, "nej")
    house.decide(north, "nej")
    before = house.status()
    assert before["beslutade"] == 2 and before["att_granska"] > 0

    house.run()
    for item in (sand, north):
        assert (house.one(item).state, house.one(item).choice) == (State.DECIDED, "nej")
        said = house.coding(item)
        assert (said["varde"], said["kalla"]) == ("0", "granskare")
    assert house.status()["beslutade"] == 2

    text = REPORTS["Sandhem"].replace("suttit med", "bjudits in till men aldrig kommit till")
    house.file("Sandhem").write_text(text, encoding="utf-8")
    house.run()
    changed, same = house.one(sand), house.one(north)
    assert (changed.state, same.state) == (State.REOPENED, State.DECIDED)
    told = house.log.events(sand.id)[-1]
    assert (told.kind, told.source) == (Kind.REOPEN, Source.RUN)
    assert told.comment.startswith("Texten som beslutet vilade på har ändrats sedan")
    assert house.status()["beslutade"] == 1
    assert house.log.rebuild() == 0


def test_the_workbook_goes_out_and_comes_back(house):
    book = house.results / "granskning.xlsx"
    house.call("review", "export", house.results, "--all")
    fill_in(book, (0, UNDECIDABLE, ""), (1, "", "ring"), (2, UNDECIDABLE, "saknas"))
    there = ("review", "import", house.results, book, "--as", "Bo")
    assert "2 oavgjort" in house.call(*there)
    assert house.status()["beslutade"] == 0
    assert "3 beslut och kommentarer inlästa." in house.call(*there, "--apply")
    assert house.status()["beslutade"] == 2
    assert "Inget nytt att läsa in." in house.call(*there, "--apply")
    house.log.undo("Bo", "z" * 32, Source.WEB)
    assert house.status()["beslutade"] == 0
    assert house.log.rebuild() == 0
