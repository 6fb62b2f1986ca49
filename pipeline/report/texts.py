"""The report's running text: Jinja templates in Swedish, one file a chapter, that anyone may edit.

A chapter becomes plain text with simple marks (`markup.py`). Templates run in a sandbox; a fault is
told with file, line and what is known there.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from annotations.strict import DefinitionError, read_text
from pipeline.report.facts import UnknownRowError
from pipeline.report.facts_known import KnownFacts, load_facts
from pipeline.report.markup import literal
from pipeline.report.swedish import FILTERS
from pipeline.report.text_names import faults_of_names

FOLDER = Path(__file__).with_name("texter")
TITLE = "titel.txt"
SUFFIX = ".txt"
_MOST_BYTES = 200_000
_TEMPLATE = "<template>"


class TextError(DefinitionError):
    """Texts that cannot be used. `faults` are Swedish lines, one for each fault."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of text as it stands, templates and all."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a report: its title, and the chapters in order."""

    title: Chapter
    chapters: tuple[Chapter, ...]


def load_texts(folder: Path = FOLDER) -> Texts:
    """Read a folder of texts, the chapters in the order of their names. Raises TextError.

    A folder without a title has the one that ships. Every fault of every file is told at once.
    """
    if not folder.is_dir():
        raise TextError([f"mappen {folder} finns inte"])
    paths = sorted(p for p in folder.glob(f"*{SUFFIX}") if not p.name.startswith("."))
    chapters: list[Chapter] = []
    faults: list[str] = []
    for path in paths:
        try:
            chapters.append(_read(path))
        except DefinitionError as error:
            faults += error.faults
    known = load_facts()
    environment = _environment()
    for chapter in chapters:
        faults += _faults(chapter, environment, known)
    if faults:
        raise TextError(faults)
    own = [c for c in chapters if c.name != TITLE]
    if not own:
        raise TextError([f"mappen {folder} har inga texter (filer som slutar på {SUFFIX})"])
    title = next((c for c in chapters if c.name == TITLE), None)
    return Texts(title or _read(FOLDER / TITLE), tuple(own))


def rendered(chapter: Chapter, facts: Mapping[str, Any]) -> str:
    """Return a chapter's text with its facts in place. Raises TextError with file and line."""
    try:
        return _environment().from_string(chapter.text).render(facts)
    except _FAULTS as error:
        line, said = _line(error, chapter.text), _said(error)
        raise TextError([f"{said} @ {chapter.name}, rad {line}"]) from error


def parsed(chapter: Chapter) -> nodes.Template:
    """Return a template as a tree, for those who look at what it names."""
    return _environment().parse(chapter.text)


_FAULTS = (
    TemplateError,
    SecurityError,
    UnknownRowError,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    MemoryError,
)
"""What a template may raise: its own faults, and those of the filters it uses."""


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=literal,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters = dict(FILTERS)
    environment.globals = {}
    return environment


def _read(path: Path) -> Chapter:
    if path.stat().st_size > _MOST_BYTES:
        raise DefinitionError([f"filen är orimligt stor (över {_MOST_BYTES} byte) @ {path.name}"])
    return Chapter(path.name, read_text(path).replace("\r\n", "\n").replace("\r", "\n"))


def _faults(
    chapter: Chapter, environment: ImmutableSandboxedEnvironment, known: KnownFacts
) -> Iterator[str]:
    """Yield what is wrong with a template before it has met a single fact."""
    try:
        tree = environment.parse(chapter.text)
    except TemplateSyntaxError as error:
        yield f"{_swedish(error.message or '')} @ {chapter.name}, rad {error.lineno}"
        return
    yield from faults_of_names(tree, chapter.name, known, sorted(FILTERS))


def _line(error: BaseException, text: str) -> int:
    """Return the line of the template where it went wrong; the last one that was on its way."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == _TEMPLATE and frame.lineno
    ]
    return lines[-1] if lines else 1


def _said(error: BaseException) -> str:
    if isinstance(error, (UnknownRowError, ValueError)):
        return str(error)
    if isinstance(error, UndefinedError):
        return f"uppgiften finns inte ({error})"
    if isinstance(error, SecurityError):
        return "mallar får bara läsa uppgifter, inte det som står här"
    return f"det som står här går inte att räkna ut ({error})"


def _swedish(message: str) -> str:
    """Say the commonest of Jinja's complaints in Swedish; others keep their words."""
    for told, said in _COMPLAINTS:
        if told in message:
            return f"{said} ({message})"
    return f"mallen går inte att läsa ({message})"


_COMPLAINTS: Sequence[tuple[str, str]] = (
    ("No filter named", "det finns inget sådant filter"),
    ("Unexpected end of template", "ett {% if %} eller {% for %} saknar sitt slut"),
    ("unknown tag", "okänt kommando"),
    ("unexpected char", "ett tecken som inte hör hemma i en mall"),
    ("expected token", "något saknas eller står för mycket mellan måsvingarna"),
)
