"""JSON Lines: one project a line, with its codes, roles, probabilities and the words behind them.

A line is a `ProjectLine` as JSON in UTF-8, keys in the order of the classes below and in Swedish as
in the CSV files; what is not known is null. Offsets count Unicode code points. `jsonl.schema.json`,
written beside, is the same as JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import orjson

from annotations.codebook import Category, Codebook, Variable
from corpus.types import Origin, Project, Role, Status
from pipeline.export.dictionary import load_dictionary
from pipeline.export.results import Coded, Results
from pipeline.tables.files import replacing, write_text

SCHEMA_NAME = "jsonl.schema.json"
# What the fields are, where the data dictionary of the CSV files does not say it.
_OWN_WORDS = {
    "dokument[]": "Projektets dokument, det äldsta först.",
    "beviljat_belopp": "Kronor, som decimaltal i text.",
    "sokt_belopp": "Kronor, som decimaltal i text.",
    "koder": "Kodbokens alla kategorier, i dess ordning.",
    "galler": "Om kategorin gäller för projektet.",
    "sannolikhet": "Sannolikheten att `galler` är rätt.",
    "lage": "Om en människa bör titta på koden (granska), har gjort det (granskad) eller inte "
    "behöver det (auto).",
    "skal": "Varför en människa bör titta.",
    "belagg": "Orden som koden vilar på. Null för kryss utan text.",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a code rests on: `citat` is `dokument`'s text from `start` to `slut`."""

    dokument: str
    sida: int | None
    start: int
    slut: int
    citat: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """Whether a category holds. `sannolikhet` is the probability that `galler` is right."""

    variabel: str
    kategori: str
    galler: bool
    roll: Role | None
    sannolikhet: float
    lage: Status
    kalla: Origin
    skal: tuple[str, ...]
    belagg: Evidence | None


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project. Amounts are decimal text in kronor ("150000.50"), days ISO dates."""

    projekt: str
    omgang: str
    lan: str | None
    kommun: str | None
    titel: str | None
    period_start: str | None
    period_slut: str | None
    beviljat_belopp: str | None
    sokt_belopp: str | None
    dokument: tuple[str, ...]
    koder: tuple[CodeLine, ...]


def write_jsonl(results: Results, codebook: Codebook, path: Path) -> int:
    """Write one line a project, and the schema beside; returns how many. Raises WriteError."""
    with replacing(path) as beside, beside.open("wb") as file:
        for line in lines(results):
            file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    schema = orjson.dumps(json_schema(codebook), option=orjson.OPT_INDENT_2)
    write_text(path.with_name(SCHEMA_NAME), schema.decode() + "\n")
    return len(results.projects)


def lines(results: Results) -> Iterator[ProjectLine]:
    """Yield the projects in the order of projekt.csv, codes in the order of the codebook."""
    for project in results.projects:
        yield _project(project, results.codings[project.id])


def json_schema(codebook: Codebook) -> dict[str, object]:
    """Return what every line fulfils, as JSON Schema (draft 7)."""
    text: dict[str, object] = {"type": "string"}
    maybe: dict[str, object] = {"type": ["string", "null"]}
    day = maybe | {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    amount = maybe | {"pattern": r"^[0-9]+(\.[0-9]+)?$"}
    whole = {"type": "integer", "minimum": 0}
    evidence = _object(
        Evidence,
        {
            "dokument": text,
            "sida": {"type": ["integer", "null"], "minimum": 1},
            "start": whole,
            "slut": whole,
            "citat": text,
        },
    )
    codes = [
        {"properties": {"variabel": {"const": v.id}, "kategori": {"enum": _ids(v.categories)}}}
        for v in codebook.variables
    ]
    code = _object(
        CodeLine,
        {
            "variabel": {"enum": _ids(codebook.variables)},
            "kategori": text,
            "galler": {"type": "boolean"},
            "roll": {"enum": [*map(str, Role), None]},
            "sannolikhet": {"type": "number", "minimum": 0, "maximum": 1},
            "lage": {"enum": [*map(str, Status)]},
            "kalla": {"enum": [*map(str, Origin)]},
            "skal": {"type": "array", "items": text},
            "belagg": {"oneOf": [{"type": "null"}, evidence]},
        },
    ) | {"oneOf": codes}
    project = _object(
        ProjectLine,
        {
            "projekt": text,
            "omgang": text,
            "lan": maybe,
            "kommun": maybe,
            "titel": maybe,
            "period_start": day,
            "period_slut": day,
            "beviljat_belopp": amount,
            "sokt_belopp": amount,
            "dokument": {"type": "array", "items": text},
            "koder": {"type": "array", "items": code},
        },
    )
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": codebook.label} | project


def _project(project: Project, codings: Iterable[Coded]) -> ProjectLine:
    h = project.header
    start, end = h.period_start, h.period_slut
    granted, wanted = h.beviljat_belopp, h.sokt_belopp
    return ProjectLine(
        project.id,
        project.omgang,
        h.lan,
        h.kommun,
        h.titel,
        start.isoformat() if start else None,
        end.isoformat() if end else None,
        None if granted is None else f"{granted:f}",
        None if wanted is None else f"{wanted:f}",
        project.documents,
        tuple(map(_code, codings)),
    )


def _code(coded: Coded) -> CodeLine:
    c, e = coded.coding, coded.coding.evidence
    return CodeLine(
        c.variable,
        c.category,
        c.value,
        c.role,
        c.confidence,
        c.status,
        c.origin,
        c.reasons,
        Evidence(e.document, e.page, e.start, e.end, coded.quote) if e else None,
    )


def _object(kind: type, properties: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Describe a class: every one of its fields is there, and no other key."""
    names = [field.name for field in fields(kind)]
    dictionary = {f.name: f.description for r in load_dictionary().resources for f in r.fields}
    words = dictionary | _OWN_WORDS
    if kind is ProjectLine:
        words["dokument"] = words["dokument[]"]
    return {
        "type": "object",
        "required": names,
        "additionalProperties": False,
        "properties": {name: {**properties[name], "description": words[name]} for name in names},
    }


def _ids(things: Iterable[Category] | Iterable[Variable]) -> list[str]:
    return [thing.id for thing in things]
