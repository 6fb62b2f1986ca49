"""A folder for what a run unpacks and converts; it is gone afterwards, even after a kill."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "tillfalligt"


@contextmanager
def scratch_folder(workspace: Path) -> Iterator[Path]:
    """Give a folder of this process below the workspace and remove it at the end.

    What killed runs left there is removed too: it may be somebody's report.
    """
    import psutil

    home = workspace / NAME
    home.mkdir(parents=True, exist_ok=True)
    for old in home.iterdir():
        if old.name.isdigit() and not psutil.pid_exists(int(old.name)):
            shutil.rmtree(old, ignore_errors=True)
    mine = home / str(os.getpid())
    mine.mkdir(exist_ok=True)
    try:
        yield mine
    finally:
        shutil.rmtree(mine, ignore_errors=True)
