"""Opening, upgrading and guarding the database."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from annotations.decisions import schema
from annotations.decisions.database import Database, DecisionsError
from annotations.decisions.events import Saved
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.migrations import upgrade
from annotations.decisions.migrations.append_only import recreate_triggers
from tests.decisions.samples import decide, new, publish

CHANGES = (
    "UPDATE event SET choice = 'nej'",
    "DELETE FROM event",
    "UPDATE revealed SET reviewer = 'Bo'",
    "DELETE FROM revealed",
)


def refused(database: Database, statement: str) -> bool:
    try:
        with database.write() as connection:
            connection.exec_driver_sql(statement)
    except DBAPIError as error:
        assert "append-only" in str(error)
        return True
    return False


@pytest.fixture
def filled(items: Items, log: DecisionLog) -> None:
    publish(items, 2)
    decide(log, 1)
    log.reveal(1, "rapport.pdf", "Ada")


def test_the_migrations_make_the_schema(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("statement", CHANGES)
def test_the_log_is_append_only(database: Database, log: DecisionLog, statement: str) -> None:
    before = log.events(1)
    assert refused(database, statement)
    assert log.events(1) == before


@pytest.mark.usefixtures("filled")
def test_a_line_is_not_replaced_either(database: Database, log: DecisionLog) -> None:
    if database.sqlite:
        assert refused(database, "INSERT OR REPLACE INTO event SELECT * FROM event")
    else:
        assert refused(database, "TRUNCATE event CASCADE")
    assert len(log.events(1)) == 1


@pytest.mark.usefixtures("filled")
def test_batch_mode_drops_the_triggers_and_the_helper_makes_them_again(
    database: Database, log: DecisionLog
) -> None:
    with database.write() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("event", recreate="auto") as batch:
            batch.alter_column("comment", nullable=True)
    if database.sqlite:  # this is the trap: without a word the log could be changed
        with database.read() as connection:
            kept = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
            )
            assert kept.all() == []
    with database.write() as connection:
        recreate_triggers(connection)
    assert all(refused(database, statement) for statement in CHANGES)
    assert len(log.events(1)) == 1


LATER_STEP = '''
"""A step that remakes both the log and the table it refers to."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0002"

def upgrade():
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("weight", sa.Float()))
    with op.batch_alter_table("item") as batch:
        batch.alter_column("quote", nullable=True)
'''


@pytest.fixture
def later_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "en mapp med 100 %" / "migrations"
    shutil.copytree(upgrade.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_later.py").write_text(LATER_STEP, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("filled")
def test_triggers_and_decisions_survive_a_batch_migration(
    url: str, database: Database, later_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = DecisionLog(database).events(1)
    database.close()
    _with_steps_of(later_folder, monkeypatch)
    later = Database(url)
    with later.read() as connection:
        assert connection.exec_driver_sql("SELECT weight FROM event").all() == [(None,)]
    assert all(refused(later, statement) for statement in CHANGES)
    with pytest.raises(DBAPIError), later.write() as connection:  # foreign keys hold again
        connection.exec_driver_sql("DELETE FROM item WHERE id = 1")
    later.close()
    assert len(before) == 1


@pytest.mark.usefixtures("filled")
def test_a_newer_database_is_refused_and_left_as_it_is(
    url: str, database: Database, later_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _with_steps_of(later_folder, patch)
        Database(url).close()
    with pytest.raises(DecisionsError, match="nyare version") as refusal:
        Database(url)
    assert "Uppdatera programmet" in str(refusal.value)


def _with_steps_of(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let the program know the steps of another folder."""
    stand, take = upgrade.stand, upgrade.upgrade
    patch.setattr(upgrade, "stand", lambda connection, _=None: stand(connection, folder))
    patch.setattr(upgrade, "upgrade", lambda connection, _=None: take(connection, folder))


def test_an_older_database_is_refused_where_it_may_not_be_upgraded(url: str) -> None:
    with pytest.raises(DecisionsError, match="äldre version"):
        Database(url, upgrade=False)
    Database(url).close()
    Database(url, upgrade=False).close()


def test_many_may_open_a_new_database_at_once(url: str) -> None:
    secrets: list[str] = []
    start = threading.Barrier(6)

    def open_it() -> None:
        start.wait()
        database = Database(url)
        secrets.append(database.secret())
        database.close()

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(secrets) == 6
    assert len(set(secrets)) == 1
    assert len(bytes.fromhex(secrets[0])) == 32


def test_settings(database: Database) -> None:
    assert database.setting("namn") is None
    database.set_setting("namn", "Åsa")
    database.set_setting("namn", "Örjan")
    assert database.setting("namn") == "Örjan"
    assert database.secret() == database.setting("hemlighet")


def test_errors_do_not_tell_what_was_written(database: Database, items: Items) -> None:
    publish(items, 1)
    row = {name: "x" for name in ("lane", "kind", "at", "source", "token", "group", "proposal")}
    row |= {"codebook": "", "model": "", "basis": "", "choice": "", "reviewer": "Ada"}
    secret = {"comment": "Anna Exempel, 19121212-1212", "item": 1}
    for broken in ({"seq": 0}, {"seq": None}, {"seq": 1, "item": 99}):
        with pytest.raises(DBAPIError) as error, database.write() as connection:
            connection.execute(insert(schema.event), {**row, **secret, **broken})
        whole = repr(error.value) + str(error.value) + str(error.value.orig)
        assert "Exempel" not in whole
        assert "1212" not in whole


def test_a_write_that_fails_leaves_nothing_and_locks_nothing(
    database: Database, items: Items, log: DecisionLog
) -> None:
    publish(items, 1)
    with pytest.raises(RuntimeError), database.write() as connection:
        connection.exec_driver_sql("UPDATE item SET choice = 'x'")
        raise RuntimeError
    item = items.get(1)
    assert item is not None
    assert item.choice == ""
    assert isinstance(log.append(new(1), 0), Saved)


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")
def test_the_file_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "ny mapp" / "granskning.sqlite"
    database = Database(path)
    publish(Items(database), 1)
    for one in path.parent.iterdir():
        assert stat.S_IMODE(one.stat().st_mode) == 0o600, one
    database.close()
    assert [one.name for one in path.parent.iterdir()] == ["granskning.sqlite"]


def test_how_sqlite_is_set(tmp_path: Path) -> None:
    database = Database(tmp_path / "granskning.sqlite")
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30000,
    }
    with database.read() as connection:
        for name, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value
    database.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://x/y", "ska vara en fil"),
        ("sqlite://", "ska vara en fil"),
        ("://", "går inte att tolka"),
        ("postgresql://nobody:hemligt@127.0.0.1:1/x?connect_timeout=1", "går inte att öppna"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, says: str) -> None:
    with pytest.raises(DecisionsError, match=says) as error:
        Database(url)
    assert "hemligt" not in str(error.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "granskning.sqlite"
    path.write_bytes(os.urandom(4096))
    with pytest.raises(DecisionsError, match="går inte att öppna"):
        Database(path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(DecisionsError, match="går inte att skapa"):
        Database(tmp_path / "fil" / "granskning.sqlite")
