"""Which review database and which round a command means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotations.decisions.database import Database, DecisionsError
from annotations.decisions.items import Items
from pipeline.review.publish import address


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command finds its round: results or workspace, an address, a round's name."""

    results: Path
    workspace: Path | None = None
    decisions: str = ""
    round: str | None = None


def open_database(place: Place) -> Database:
    """Return the review database of a run that was made. Raises DecisionsError."""
    where = address(place.workspace or place.results / "arbetsyta", place.decisions)
    # An address has "://"; anything else is a file, and opening would make it.
    if "://" not in str(where) and not Path(where).is_file():
        raise DecisionsError(
            f"{where} finns inte. Kör först: samverkan run INKORG --out {place.results}"
        )
    return Database(where)


def open_round(place: Place) -> tuple[Database, str]:
    """Return the database and the round's name. Raises DecisionsError.

    Without a name the only round is meant; the caller closes the database.
    """
    database = open_database(place)
    rounds = Items(database).rounds()
    if place.round is not None and place.round in rounds:
        return database, place.round
    if place.round is None and len(rounds) == 1:
        return database, rounds[0]
    database.close()
    names = ", ".join(f'"{name}"' for name in rounds)
    raise DecisionsError(
        f"Välj omgång med --round: {names}."
        if rounds
        else "Inget att granska än. Kör först: samverkan run INKORG --out MAPP"
    )
