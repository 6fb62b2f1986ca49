"""Reports with partner gold, as the document and submission a perfect reader would give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.types import Answer, Choice, Document, DocumentKind, Header, Page, Submission

GROUPS = (
    "kommuner",
    "halso_sjukvard",
    "rattsvasende",
    "kyrka_samfund",
    "forsakringskassa",
    "frivilligorganisation",
    "ovriga",
)


@dataclass(frozen=True)
class Report:
    id: str
    document: Document
    submission: Submission
    partner: Mapping[str, str]


def reports(name: str = "partner_reports.yaml") -> Iterator[Report]:
    path = Path(__file__).with_name(name)
    for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
        document, submission = build(
            raw.get("svar") or {"fritext": raw["fritext"]}, raw["ticks"], raw["kommun"], raw["id"]
        )
        yield Report(raw["id"], document, submission, raw["partner"])


def build(
    answers: Mapping[str, Any], ticks: Any = None, kommun: str = "Norrby", name: str = "rapport"
) -> tuple[Document, Submission]:
    """`ticks` None: a document without boxes."""
    text = ""
    choices: list[Choice] = []
    for option in GROUPS if ticks is not None else ():
        choices.append(Choice("aktor", option, option in ticks, len(text), len(text) + 1))
        text += f"{'☒' if option in ticks else '☐'} {option}\n"
    parts: list[Answer] = []
    for question, answer in answers.items():
        parts.append(Answer(question, len(text), len(text) + len(answer)))
        text += answer + "\n"
    document = Document(name, name, "txt", text, (Page(1, 0, len(text)),))
    kind = DocumentKind.BLANKETT_SLUT if ticks is not None else DocumentKind.FRI_REDOVISNING
    return document, Submission(
        name,
        0,
        kind,
        1.0,
        "test",
        header=Header(kommun=kommun),
        answers=tuple(parts),
        choices=tuple(choices),
        end=len(text),
    )
