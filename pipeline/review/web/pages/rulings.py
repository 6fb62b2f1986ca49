"""The register of rulings: reading it, and for those who may, adding to it and taking back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from annotations.decisions.register import Register, RulingError
from annotations.decisions.rulings import NewRuling, Ruling
from annotations.decisions.types import Source
from annotations.tables import load_tables
from pipeline.review.web.access.reviewer import Act, Reviewer
from pipeline.review.web.extract import veiled
from pipeline.review.web.pages.sent import new_token, token_of
from pipeline.review.web.respond import fields, page, reviewer_of, state_of
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import number
from pipeline.rulings.general import general_marks, reference_faults
from pipeline.rulings.register import cases_by_project, register, standing
from pipeline.rulings.words import about_words, day, sentence, withdrawn

_ABOUT = ("galler1", "galler2", "galler3")
_SHOWN_CASES = 30


@dataclass(frozen=True, slots=True)
class Case:
    """A project a ruling was applied to; `item` is a question to open, 0 for none."""

    item: int
    project: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One ruling in words; of many cases only the first, `more` says how many are left."""

    mark: str
    question: str
    text: str
    reason: str
    about: str
    made: str
    replaces: str
    withdrawn: str
    count: str
    cases: tuple[Case, ...]
    more: str


def listing(request: Request) -> Response:
    """Answer /tolkningar."""
    done = request.query_params.get("klar", "")
    marks = {r.mark: r for r in register(state_of(request).database, state_of(request).round)}
    message = ""
    if done in marks:
        what = "återkallad" if marks[done].withdrawn else "tillagd"
        message = f"Tolkning {done} är {what}. Noterna följer med när tabellerna räknas om."
    return _show(request, tuple(marks.values()), {}, message)


async def add(request: Request) -> Response:
    """Add a ruling and show it in the register."""
    return await run_in_threadpool(_add, request, await fields(request))


async def withdraw(request: Request) -> Response:
    """Take a ruling back and show it in the register."""
    return await run_in_threadpool(_withdraw, request, await fields(request))


def _add(request: Request, form: dict[str, str]) -> Response:
    state, reviewer = state_of(request), _ruler(request)
    applies = tuple(dict.fromkeys(form[name] for name in _ABOUT if form.get(name)))
    if reference_faults(applies, state.codebook, load_tables().tables):
        raise HTTPException(400)
    new = NewRuling(
        question=form.get("fraga", "").strip(),
        text=form.get("avgorande", "").strip(),
        reason=form.get("skal", "").strip(),
        applies=applies,
        reviewer=reviewer.name,
        source=Source.WEB,
        token=token_of(form),
        replaces=form.get("ersatter", ""),
    )
    try:
        mark = Register(state.database, state.clock).add(state.round, new, general_marks())
    except RulingError as error:
        return _refused(request, form, error)
    return RedirectResponse(f"/tolkningar?klar={mark}#{mark}", 303)


def _withdraw(request: Request, form: dict[str, str]) -> Response:
    state, reviewer = state_of(request), _ruler(request)
    mark = form.get("marke", "")
    try:
        Register(state.database, state.clock).withdraw(
            state.round,
            mark,
            form.get("varfor", "").strip(),
            reviewer.name,
            Source.WEB,
            token_of(form),
            general_marks(),
        )
    except RulingError as error:
        return _refused(request, {}, error)
    return RedirectResponse(f"/tolkningar?klar={mark}#{mark}", 303)


def _refused(request: Request, form: Mapping[str, str], error: RulingError) -> Response:
    state = state_of(request)
    rulings = register(state.database, state.round)
    return _show(request, rulings, form, f"Inget är sparat. {error}", warning=True)


def _show(
    request: Request,
    rulings: tuple[Ruling, ...],
    form: Mapping[str, str],
    message: str,
    warning: bool = False,
) -> Response:
    state = state_of(request)
    held = standing(rulings)
    return page(
        request,
        "tolkningar.html",
        409 if warning else 200,
        own=[_shown(state, r) for r in reversed(held) if not r.general],
        general=[_shown(state, r) for r in held if r.general],
        gone=[_shown(state, r) for r in rulings if r.withdrawn],
        may=reviewer_of(request).may(Act.RULE),
        places=_places(state),
        about_names=_ABOUT,
        form=form,
        token=new_token(),
        message=message,
        warning=warning,
    )


def _shown(state: ReviewState, ruling: Ruling) -> Shown:
    projects = cases_by_project(ruling)
    cases = tuple(Case(cases[0].item, veiled(project)) for project, cases in projects.items())
    left = len(cases) - _SHOWN_CASES
    return Shown(
        ruling.mark,
        ruling.question,
        sentence(ruling.text),
        sentence(ruling.reason),
        about_words(ruling.applies, state.codebook),
        f"{ruling.who[:1].upper()}{ruling.who[1:]}, {day(ruling.at, state.zone)}",
        ruling.replaces,
        withdrawn(ruling.withdrawn) if ruling.withdrawn else "",
        number(len(cases)),
        cases[:_SHOWN_CASES],
        number(left) if left > 0 else "",
    )


def _places(state: ReviewState) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a ruling may be about, group by group: value and words."""
    found = []
    for variable in state.codebook.variables:
        parts = [(g.id, g.label) for g in variable.groups]
        parts += [(c.id, c.label) for c in variable.categories]
        ids = dict.fromkeys(f"{variable.id}.{id}" for id, _ in parts)
        labels = {f"{variable.id}.{id}": label for id, label in reversed(parts)}
        own = [(variable.id, f"Hela {variable.label.lower()}")]
        found.append((variable.label, own + [(id, labels[id]) for id in ids]))
    tables = [(table.id, f"Tabell {table.number}") for table in load_tables().tables]
    return [*found, ("Tabeller", tables)]


def _ruler(request: Request) -> Reviewer:
    """Return who asks. Raises HTTPException 403 for those who may not rule."""
    reviewer = reviewer_of(request)
    if not reviewer.may(Act.RULE):
        raise HTTPException(403)
    return reviewer
