"""The register of rulings: what is added stays, by whom and when, and which decisions cite it."""

from __future__ import annotations

import threading
from itertools import count

import pytest
from alembic import command
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from annotations.decisions.database import Database
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.migrations import upgrade
from annotations.decisions.register import Register, RulingError
from annotations.decisions.rulings import NewRuling, marks_in, pieces
from annotations.decisions.types import Kind, Source
from tests.decisions.samples import ROUND, Clock, decide, new, publish

_tokens = count(1)


def the_token() -> str:
    return f"klick{next(_tokens)}"


@pytest.fixture
def register(database: Database, clock: Clock) -> Register:
    return Register(database, clock)


def ruling(**fields: object) -> NewRuling:
    values: dict[str, object] = {
        "question": "Är simskolan en part?",
        "text": "En simskola som håller kurs är aktiv.",
        "reason": "Den gör en del av arbetet.",
        "applies": ("partner.ovrig_annan",),
        "reviewer": "Ada",
        "source": Source.WEB,
        "token": the_token(),
    }
    return NewRuling(**{**values, **fields})  # type: ignore[arg-type]


def withdraw(register: Register, mark: str, **fields: object) -> None:
    register.withdraw(
        ROUND,
        mark,
        str(fields.get("reason", "Den var fel.")),
        "Bo",
        Source.WEB,
        str(fields.get("token", the_token())),
        frozenset({"P1"}),
    )


def test_a_ruling_says_who_and_when(register: Register) -> None:
    mark = register.add(ROUND, ruling(projects=("Projekt 9",)))
    (found,) = register.rulings(ROUND)
    assert (mark, found.mark, found.who, found.at[:10]) == ("R1", "R1", "Ada", "2026-03-02")
    assert (found.applies, found.projects) == (("partner.ovrig_annan",), ("Projekt 9",))
    assert found.withdrawn is None and not found.general


def test_a_ruling_belongs_to_its_round_but_its_mark_to_all(register: Register) -> None:
    assert [register.add(r, ruling()) for r in (ROUND, "2026", ROUND)] == ["R1", "R2", "R3"]
    assert [r.mark for r in register.rulings(ROUND)] == ["R1", "R3"]
    with pytest.raises(RulingError, match="ingen tolkning R2"):
        withdraw(register, "R2")


def test_what_is_withdrawn_stays_with_who_and_why(register: Register) -> None:
    register.add(ROUND, ruling())
    withdraw(register, "R1")
    (found,) = register.rulings(ROUND)
    assert found.text == "En simskola som håller kurs är aktiv."
    assert found.withdrawn is not None
    assert (found.withdrawn.who, found.withdrawn.reason) == ("Bo", "Den var fel.")
    with pytest.raises(RulingError, match="redan återkallad"):
        withdraw(register, "R1")


def test_a_general_ruling_is_withdrawn_for_a_round_alone(register: Register) -> None:
    withdraw(register, "P1")
    assert set(register.withdrawals(ROUND)) == {"P1"}
    assert register.withdrawals("2026") == {}
    with pytest.raises(RulingError, match="ingen tolkning P999"):
        withdraw(register, "P999")


def test_a_ruling_in_place_of_another_takes_it_back(register: Register) -> None:
    register.add(ROUND, ruling())
    assert register.add(ROUND, ruling(replaces="R1")) == "R2"
    old, latest = register.rulings(ROUND)
    assert old.withdrawn is not None and old.withdrawn.by == "R2"
    assert latest.replaces == "R1"
    with pytest.raises(RulingError, match="redan återkallad"):
        register.add(ROUND, ruling(replaces="R1"))
    assert len(register.rulings(ROUND)) == 2  # nothing of the refused one


def test_the_same_click_is_one_ruling(register: Register) -> None:
    once = ruling()
    assert register.add(ROUND, once) == register.add(ROUND, once) == "R1"
    token = the_token()
    withdraw(register, "R1", token=token)
    withdraw(register, "R1", token=token)
    assert len(register.rulings(ROUND)) == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"question": "  "}, "Fråga, tolkning och skäl"),
        ({"reason": ""}, "Fråga, tolkning och skäl"),
        ({"text": "x" * 2001}, "högst 2000"),
        ({"applies": ()}, "Säg vad"),
        ({"projects": tuple(map(str, range(501)))}, "Högst 500"),
    ],
)
def test_a_ruling_that_says_too_little_or_too_much(
    register: Register, fields: dict[str, object], says: str
) -> None:
    with pytest.raises(RulingError, match=says):
        register.add(ROUND, ruling(**fields))
    assert register.rulings(ROUND) == ()


def test_text_that_no_engine_holds_is_cleaned(register: Register) -> None:
    register.add(ROUND, ruling(text="a\0b\ud800c", projects=("p\0",)))
    (found,) = register.rulings(ROUND)
    assert (found.text, found.projects) == ("ab?c", ("p",))


