"""Several processes on one database: nothing lost, nothing twice, and the plug pulled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from annotations.decisions.database import Database
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Event
from tests.conftest import ROOT
from tests.decisions.samples import publish
from tests.decisions.workers import decide_at_random, lease

pytestmark = pytest.mark.slow


def all_events(log: DecisionLog, items: int) -> list[Event]:
    return [event for item in range(1, items + 1) for event in log.events(item)]


def test_four_processes_write_three_hundred_each(
    url: str, database: Database, items: Items, log: DecisionLog
) -> None:
    publish(items, 50)
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(decide_at_random, url, f"R{n}", 300, 50) for n in range(4)]
        acknowledged = [token for job in jobs for token in job.result()]
    events = all_events(log, 50)
    assert len(acknowledged) == 1200
    assert Counter(event.token for event in events) == Counter(acknowledged)
    for item in range(1, 51):
        seqs = [event.seq for event in log.events(item)]
        assert seqs == list(range(1, len(seqs) + 1))
    assert log.rebuild() == 0


def test_ten_processes_are_given_an_item_each(url: str, items: Items) -> None:
    publish(items, 200)
    start = time.time() + 4  # all are up by then
    with ProcessPoolExecutor(10, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(lease, url, f"R{n}", 20, start) for n in range(10)]
        got = [item for job in jobs for item in job.result()]
    assert sorted(got) == list(range(1, 201))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_while_writing(url: str, database: Database, items: Items, log: DecisionLog) -> None:
    size = 40
    publish(items, size)
    chance = random.Random(5)
    acknowledged: list[str] = []
    for round in range(3):
        writers = [_writer(url, f"R{round}{n}", size) for n in range(2)]
        # All are up once each has been heard from; then death comes at any moment.
        heard = [os.read(pipe, 1 << 20) for _, pipe in writers]
        time.sleep(chance.uniform(0.05, 0.6))
        for (process, pipe), text in zip(writers, heard, strict=True):
            process.send_signal(signal.SIGKILL)
            process.wait()
            while more := os.read(pipe, 1 << 20):
                text += more
            os.close(pipe)
            acknowledged += text.decode().split()
    events = all_events(log, size)
    tokens = {event.token for event in events}
    assert len(acknowledged) >= 6  # each was heard from
    assert tokens.issuperset(acknowledged)
    groups: dict[str, int] = defaultdict(int)
    for event in events:
        groups[event.group] += 1
    assert set(groups.values()) == {1, size}  # a bulk action stands whole or not at all
    assert log.rebuild() == 0
    if database.sqlite:
        with database.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def _writer(url: str, reviewer: str, items: int) -> tuple[subprocess.Popen[bytes], int]:
    reads, writes = os.pipe()
    code = (
        "import sys; from tests.decisions.workers import write_until_killed as write; "
        "write(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))"
    )
    arguments = [sys.executable, "-c", code, url, reviewer, str(items), str(writes)]
    process = subprocess.Popen(arguments, pass_fds=[writes], cwd=ROOT)
    os.close(writes)
    return process, reads
