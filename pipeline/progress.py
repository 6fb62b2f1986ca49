"""How a run tells what it is doing: a bar for people, lines of JSON for programs, or nothing."""

from __future__ import annotations

import json
import sys
import time
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol


class Progress(Protocol):
    """What the flow reports to. Stages follow each other; names are the files as the user knows."""

    def stage(self, text: str, total: int) -> None:
        """Begin a stage of `total` steps; `text` is Swedish."""

    def step(self, name: str) -> None:
        """Say that work on `name` has begun."""

    def done(self, name: str, error: str = "") -> None:
        """Say that `name` is finished, with the reason if it failed."""


class Quiet(AbstractContextManager["Quiet"]):
    """Reports nothing."""

    def stage(self, text: str, total: int) -> None:
        """Ignore the stage."""

    def step(self, name: str) -> None:
        """Ignore the step."""

    def done(self, name: str, error: str = "") -> None:
        """Ignore the end of a step."""

    def __exit__(self, *_: object) -> None:
        return None


class JsonLines(Quiet):
    """One JSON object a line on standard error, for programs that start us."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def stage(self, text: str, total: int) -> None:
        """Write the stage and how many steps it has."""
        self._write({"stage": text, "total": total})

    def done(self, name: str, error: str = "") -> None:
        """Write the file and, if it failed, why."""
        self._write({"done": name, **({"error": error} if error else {})})

    def _write(self, event: dict[str, Any]) -> None:
        event["seconds"] = round(time.monotonic() - self._started, 3)
        print(json.dumps(event, ensure_ascii=False), file=sys.stderr, flush=True)


class Bar(AbstractContextManager["Bar"]):
    """A bar in the terminal: what is being read, how many are done, time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )
        from rich.progress import (
            Progress as RichProgress,
        )

        self._rich = RichProgress(
            SpinnerColumn(),
            TextColumn("{task.description:<12}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            TextColumn("{task.fields[name]}"),
            console=Console(stderr=True),
        )
        self._task: Any = None

    def __enter__(self) -> Bar:
        self._rich.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._rich.__exit__(kind, error, trace)

    def stage(self, text: str, total: int) -> None:
        """Begin a new bar below the finished ones."""
        if self._task is not None:
            self._rich.update(self._task, name="")
        self._task = self._rich.add_task(text, total=total, name="")

    def step(self, name: str) -> None:
        """Show the file that is being worked on, its end when it is long."""
        self._rich.update(self._task, name=name if len(name) <= 40 else f"…{name[-39:]}")

    def done(self, name: str, error: str = "") -> None:
        """Advance, and leave a line for what failed."""
        if error:
            from rich.markup import escape

            self._rich.console.print(f"[bold]✗ {escape(name)}[/bold]: {escape(error)}")
        self._rich.advance(self._task)


def for_terminal(*, quiet: bool, as_json: bool) -> Bar | JsonLines | Quiet:
    """Choose how to report: JSON when asked, nothing when quiet, else a bar."""
    if as_json:
        return JsonLines()
    return Quiet() if quiet else Bar()
