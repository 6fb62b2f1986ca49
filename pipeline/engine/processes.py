"""Work in child processes with limits on time and memory: what kills a child kills no run.

The children are kept and reused; one that dies, hangs or grows is replaced, and only the task it
held fails. Nothing here knows what the work is.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# A child is replaced after this many tasks, so that what a library leaks stays bounded.
TASKS_PER_CHILD = 500
_POLL_S = 0.2


class FailureKind(StrEnum):
    """Why a task gave no result."""

    ERROR = "error"
    CRASH = "crash"
    TIME = "time"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one task: wall-clock seconds, and megabytes its child may grow to."""

    seconds: float = 300.0
    memory_mb: int = 1500


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T, R]):
    """What became of one task: `result`, or `failure` with an English `detail`.

    `error` is the class name of the exception where the work raised one.
    """

    task: T
    result: R | None = None
    failure: FailureKind | None = None
    detail: str = ""
    error: str = ""


def run(
    work: Callable[[T], R],
    tasks: Iterable[T],
    *,
    jobs: int,
    limits: Limits,
    started: Callable[[T], None] = lambda task: None,
) -> Generator[Outcome[T, R], None, None]:
    """Yield one Outcome per task, as they finish.

    `work` must be a module-level function; tasks and results must pickle. At most `jobs` tasks and
    results are in memory at a time. `started` is told of each task that a child begins. Closing
    the generator early stops the children.
    """
    waiting: deque[T] = deque()
    source = iter(tasks)
    children: list[_Child] = []
    context = _context()
    try:
        while True:
            while len(waiting) < jobs and (task := next(source, _END)) is not _END:
                waiting.append(task)
            idle = [child for child in children if child.task is _END]
            while waiting and (idle or len(children) < jobs):
                child = idle.pop() if idle else _Child(context, work, limits)
                if child not in children:
                    children.append(child)
                child.give(waiting.popleft())
                started(child.task)
            busy = [child for child in children if child.task is not _END]
            if not busy:
                return
            ready = set(wait([child.pipe for child in busy], timeout=_POLL_S))
            for child in busy:
                outcome = child.collect() if child.pipe in ready else child.overdue()
                if outcome is None:
                    continue
                if child.spent:
                    child.stop()
                    children.remove(child)
                yield outcome
    finally:
        for child in children:
            child.stop()


def prepare(preload: tuple[str, ...]) -> None:
    """Begin to import the modules that all children share, in a process beside this one.

    Returns at once. Later calls, and platforms that cannot fork (Windows), are left alone.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        multiprocessing.get_context("forkserver").set_forkserver_preload(list(preload))
        forkserver.ensure_running()


_END: Any = object()


class _Child:
    """One child process and the task it holds."""

    def __init__(self, context: Any, work: Callable[[Any], Any], limits: Limits) -> None:
        self.pipe, far = context.Pipe()
        self.limits = limits
        self.task: Any = _END
        self.done = 0
        self.spent = False
        self.deadline = 0.0
        self.process = context.Process(target=_serve, args=(far, work, limits), daemon=True)
        self.process.start()
        far.close()

    def give(self, task: Any) -> None:
        self.task = task
        self.deadline = time.monotonic() + self.limits.seconds
        # A child that died while idle is noticed when its answer is collected.
        with contextlib.suppress(OSError):
            self.pipe.send(task)

    def collect(self) -> Outcome[Any, Any]:
        """Take the answer that is ready; a closed pipe means that the child died."""
        try:
            failure, value = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(timeout=5)
            return self._fail(FailureKind.CRASH, f"exit code {self.process.exitcode}")
        if failure is not None:
            self.spent = failure is FailureKind.MEMORY
            detail, error = value
            return self._finish(Outcome(self.task, failure=failure, detail=detail, error=error))
        self.done += 1
        self.spent = self.done >= TASKS_PER_CHILD
        return self._finish(Outcome(self.task, result=value))

    def overdue(self) -> Outcome[Any, Any] | None:
        """Return a failure if the task has passed a limit, else None."""
        if time.monotonic() > self.deadline:
            return self._fail(FailureKind.TIME, f"more than {self.limits.seconds:g} s")
        if _resident_mb(self.process.pid) > self.limits.memory_mb:
            return self._fail(FailureKind.MEMORY, f"more than {self.limits.memory_mb} MB")
        return None

    def stop(self) -> None:
        self.process.kill()
        self.process.join(timeout=5)
        self.pipe.close()

    def _fail(self, kind: FailureKind, detail: str) -> Outcome[Any, Any]:
        self.spent = True
        return self._finish(Outcome(self.task, failure=kind, detail=detail))

    def _finish(self, outcome: Outcome[Any, Any]) -> Outcome[Any, Any]:
        self.task = _END
        return outcome


def _serve(pipe: Connection, work: Callable[[Any], Any], limits: Limits) -> None:
    """Run in the child: answer each task with (None, result) or (kind, (detail, error))."""
    _limit_address_space(limits.memory_mb)
    # What was loaded before the fork is never garbage; looking through it again and again would
    # cost a tenth of the time.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        answer: tuple[FailureKind | None, Any]
        try:
            answer = (None, work(task))
        except MemoryError:
            answer = (FailureKind.MEMORY, (f"more than {limits.memory_mb} MB", "MemoryError"))
        except KeyboardInterrupt:
            return
        except Exception as error:
            name = type(error).__name__
            answer = (FailureKind.ERROR, (f"{name}: {error}", name))
        try:
            pipe.send(answer)
        except (BrokenPipeError, OSError):
            return


def _limit_address_space(memory_mb: int) -> None:
    """Let the kernel refuse what would pass the limit; polling is too slow for bombs."""
    try:
        import resource
    except ImportError:  # Windows: the parent's polling has to do.
        return
    import psutil

    now = psutil.Process().memory_info().vms
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(
            resource.RLIMIT_AS, (now + memory_mb * 1024 * 1024, resource.RLIM_INFINITY)
        )


def _resident_mb(pid: int | None) -> float:
    import psutil

    try:
        return float(psutil.Process(pid).memory_info().rss) / 1024 / 1024
    except psutil.Error:
        return 0.0


def _context() -> Any:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
