"""What a child does to itself must cost no more than its own task."""

from __future__ import annotations

import os
import signal
import time

import pytest

from pipeline.engine.processes import FailureKind, Limits, run


def behave(task):
    """Do what the task says; runs in the child."""
    kind, value = task
    if kind == "return":
        return value * 2
    if kind == "raise":
        raise ValueError(value)
    if kind == "abort":
        os.abort()
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "hang":
        time.sleep(60)
    if kind == "grow":
        return len(bytearray(value * 1024 * 1024))
    return os.getpid()


def outcomes(tasks, jobs=2, **limits):
    bounds = Limits(**{"seconds": 20, "memory_mb": 400, **limits})
    return {o.task: o for o in run(behave, tasks, jobs=jobs, limits=bounds)}


@pytest.mark.parametrize(
    ("task", "failure"),
    [
        (("raise", 1), FailureKind.ERROR),
        (("abort", 1), FailureKind.CRASH),
        (("kill", 1), FailureKind.CRASH),
        (("grow", 2000), FailureKind.MEMORY),
    ],
)
def test_only_the_bad_task_fails(task, failure):
    good = [("return", n) for n in range(6)]
    result = outcomes([*good[:3], task, *good[3:]])
    assert result[task].failure is failure
    assert result[task].detail
    assert [result[g].result for g in good] == [0, 2, 4, 6, 8, 10]


def test_a_task_that_hangs_is_stopped_and_the_rest_go_on():
    result = outcomes([("hang", 1), ("return", 1), ("return", 2)], seconds=1.0)
    assert result["hang", 1].failure is FailureKind.TIME
    assert result["return", 2].result == 4


def test_children_are_reused():
    pids = {o.result for o in outcomes([("pid", n) for n in range(12)], jobs=2).values()}
    assert 1 <= len(pids) <= 2


def test_tasks_are_drawn_one_by_one_as_children_get_free():
    drawn = []

    def source():
        for n in range(50):
            drawn.append(n)
            yield ("return", n)

    finished = 0
    for _ in run(behave, source(), jobs=2, limits=Limits()):
        finished += 1
        assert len(drawn) <= finished + 2 * 2
    assert finished == 50


def test_leaving_early_stops_the_children():
    results = run(behave, [("pid", n) for n in range(10)], jobs=1, limits=Limits())
    pid = next(results).result
    assert pid
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
