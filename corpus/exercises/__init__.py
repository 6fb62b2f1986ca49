"""Short exercises: a sentence or two as in an answer, with the code of what is marked in it.

A line of a `.tsv` file is `what<TAB>question<TAB>text`. `what` is `aktor`, and the text marks every
partner as `[[words|letter]]` (LETTERS), or it is `variable=category`, `variable=inget` (none of the
variable's categories holds) or `variable.category=ja|nej`. `question` is a question of the form, or
`-` for running text. ` / ` stands for a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.records import RecordError
from corpus.types import Context

FOLDER = Path(__file__).parent
DEVELOPMENT, HELD_OUT = FOLDER / "development", FOLDER / "held_out"
ACTOR, RUNNING = "aktor", "-"
LETTERS = {
    "a": Context.AKTIV,
    "i": Context.INBJUDEN,
    "p": Context.PLANERAD,
    "n": Context.NEJ,
    "h": Context.ANNAN,
    "o": Context.OMNAMND,
}
_MARK = re.compile(r"\[\[([^\[\]|]+)\|(.)\]\]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that name a partner, `text[start:end]` of the exercise, and their context."""

    start: int
    end: int
    context: Context


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: `code` "aktor" with `marks`, or `variable[.category]=value` without."""

    id: str
    code: str
    question: str
    text: str
    marks: tuple[Mark, ...]


def load_exercises(folder: Path) -> tuple[Exercise, ...]:
    """Return the exercises of a folder. Raises RecordError with every fault and its place."""
    found: list[Exercise] = []
    faults: list[str] = []
    for file in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                found.append(_parse(line, f"{file.stem}:{number}"))
            except ValueError as error:
                faults.append(f"{error} @ {file.name}:{number}")
    if faults:
        raise RecordError(faults)
    return tuple(found)


def _parse(line: str, id: str) -> Exercise:
    parts = line.split("\t")
    if len(parts) != 3:
        raise ValueError("not three parts with tabs between")
    code, question, raw = parts
    text, marks = "", []
    for words, letter in _pieces(raw.replace(" / ", "\n")):
        if letter:
            if letter not in LETTERS:
                raise ValueError(f"unknown letter {letter}")
            marks.append(Mark(len(text), len(text) + len(words), LETTERS[letter]))
        text += words
    if bool(marks) != (code == ACTOR):
        raise ValueError("marks are for partners, and only for them")
    if code != ACTOR and "=" not in code:
        raise ValueError(f"unknown code {code}")
    return Exercise(id, code, question, text, tuple(marks))


def _pieces(raw: str) -> Iterator[tuple[str, str]]:
    """Yield the text in order as (words, letter); the letter is empty outside the marks."""
    at = 0
    for mark in _MARK.finditer(raw):
        yield raw[at : mark.start()], ""
        yield mark[1], mark[2]
        at = mark.end()
    yield raw[at:], ""
