"""The page of agreement: people with each other, people with the machine, and the random audits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from pipeline.review.web.agreeing import Agreed, Audited, few
from pipeline.review.web.respond import page, state_of
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import decimal, number, share, title


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; `part` is a category below its variable."""

    label: str
    part: bool
    items: str
    raw: str
    alpha: str
    kappa: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A line of the table of audits."""

    label: str
    audited: str
    wrong: str
    share: str


def agreement(request: Request) -> Response:
    """Answer /overens."""
    state = state_of(request)
    report = state.agreeing.report()
    people, machine = (report.people, report.machine) if report else ((), ())
    return page(
        request,
        "overens.html",
        counted=report is not None,
        people=_rows(state, people),
        few=few(people),
        machine=_rows(state, machine),
        audits=[_audit(state, one) for one in (report.audits if report else ())],
    )


def _rows(state: ReviewState, found: Sequence[Agreed]) -> list[Row]:
    return [
        Row(
            title(state.codebook, one.variable, one.category) if one.variable else "Allt",
            bool(one.category),
            number(one.items),
            share(one.raw),
            decimal(one.alpha),
            decimal(one.kappa),
        )
        for one in found
    ]


def _audit(state: ReviewState, one: Audited) -> AuditRow:
    label = title(state.codebook, one.variable, "") if one.variable else "Allt"
    return AuditRow(label, number(one.audited), number(one.wrong), share(one.share))
