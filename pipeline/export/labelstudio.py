"""Label Studio: tasks with predictions, and the labeling configuration that they need.

Format: "Import pre-annotated data" (labelstud.io/guide/predictions). `start` and `end` count code
points, as Label Studio's text regions have done since October 2021 (label-studio pull 1559). The
configuration keeps every space and newline on the screen, or regions would be drawn elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import orjson
from lxml import etree

from annotations.codebook import Codebook
from pipeline.export.passages import Passage, Source, sources
from pipeline.export.qda_codes import code_tree, guid, walk
from pipeline.export.results import Results
from pipeline.tables.files import replacing, write_text

TEXT, ROLE = "text", "roll"
_SPACES = ".htx-text { white-space: pre-wrap; }"
Json = Mapping[str, object]


def write_labelstudio(results: Results, codebook: Codebook, path: Path) -> tuple[int, Path]:
    """Write one task a document; returns how many, and the configuration's path beside it.

    Codes that rest on no words are not in the tasks. Raises WriteError.
    """
    labels = {(c.variable, c.id): c.label for c in codebook.leaves()}
    made = 0
    with replacing(path) as beside, beside.open("wb") as file:
        for task in tasks(results, labels):
            file.write(b"[\n" if not made else b",\n")
            file.write(orjson.dumps(task))
            made += 1
        file.write(b"\n]\n" if made else b"[]\n")
    config = path.with_name(f"{path.stem}.config.xml")
    return made, write_text(config, labeling_config(codebook))


def tasks(results: Results, labels: Mapping[tuple[str, str], str]) -> Iterator[Json]:
    """Yield a task for each document, its passages as one prediction."""
    for source in sources(results):
        regions = [region for p in source.passages for region in _regions(p, source, labels)]
        confidences = [p.coded.coding.confidence for p in source.passages]
        prediction: dict[str, object] = {
            "model_version": f"samverkan {version('samverkan')}",
            "result": regions,
        }
        if confidences:
            prediction["score"] = sum(confidences) / len(confidences)
        yield {
            "data": {
                TEXT: source.text,
                "dokument": source.document.name,
                "projekt": list(source.document.projects),
            },
            "predictions": [prediction],
        }


def labeling_config(codebook: Codebook) -> str:
    """Return the labeling interface: a row of labels a variable, and the role of a partner."""
    root = etree.Element("View")
    _add(root, "Style").text = _SPACES
    colours = {code.guid: code.colour for code in walk(code_tree(codebook))}
    _add(root, "Header", value="$dokument", size="4")
    for variable in codebook.variables:
        _add(root, "Header", value=variable.label, size="5")
        labels = _add(root, "Labels", name=variable.id, toName=TEXT, showInline="true")
        for category in variable.categories:
            _add(
                labels,
                "Label",
                value=category.label,
                hint=category.definition.strip(),
                background=colours[guid("kategori", variable.id, category.id)],
            )
    for variable in codebook.variables:
        if variable.roles:
            choices = _add(
                root,
                "Choices",
                name=role_control(variable.id),
                toName=TEXT,
                perRegion="true",
                choice="single",
                whenTagName=variable.id,
            )
            for role in variable.roles:
                _add(choices, "Choice", value=role.label, hint=role.definition)
    _add(root, "Text", name=TEXT, value=f"${TEXT}", granularity="symbol")
    return etree.tostring(root, pretty_print=True, encoding="unicode")


def role_control(variable: str) -> str:
    """Return the name of the control that says how a partner takes part."""
    return f"{variable}_{ROLE}"


def _regions(p: Passage, source: Source, labels: Mapping[tuple[str, str], str]) -> Iterator[Json]:
    """Yield the region with its label and, under the same id, its role."""
    c = p.coded.coding
    place = {"start": p.start, "end": p.end, "text": source.text[p.start : p.end]}
    common = {
        "id": guid("ställe", p.project, c.variable, c.category),
        "to_name": TEXT,
        "origin": "prediction",
        "score": c.confidence,
        "meta": {"text": [f"{p.project}: {reason}" for reason in c.reasons] or [p.project]},
    }
    label = labels[c.variable, c.category]
    yield {
        **common,
        "from_name": c.variable,
        "type": "labels",
        "value": {**place, "labels": [label]},
    }
    if c.role:
        yield {
            **common,
            "from_name": role_control(c.variable),
            "type": "choices",
            "value": {**place, "choices": [c.role.value.capitalize()]},
        }


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, tag, attributes)
