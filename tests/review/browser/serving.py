"""`samverkan review serve` as a process of its own, and the log it writes."""

from __future__ import annotations

import os
import queue
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from annotations.codebook import load
from annotations.decisions import schema
from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent, event_of
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Event, Item, Kind, Source, options
from pipeline.review.publish import FILE_NAME
from tests.review.browser.chest import ROUND

_STARTS_WITHIN_S = 30
_BOOK = load()
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+\S*")


class Server:
    """One server on one results folder; the same port is taken again after a restart."""

    def __init__(self, results: Path, *options: str) -> None:
        self.results = results
        self._options = options
        self._port = _free_port()
        self._process: subprocess.Popen[str] | None = None
        self._database: Database | None = None
        self.link = ""
        self.cookies: Any = None  # of the browser that came in by the link
        self.start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        command = [sys.executable, "-c", "import cli; cli.app()", "review", "serve"]
        port = ("--port", str(self._port))
        self._process = subprocess.Popen(
            [*command, str(self.results), *port, *self._options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        )
        self.link = _address_in(self._process)

    def kill(self) -> None:
        """End the server as a power cut would: nothing it had begun is finished."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        self.kill()
        if self._database is not None:
            self._database.close()

    # What the database holds, read past the server.

    @property
    def database(self) -> Database:
        if self._database is None:
            self._database = open_database(self.results)
        return self._database

    @property
    def log(self) -> DecisionLog:
        return DecisionLog(self.database)

    def events(self, since: int = 0) -> list[Event]:
        """Return the log in its order, without its first `since` lines."""
        query = select(schema.event).order_by(schema.event.c.id).offset(since)
        with self.database.read() as db:
            return [event_of(row) for row in db.execute(query)]

    def queue(self) -> Sequence[Item]:
        """Return what waits for a person, first in the queue first."""
        return Items(self.database).page(Filter(ROUND), Order.QUEUE, 0, None)

    def item(self, id: int) -> Item:
        found = Items(self.database).get(id)
        assert found is not None
        return found

    def choices(self, id: int) -> tuple[str, ...]:
        """Return what may be answered, in the order of the keys 1, 2, 3 …"""
        return options(_BOOK, self.item(id).proposal.variable)

    def waiting(self) -> int:
        return Items(self.database).count(Filter(ROUND))

    def settled(self) -> int:
        return Items(self.database).count(Filter(ROUND, States.DECIDED))

    def decide(self, item: int, choice: str, reviewer: str, comment: str = "") -> None:
        """Decide as somebody who is faster than whoever has the page before him."""
        lane = reviewer if self.item(item).double else ""
        new = NewEvent(
            item,
            Kind.DECIDE,
            reviewer,
            Source.WEB,
            f"{reviewer}{item:028d}",
            choice=choice,
            comment=comment,
            lane=lane,
        )
        assert self.log.append_bulk([(new, self.log.head(item, lane).seq)]).saved


def open_database(results: Path) -> Database:
    return Database(results / "arbetsyta" / FILE_NAME)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _address_in(process: subprocess.Popen[str]) -> str:
    """Return the address a server says it is at; what it says later is thrown away."""
    told: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                told.put(line)
        told.put("")

    threading.Thread(target=listen, daemon=True).start()
    said = ""
    while line := told.get(timeout=_STARTS_WITHIN_S):
        said += line
        if found := _ADDRESS.search(line):
            return found[0]
    raise AssertionError(f"the server did not start: {said}")
