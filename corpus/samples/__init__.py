"""The demo's inbox: invented reports in every format, shipped with the program."""

from __future__ import annotations

from pathlib import Path


def sample_inbox() -> Path:
    """Return the folder of sample reports."""
    return Path(__file__).parent / "inbox"
