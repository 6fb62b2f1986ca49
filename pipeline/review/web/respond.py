"""From a template to an answer, from a form to its fields, and the pages for what goes wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipeline.review.web.access.reviewer import Act, Reviewer
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import offered

MENU = (
    ("/", "Granska"),
    ("/lista", "Lista"),
    ("/tvister", "Tvister"),
    ("/overens", "Överensstämmelse"),
    ("/tolkningar", "Tolkningar"),
    ("/hjalp", "Hjälp"),
)
_WORDS = {
    400: ("Något i anropet stämmer inte", "Gå tillbaka och försök igen."),
    403: ("Du får inte göra det här", "Be samordnaren om du behöver kunna det."),
    404: ("Sidan finns inte", "Frågan kan ha tagits bort av en ny körning, eller adressen är fel."),
    405: ("Det går inte att göra så här", "Gå tillbaka och använd knapparna på sidan."),
    409: ("Någon hann före", "Gå tillbaka, ladda om sidan och välj igen."),
    413: ("Det är för mycket på en gång", "Korta kommentaren och försök igen."),
    500: ("Något gick fel i programmet", "Inget av det du har sparat är borta. Försök igen."),
}


def state_of(request: Request) -> ReviewState:
    """Return the server's state."""
    found = request.app.state.review
    assert isinstance(found, ReviewState)
    return found


def reviewer_of(request: Request) -> Reviewer:
    """Return who asks. Raises HTTPException 403 where nobody is signed in."""
    found = getattr(request.state, "reviewer", None)
    if not isinstance(found, Reviewer):
        raise HTTPException(403)
    return found


def by_htmx(request: Request) -> bool:
    """Whether only a part of the page is asked for."""
    return request.headers.get("hx-request") == "true"


async def fields(request: Request) -> dict[str, str]:
    """Return the texts of a form; files are not taken."""
    async with request.form(max_files=0, max_fields=60) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Return a page; what every page shows is filled in."""
    return HTMLResponse(
        _environment().get_template(template).render(_around(request, context)), status
    )


def failure(request: Request, status: int, why: str = "") -> Response:
    """Return the page that says in Swedish what went wrong and what to do; never more."""
    title, advice = _WORDS.get(status, _WORDS[500] if status >= 500 else _WORDS[400])
    return page(request, "fel.html", status, title=title, advice=why or advice)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what was refused."""
    assert isinstance(error, HTTPException)
    given = error.detail if error.detail and error.status_code == 409 else ""
    return failure(request, error.status_code, given)


async def on_crash(request: Request, error: Exception) -> Response:
    """Answer after a fault of ours; the server's own log holds the traceback, the page does not."""
    return failure(request, 500)


def _around(request: Request, context: dict[str, Any]) -> dict[str, Any]:
    state = state_of(request)
    reviewer = getattr(request.state, "reviewer", None)
    may = isinstance(reviewer, Reviewer) and reviewer.may(Act.ADJUDICATE)
    return {
        "reviewer": reviewer if isinstance(reviewer, Reviewer) and reviewer.session else None,
        "round": state.round,
        "here": request.url.path,
        "menu": [one for one in MENU if may or one[0] != "/tvister"],
        "letters": letters(state),
        "message": "",
        "warning": False,
        "settings": state.settings,
        **context,
    }


def letters(state: ReviewState) -> list[tuple[str, str]]:
    """Return the letters that answer, with what they answer, from the codebook."""
    found = {
        key: option.label
        for variable in state.codebook.variables
        for option in offered(state.codebook, variable.id)
        for key in option.keys
        if not key.isdigit()
    }
    return list(found.items())


def compile_templates() -> None:
    """Get every template ready, so that nobody waits for it who is the first to see its page."""
    for name in _environment().list_templates():
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
