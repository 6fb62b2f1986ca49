"""Which texts a run's report is made of; the workspace remembers a folder of one's own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from annotations.codebook import Codebook
from annotations.tables import Definitions
from pipeline.report.texts import TextError, Texts, load_texts
from pipeline.report.texts_check import check_texts
from pipeline.tables.files import write_text

REMEMBERED = "rapporttexter"


def texts_of(folder: Path | None, definitions: Definitions, codebook: Codebook) -> Texts:
    """Return a folder's texts, without a folder those that ship.

    Raises TextError with every fault. Worth calling before a long run.
    """
    if folder is None:
        return load_texts()
    faults = check_texts(folder, definitions, codebook)
    if faults:
        raise TextError(faults)
    return load_texts(folder)


def remember(folder: Path | None, workspace: Path) -> None:
    """Keep the folder's place in the workspace, or forget an earlier one. Raises WriteError."""
    if folder is None:
        with suppress(OSError):
            (workspace / REMEMBERED).unlink()
    else:
        write_text(workspace / REMEMBERED, str(folder.resolve()))


def remembered(workspace: Path) -> Path | None:
    """Return the folder that the last run used, None for the texts that ship."""
    try:
        return Path((workspace / REMEMBERED).read_text(encoding="utf-8"))
    except OSError:
        return None
