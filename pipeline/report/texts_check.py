"""Do a folder's texts stand? Names, tables, rows and insets are looked up, and a report is made.

What a text says of other rows than the tables have would else be found at the end of a long run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from jinja2 import nodes

from annotations.codebook import Codebook
from annotations.strict import DefinitionError
from annotations.tables import Definitions
from pipeline.report.content import Material, report
from pipeline.report.facts import TableFacts, UnknownRowError
from pipeline.report.facts_known import load_facts
from pipeline.report.markup import InsetError, blocks_of
from pipeline.report.texts import Chapter, Texts, load_texts, parsed
from pipeline.rulings.notes import Numbering
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Round, Table

_INSET = re.compile(r"\[\[[^\]\n]*\]\]")
_LOOKED_UP = ("rad", "tabell", "flest")


def check_texts(folder: Path, definitions: Definitions, codebook: Codebook) -> list[str]:
    """Return every fault of a folder of texts, in Swedish and with its place; none is none."""
    try:
        texts = load_texts(folder)
    except DefinitionError as error:
        return list(error.faults)
    empty = Round("", (), (), {}, {})
    tables = tabulate(empty, definitions, codebook)
    faults = [f for chapter in (texts.title, *texts.chapters) for f in _looked_up(chapter, tables)]
    insets = _names(tables)
    faults += [f for chapter in texts.chapters for f in _insets(chapter, insets)]
    return faults or _tried(texts, Material(
        empty, tables, (), codebook, definitions, Numbering({}, {}), None, date.today()
    ))  # fmt: skip


def _looked_up(chapter: Chapter, tables: Sequence[Table]) -> Iterator[str]:
    """Yield tables, rows and columns that a text names and that there are not."""
    known = TableFacts({table.id: table for table in tables})
    for call in parsed(chapter).find_all(nodes.Call):
        named = call.node.name if isinstance(call.node, nodes.Name) else ""
        given = [one.value for one in call.args if isinstance(one, nodes.Const)]
        if named not in _LOOKED_UP or len(given) != len(call.args) or not given:
            continue
        try:
            known.rad(*given) if named == "rad" else known.tabell(given[0])
        except UnknownRowError as error:
            yield f"{error} @ {chapter.name}, rad {call.lineno}"
        except TypeError:
            yield f"{named}(…) vill ha tabell, rad och kolumn @ {chapter.name}, rad {call.lineno}"


def _names(tables: Sequence[Table]) -> dict[str, tuple[()]]:
    """Return the insets there are, empty: only their names matter here."""
    named = {one.name for one in load_facts().insets if not one.name[-1].isdigit()}
    return dict.fromkeys(
        [*sorted(named), *(t.id for t in tables), *(f"figurer {t.id}" for t in tables)], ()
    )


def _insets(chapter: Chapter, insets: dict[str, tuple[()]]) -> Iterator[str]:
    for number, line in enumerate(chapter.text.split("\n"), 1):
        for found in _INSET.findall(line):
            try:
                list(blocks_of(found, insets, f"{chapter.name}, rad {number}"))
            except InsetError as error:
                yield from error.faults


def _tried(texts: Texts, material: Material) -> list[str]:
    """Return what goes wrong when a report of an empty round is made."""
    try:
        report(material, texts)
    except DefinitionError as error:
        return list(error.faults)
    return []
