"""A written report as the document and submission that a perfect reader would give of it.

For training and for measuring coding alone, past all file reading.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from corpus.records import BOXES, Report
from corpus.types import (
    Answer,
    Choice,
    Document,
    DocumentKind,
    Header,
    Page,
    Submission,
)
from pipeline.parse import parse

KINDS = {"slut": DocumentKind.BLANKETT_SLUT, "del": DocumentKind.BLANKETT_DEL}
_NOT_ON_THE_INTERIM_FORM: dict[str, tuple[str, ...]] = {"redovisning": (), "integrering": ()}


def submission_of(report: Report) -> tuple[Document, Submission]:
    """Return one report as the document and submission a perfect reader would give.

    A free-form document is cut into answers by pipeline.parse.
    """
    if report.blankett == "fri":
        return _free_form(report)
    text = f"Redovisningsblankett\n{report.lan}\n{report.kommun}\n{report.period}\n"
    answers: list[Answer] = []
    choices: list[Choice] = []
    asked = BOXES if report.blankett == "slut" else {**BOXES, **_NOT_ON_THE_INTERIM_FORM}
    for option in asked["redovisning"]:
        text, choices = _tick(text, choices, report, "redovisning", option)
    for question, answer in (report.svar or {}).items():
        if question.startswith("struktur"):
            for option in BOXES["struktur"]:
                text, choices = _tick(text, choices, report, "struktur", option)
        if question.startswith("aktor_"):
            text, choices = _tick(text, choices, report, "aktor", question.removeprefix("aktor_"))
        if question == "sarskilt_utsatta":
            for option in BOXES["omrade"]:
                text, choices = _tick(text, choices, report, "omrade", option)
        if question == "integrering":
            for option in asked["integrering"]:
                text, choices = _tick(text, choices, report, "integrering", option)
        if answer:
            answers.append(Answer(question, len(text), len(text) + len(answer)))
            text += answer + "\n"
    return _document(report, text), Submission(
        document=report.id,
        part=0,
        kind=KINDS[report.blankett],
        kind_confidence=1.0,
        kind_reason="Blanketten.",
        form=f"redovisning_{report.blankett}",
        header=_header(report),
        answers=tuple(answers),
        choices=tuple(choices),
        end=len(text),
    )


def _tick(
    text: str, choices: list[Choice], report: Report, question: str, option: str
) -> tuple[str, list[Choice]]:
    checked = report.kryss is not None and option in report.kryss.ticked(question)
    choice = Choice(question, option, checked, len(text), len(text) + 1)
    return f"{text}{'☒' if checked else '☐'} {option}\n", [*choices, choice]


def _free_form(report: Report) -> tuple[Document, Submission]:
    document = _document(report, report.text or "")
    for submission in parse(document):
        return document, submission
    return document, Submission(
        document=report.id,
        part=0,
        kind=DocumentKind.FRI_REDOVISNING,
        kind_confidence=1.0,
        kind_reason="Fri redovisning.",
        header=_header(report),
        answers=(Answer("fritext", 0, len(document.text)),),
        end=len(document.text),
    )


def _document(report: Report, text: str) -> Document:
    name = f"{report.id}.txt"
    return Document(name, report.id, "txt", text, (Page(1, 0, len(text)),))


def _header(report: Report) -> Header:
    dates = [date.fromisoformat(d) for d in re.findall(r"\d{4}-\d\d-\d\d", report.period or "")]
    start, end = dates if len(dates) == 2 else (None, None)
    amount = report.belopp
    return Header(
        lan=report.lan,
        kommun=report.kommun,
        titel=report.titel,
        period_start=start,
        period_slut=end,
        beviljat_belopp=None if amount is None else Decimal(amount),
    )
