"""A small round behind the review page: a PDF, a Word text with a script in it, and people."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from annotations.codebook import load
from annotations.decisions.database import Database
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.publishing import StoredDocument
from annotations.decisions.types import Item, Proposal
from corpus.types import Answer, Box, Choice, Document, DocumentKind, Line, Page, Submission
from pipeline.review.web.access.access import Access
from pipeline.review.web.access.guard import COOKIE
from pipeline.review.web.access.reviewer import Role
from pipeline.review.web.access.sessions import Sessions
from pipeline.review.web.access.ways import Link
from pipeline.review.web.app import create_app
from pipeline.review.web.state import ReviewState, review_state

ROUND = "Omgång 1"
HOST = "127.0.0.1:8000"
TEXT = (
    "Vilka aktörer deltar?\n☒\nRättsväsendet\n"
    "Polisen sitter med i gruppen varje månad. Ring Berit Sandgren på 070-174 06 05.\n"
    "<script>alert('x')</script> Kvinnojouren kom på en föreläsning.\n"
)
ANSWER = (TEXT.index("Polisen"), len(TEXT) - 1)
POLICE = (TEXT.index("Polisen"), TEXT.index(" Ring"))
SHELTER = (TEXT.index("Kvinnojouren"), TEXT.index(".\n", TEXT.index("Kvinnojouren")) + 1)


@dataclass(slots=True)
class Site:
    """The state of a server and its people's browsers."""

    state: ReviewState
    sessions: Sessions
    app: object

    def browser(self, name: str = "Anna Ek", role: Role = Role.REVIEWER) -> Browser:
        """Return a signed-in person's browser."""
        client = TestClient(
            self.app,  # type: ignore[arg-type]
            base_url=f"http://{HOST}",
            raise_server_exceptions=False,
            follow_redirects=False,
        )
        client.cookies.set(COOKIE, self.sessions.open(name, role))
        return Browser(client)

    def item(self, variable: str, category: str = "", project: str = "p01") -> Item:
        """Return an item as it stands."""
        found = self.state.items.page(Filter(ROUND, States.ALL), Order.QUEUE, 0, None)
        wanted = (project, variable, category)
        return next(i for i in found if i.proposal.key == wanted)

    def disputed(self, category: str = "polis", project: str = "p01") -> int:
        """Have Anna Ek and Per Lund code a partner blind, differently; return the item's id."""
        self.state.items.set_double(1.0)
        id = self.item("partner", category, project).id
        told = (("Anna Ek", "aktiv", "varje månad"), ("Per Lund", "nej", "de slutade"))
        for name, choice, comment in told:
            browser = self.browser(name)
            browser.get(f"/post/{id}")
            browser.send(f"/post/{id}", val=choice, kommentar=comment)
        return id


@dataclass(slots=True)
class Browser:
    """A person's browser: gets pages and sends the form that the last page held."""

    client: TestClient
    page: str = ""

    def get(self, path: str) -> Any:
        """Open an address."""
        response = self.client.get(path)
        self.page = response.text if "html" in response.headers.get("content-type", "") else ""
        return response

    def send(self, path: str, **given: str) -> Any:
        """Send the hidden fields of the page with what is given, as the page's script does."""
        return self._post(path, given, {"hx-request": "true"})

    def plain(self, path: str, **given: str) -> Any:
        """Send the same as a browser without JavaScript does."""
        return self._post(path, given, {})

    def _post(self, path: str, given: dict[str, str], headers: dict[str, str]) -> Any:
        data = {**self.hidden(), **given}
        headers = {"sec-fetch-site": "same-origin", **headers}
        response = self.client.post(path, data=data, headers=headers)
        if response.text.strip():
            self.page = response.text
        return response

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the page, the later of two with one name."""
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page))

    @property
    def heading(self) -> str:
        """The page's main heading."""
        return re.sub("<[^>]+>", "", re.findall(r"<h1[^>]*>(.*?)</h1>", self.page, re.S)[0]).strip()

    @property
    def told(self) -> str:
        """What the page says was done."""
        found = re.search(r'data-besked="([^"]*)"', self.page)
        return found[1] if found else ""


