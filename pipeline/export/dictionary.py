"""The data dictionary: what each exported column means, as a Frictionless data package.

Data Package and Table Schema, version 1 (specs.frictionlessdata.io).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from annotations.codebook import Codebook
from annotations.strict import load
from corpus.types import DocumentKind, Origin, Reading, Role, Status
from pipeline.projects.types import Answer

PATH = Path(__file__).with_name("dataordlista.yaml")
Kind = Literal["string", "integer", "number", "boolean", "date"]
Format = Literal["csv", "excel", "parquet"]
SUFFIX: Mapping[Format, str] = {"csv": "csv", "excel": "csv", "parquet": "parquet"}


@dataclass(frozen=True)
class Field:
    """One column. `values` names the list of what may stand there."""

    name: str
    type: Kind
    title: str
    description: str
    required: bool = False
    pattern: str = ""
    minimum: int | None = None
    maximum: int | None = None
    values: str = ""


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values stand in another file's columns."""

    fields: tuple[str, ...]
    resource: str
    reference: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """One file. With a `source` in the results folder it is exported only where that is there."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Dictionary:
    """All files of an export."""

    resources: tuple[Resource, ...]


@cache
def load_dictionary() -> Dictionary:
    """Read the shipped dictionary. Raises DefinitionError."""
    return load(PATH, Dictionary)


def data_package(
    codebook: Codebook, format: Format, resources: Sequence[Resource]
) -> dict[str, object]:
    """Return the descriptor (`datapackage.json`) of an export of resources in one format."""
    allowed = _values(codebook)
    return {
        "profile": "data-package",
        "name": f"samverkan-{codebook.id}",
        "title": codebook.label,
        "description": "Kodade redovisningar av bidrag till lokal samverkan, skrivna av Samverkan.",
        "version": codebook.version,
        "resources": [_resource(r, allowed, format) for r in resources],
    }


def _values(codebook: Codebook) -> Mapping[str, Sequence[str]]:
    return {
        "dokumenttyp": [*map(str, DocumentKind)],
        "lasning": [*map(str, Reading)],
        "roll": [*map(str, Role)],
        "status": [*map(str, Status)],
        "kalla": [*map(str, Origin)],
        "slag": ["one", "several"],
        "variabel": [v.id for v in codebook.variables],
        "svar": [*map(str, Answer)],
    }


def _resource(
    resource: Resource, allowed: Mapping[str, Sequence[str]], format: Format
) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(f, allowed, format) for f in resource.fields],
        "missingValues": [""],
    }
    if resource.primary_key:
        schema["primaryKey"] = list(resource.primary_key)
    if resource.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.fields),
                "reference": {"resource": key.resource, "fields": list(key.reference)},
            }
            for key in resource.foreign_keys
        ]
    described: dict[str, object] = {
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        "path": f"{resource.name}.{SUFFIX[format]}",
        "format": SUFFIX[format],
    }
    if format == "parquet":
        return described | {"profile": "data-resource", "schema": schema}
    return described | {
        "profile": "tabular-data-resource",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ";" if format == "excel" else ",",
            "lineTerminator": "\r\n" if format == "excel" else "\n",
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }


def _field(field: Field, allowed: Mapping[str, Sequence[str]], format: Format) -> dict[str, object]:
    described: dict[str, object] = {
        "name": field.name,
        "type": field.type,
        "title": field.title,
        "description": field.description,
    }
    if field.type == "boolean":
        described |= {"trueValues": ["1"], "falseValues": ["0"]}
    if field.type == "number" and format == "excel":
        described["decimalChar"] = ","
    constraints: dict[str, object] = {"required": True} if field.required else {}
    constraints |= {"pattern": field.pattern} if field.pattern else {}
    constraints |= {"minimum": field.minimum} if field.minimum is not None else {}
    constraints |= {"maximum": field.maximum} if field.maximum is not None else {}
    constraints |= {"enum": list(allowed[field.values])} if field.values else {}
    return described | ({"constraints": constraints} if constraints else {})
