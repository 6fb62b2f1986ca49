"""Every test that asks for `url` or `database` runs on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.decisions.database import Database
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from tests.decisions.samples import Clock


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "granskning.sqlite")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def items(database: Database, clock: Clock) -> Items:
    return Items(database, clock)


@pytest.fixture
def log(database: Database, clock: Clock) -> DecisionLog:
    return DecisionLog(database, clock)
