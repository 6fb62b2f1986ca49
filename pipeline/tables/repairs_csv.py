"""lagningar.csv: every word that was repaired in damaged text before it was coded."""

from __future__ import annotations

from pathlib import Path

from pipeline.tables.contract import write_csv
from pipeline.tables.files import refuse_if_open
from pipeline.tables.types import Round

NAME = "lagningar.csv"
COLUMNS = ["dokument", "sida", "start", "slut", "original", "lagat"]


def write_repairs(round: Round, out: Path) -> list[Path]:
    """Write the log where there is any; without one that of an earlier run goes.

    `start` and `slut` are offsets into the original, text/DOKUMENT.txt. Raises WriteError.
    """
    path = out / NAME
    if not round.repairs:
        refuse_if_open(path)
        path.unlink(missing_ok=True)
        return []
    rows = (
        [r.document, str(r.page or ""), str(r.start), str(r.end), r.before, r.after]
        for r in round.repairs
    )
    return [write_csv(path, COLUMNS, rows)]