@contextmanager
def site(
    folder: Path,
    proposals: Sequence[Proposal] = (),
    stored: StoredDocument | None = None,
    url: str = "",
) -> Iterator[Site]:
    """Yield a server's state with a published round; the database is a file or at `url`."""
    database = Database(url or folder / "granskning.sqlite")
    moment = [datetime(2026, 11, 2, 9, 0, tzinfo=UTC)]
    state = review_state(database, ROUND, load(), clock=lambda: moment[0])
    proposals = proposals or usual()
    state.items.publish(
        ROUND,
        proposals,
        {p.project: {p.basis} for p in proposals},
        [stored or word()],
        ranks={p.key: i for i, p in enumerate(proposals)},
        model="m1",
        codebook="k1",
    )
    sessions = Sessions(database, lambda: moment[0].timestamp())
    access = Access(Link(sessions, "Anna Ek"), sessions, frozenset({HOST}))
    try:
        yield Site(state, sessions, create_app(state, access))
    finally:
        state.close()
        database.close()


def usual() -> list[Proposal]:
    """Return five questions about one project, the police first."""
    police = Proposal(
        project="p01",
        variable="partner",
        category="polis",
        choice="aktiv",
        probability=0.83,
        automatic=False,
        origin="modell",
        reasons=("Bara ett ställe i texten talar för att parten deltar.",),
        document="svar.docx",
        page=1,
        start=POLICE[0],
        end=POLICE[1],
        answer_start=ANSWER[0],
        answer_end=ANSWER[1],
        question="aktor_rattsvasende",
        quote=TEXT[slice(*POLICE)],
        basis="b1",
        county="Skåne",
        municipality="Sjöbo",
    )
    shelter = replace(
        police,
        category="kvinnojour",
        choice="inbjuden",
        probability=0.55,
        reasons=("Parten nämns men texten säger inte tydligt att den deltar.",),
        start=SHELTER[0],
        end=SHELTER[1],
        quote=TEXT[slice(*SHELTER)],
    )
    goals = replace(police, variable="maluppfyllelse", category="", choice="delvis", reasons=())
    women = replace(goals, variable="malgrupp", category="kvinnor", choice="ja", probability=None)
    other = replace(women, project="p02", county="Kalmar", municipality="Emmaboda", choice="nej")
    return [police, shelter, goals, women, other]


def many(n: int) -> list[Proposal]:
    """Return one question about each of n projects."""
    base = usual()[3]
    return [replace(base, project=f"p{i:04}", probability=i / n) for i in range(n)]


def word() -> StoredDocument:
    """Return a document without pictures of its pages."""
    return StoredDocument(_document("svar.docx", "docx", "", ()), (_submission("svar.docx"),))


def pdf(path: Path, content: bytes, lines: Sequence[tuple[int, int, Box | None]]) -> StoredDocument:
    """Return a document that lies at `path`, its lines with their boxes on an A4 page."""
    path.write_bytes(content)
    made = tuple(Line(start, end, box) for start, end, box in lines)
    document = _document("svar.docx", "pdf", hashlib.sha256(content).hexdigest(), made)
    return StoredDocument(document, (_submission("svar.docx"),), path=str(path))


def _document(name: str, format: str, sha256: str, lines: tuple[Line, ...]) -> Document:
    size = (595.0, 842.0) if format == "pdf" else (0.0, 0.0)
    page = Page(1, 0, len(TEXT), *size, lines=lines)
    return Document(name, sha256 or "0" * 64, format, TEXT, (page,))


def _submission(name: str) -> Submission:
    sign = TEXT.index("☒")
    return Submission(
        document=name,
        part=0,
        kind=DocumentKind.BLANKETT_SLUT,
        kind_confidence=1.0,
        kind_reason="",
        form="redovisning_slut",
        answers=(Answer("aktor_rattsvasende", *ANSWER, "Ange vilka och hur"),),
        choices=(Choice("aktor", "rattsvasende", True, sign, sign + 1),),
        end=len(TEXT),
    )