def test_many_at_once_get_a_mark_each(database: Database, url: str) -> None:
    databases = [Database(url) for _ in range(4)]
    marks: list[str] = []
    start = threading.Barrier(4)

    def work(own: Database) -> None:
        start.wait()
        marks.extend(Register(own).add(ROUND, ruling()) for _ in range(5))

    threads = [threading.Thread(target=work, args=(own,)) for own in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for own in databases:
        own.close()
    assert sorted(marks, key=lambda m: int(m[1:])) == [f"R{n}" for n in range(1, 21)]


def test_of_two_who_withdraw_one_is_refused(database: Database, url: str) -> None:
    Register(database).add(ROUND, ruling())
    databases = [Database(url) for _ in range(4)]
    told: list[str] = []
    start = threading.Barrier(4)

    def work(own: Database) -> None:
        start.wait()
        try:
            withdraw(Register(own), "R1")
            told.append("")
        except RulingError as error:
            told.append(str(error))

    threads = [threading.Thread(target=work, args=(own,)) for own in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for own in databases:
        own.close()
    assert sorted(told) == ["", *3 * ["Tolkningen R1 är redan återkallad."]]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ruling SET text = 'annat'", "DELETE FROM ruling", "UPDATE ruling SET reviewer = 'Bo'"],
)
def test_the_register_is_append_only(
    database: Database, register: Register, statement: str
) -> None:
    register.add(ROUND, ruling())
    with pytest.raises(DBAPIError, match="append-only"), database.write() as connection:
        connection.exec_driver_sql(statement)
    assert register.rulings(ROUND)[0].text == "En simskola som håller kurs är aktiv."


def test_a_database_of_the_former_version_keeps_its_log_and_its_guard(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(upgrade, "upgrade", _only_to_0001)
        patch.setattr(upgrade, "stand", _at_0001)
        patch.setattr("annotations.decisions.migrations.append_only.TABLES", ("event", "revealed"))
        old = Database(url)
        publish(Items(old), 1)
        decide(DecisionLog(old), 1)
        old.close()
    later = Database(url)
    assert len(DecisionLog(later).events(1)) == 1
    assert Register(later).add(ROUND, ruling()) == "R1"
    for table in ("event", "revealed", "ruling"):
        with later.read() as connection:
            names = _triggers(connection, table)
        assert len(names) == 2, table
    with pytest.raises(DBAPIError, match="append-only"), later.write() as connection:
        connection.exec_driver_sql("DELETE FROM event")
    later.close()


def _only_to_0001(connection: Connection) -> None:
    config = upgrade._config(upgrade.FOLDER)
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


def _at_0001(connection: Connection) -> upgrade.Stand:
    found = MigrationContext.configure(connection).get_current_revision()
    return upgrade.Stand.CURRENT if found == "0001" else upgrade.Stand.OLDER


def _triggers(connection: Connection, table: str) -> list[str]:
    query = (
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
        if connection.dialect.name == "sqlite"
        else f"SELECT tgname FROM pg_trigger WHERE tgrelid = '{table}'::regclass "
        "AND NOT tgisinternal"
    )
    return list(connection.exec_driver_sql(query).scalars())


# --- Which decisions cite a ruling --------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("Enligt R1.", ("R1",)),
        ("P11, R2 och R2", ("P11", "R2")),
        ("(R1)", ("R1",)),
        ("r1", ()),
        ("R12", ()),
        ("XR1", ()),
        ("R1a", ()),
        ("2.R1", ()),
        ("", ()),
    ],
)
def test_marks_in_a_comment(comment: str, found: tuple[str, ...]) -> None:
    known = {"R1", "R2", "P11"}
    assert marks_in(comment, known) == found
    assert "".join(text for text, _ in pieces(comment, known)) == comment
    assert {text for text, mark in pieces(comment, known) if mark} == set(found)


def cases(register: Register, mark: str = "R1") -> list[str]:
    found = register.cases(ROUND, {"R1", "R2"}).get(mark, ())
    return [case.project for case in found]


@pytest.fixture
def five(items: Items) -> None:
    publish(items, 5)


@pytest.mark.usefixtures("five")
def test_a_decision_that_names_a_ruling_is_a_case(register: Register, log: DecisionLog) -> None:
    decide(log, 1, comment="Enligt R1.")
    decide(log, 2, comment="Självklart.")
    log.append(new(3, kind=Kind.COMMENT, choice="", comment="R1?"), 0)  # nothing is decided
    assert cases(register) == ["Projekt 1"]
    (case,) = register.cases(ROUND, {"R1"})["R1"]
    assert (case.who, case.category, case.item, bool(case.at)) == ("Ada", "kyrka", 1, True)
    assert register.cases("2026", {"R1"}) == {}


@pytest.mark.usefixtures("five")
def test_what_is_taken_back_or_decided_anew_is_no_case(
    register: Register, log: DecisionLog
) -> None:
    decide(log, 1, comment="R1")
    decide(log, 2, comment="R1")
    decide(log, 2, comment="R2")
    decide(log, 3, comment="R1")
    log.undo("Ada", the_token(), Source.WEB)
    assert (cases(register), cases(register, "R2")) == (["Projekt 1"], ["Projekt 2"])


@pytest.mark.usefixtures("five")
def test_remarks_beside_a_decision_count(register: Register, log: DecisionLog) -> None:
    """A workbook's comment on what others decided likewise comes as a line of its own."""
    decide(log, 1)
    remark = new(1, kind=Kind.COMMENT, choice="", comment="R1", source=Source.WORKBOOK)
    log.append(remark, 1)
    assert cases(register) == ["Projekt 1"]


def test_blind_coders_cite_each_for_himself_until_one_adjudicates(
    register: Register, items: Items, log: DecisionLog
) -> None:
    publish(items, 1)
    items.set_double(1.0)
    decide(log, 1, choice="aktiv", lane="Ada", comment="R1")
    assert cases(register) == []  # half-way
    decide(log, 1, choice="aktiv", reviewer="Bo", lane="Bo", comment="R2")
    assert (cases(register), cases(register, "R2")) == (["Projekt 1"], ["Projekt 1"])
    decide(log, 1, choice="aktiv", reviewer="Cia", comment="R2")
    assert (cases(register), cases(register, "R2")) == ([], ["Projekt 1"])
