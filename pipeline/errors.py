"""What can go wrong, as the user meets it: exit codes, and one error for unreadable files."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    WRONG_USE = 2
    NOTHING_READ = 3
    SOME_FAILED = 4
    CONTRADICTIONS = 5


class ReadError(Exception):
    """A document that cannot be read. Reason and advice are Swedish, for the coordinator.

    `code` is stable (`krypterad`, `trasig`, `tom`, `for_stor`, `ingen_text`, …).
    """

    def __init__(self, code: str, reason: str, advice: str) -> None:
        super().__init__(code, reason, advice)
        self.code = code
        self.reason = reason
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.reason} {self.advice}".strip()
