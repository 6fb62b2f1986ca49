"""The register as it is printed: the rows of a table for people, and tolkningar.csv for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.codebook import Codebook
from annotations.decisions.rulings import Ruling
from pipeline.rulings.words import about_words, day, sentence, withdrawn
from pipeline.tables.contract import write_csv
from pipeline.tables.types import Table

NAME = "tolkningar.csv"
COLUMNS = [
    "tolkning",
    "not",
    "fraga",
    "avgorande",
    "skal",
    "vem",
    "nar",
    "galler",
    "antal_projekt",
    "projekt",
    "ersatter",
    "aterkallad",
    "aterkallad_av",
    "aterkallad_skal",
    "ersatt_av",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One ruling in words. `number` is its note's ("" without one); `projects` are its cases."""

    number: str
    mark: str
    question: str
    ruling: str
    reason: str
    who: str
    when: str
    about: str
    projects: tuple[str, ...]
    general: bool
    withdrawn: bool


def entries(
    rulings: Sequence[Ruling],
    numbers: Mapping[str, str],
    tables: Sequence[Table],
    codebook: Codebook,
) -> tuple[Entry, ...]:
    """Return the register: in the order of the notes, then what has none, the withdrawn last."""
    return tuple(
        _entry(ruling, numbers.get(ruling.mark, ""), tables, codebook)
        for ruling in sorted(
            rulings, key=lambda r: (r.withdrawn is not None, int(numbers.get(r.mark, 10_000)))
        )
    )


def write_register(rulings: Sequence[Ruling], numbers: Mapping[str, str], out: Path) -> Path:
    """Write tolkningar.csv. Raises WriteError."""
    rows = (_line(ruling, numbers.get(ruling.mark, "")) for ruling in rulings)
    return write_csv(out / NAME, COLUMNS, rows)


def _entry(ruling: Ruling, number: str, tables: Sequence[Table], codebook: Codebook) -> Entry:
    gone = ruling.withdrawn
    text = sentence(ruling.text)
    return Entry(
        number,
        ruling.mark,
        ruling.question,
        f"{text} {withdrawn(gone)}" if gone else text,
        sentence(ruling.reason),
        ruling.who[:1].upper() + ruling.who[1:],
        day(ruling.at),
        about_words(ruling.applies, codebook, tables),
        ruling.projects,
        ruling.general,
        gone is not None,
    )


def _line(ruling: Ruling, number: str) -> list[str]:
    gone = ruling.withdrawn
    return [
        ruling.mark,
        number,
        ruling.question,
        ruling.text,
        ruling.reason,
        ruling.who,
        ruling.at,
        "; ".join(ruling.applies),
        str(len(ruling.projects)),
        "; ".join(ruling.projects),
        ruling.replaces,
        gone.at if gone else "",
        gone.who if gone else "",
        gone.reason if gone else "",
        gone.by if gone else "",
    ]
