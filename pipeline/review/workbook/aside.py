"""A workbook that somebody has written in is put aside, never written over."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from itertools import count
from pathlib import Path

from annotations.decisions.database import Database
from pipeline.review.workbook.read import WorkbookError, read_workbook
from pipeline.tables.files import WriteError, refuse_if_open

_WRITTEN = "arbetsbocker"


def put_aside(database: Database, path: Path) -> Path | None:
    """Give a workbook that is no longer as it was written a name of its own, and return that.

    None where there is none at `path` or nobody has written in it. What cannot be read is put
    aside too. Raises WriteError.
    """
    if not path.is_file():
        return None
    refuse_if_open(path)
    if _known(database).get(str(path.resolve())) == _digest(path) or not _holds_something(path):
        return None
    at = datetime.fromtimestamp(path.stat().st_mtime)
    names = (f"{path.stem} ifylld {at:%Y-%m-%d %H.%M.%S}{f' ({n})' if n else ''}" for n in count())
    aside = next(p for name in names if not (p := path.with_name(name + path.suffix)).exists())
    try:
        return path.rename(aside)
    except OSError as error:
        raise WriteError(
            f"{path.name} är ifylld och kan inte läggas undan ({error.strerror}). "
            "Flytta den och kör igen."
        ) from error


def remember(database: Database, path: Path) -> None:
    """Remember a workbook as it was written, so that it is seen whether somebody changes it."""
    known = _known(database) | {str(path.resolve()): _digest(path)}
    database.set_setting(_WRITTEN, json.dumps(known))


def _known(database: Database) -> dict[str, str]:
    return dict(json.loads(database.setting(_WRITTEN) or "{}"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _holds_something(path: Path) -> bool:
    try:
        return any(row.decision or row.comment for row in read_workbook(path))
    except WorkbookError:
        return True
