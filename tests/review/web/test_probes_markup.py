"""Attacks by markup: whatever a text, a name or a comment holds, a page shows it as words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotations.decisions.publishing import StoredDocument
from annotations.decisions.types import Proposal
from corpus.types import Answer, Document, DocumentKind, Header, Page, Submission
from pipeline.review.web.access.reviewer import Role
from tests.review.web.site import Browser, Site, site, usual

ATTACK = "\"'></textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>{{'xyz'*3}}"
SHORT = "\"'><script>alert(1)</script><b onclick=x>"
SCRIPTS = ["/static/htmx-2.0.11.min.js", "/static/granskning.js"]
NAME = f"{ATTACK}.docx"
TEXT = f"Rubrik {ATTACK}\nPolisen sitter med {ATTACK} varje månad.\n"
SENTENCE = (TEXT.index("Polisen"), len(TEXT) - 1)
QUIET = {"script", "img", "b"}


class _Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def harmless(page: str) -> _Seen:
    """Check that a page holds no script, no handler and no picture but ours."""
    seen = _Seen(page)
    scripts = [given.get("src") for tag, given in seen.tags if tag == "script"]
    assert scripts in ([], SCRIPTS)
    for tag, given in seen.tags:
        handlers = [name for name in given if name.startswith("on") or name == "srcdoc"]
        assert not handlers, (tag, handlers)
        assert tag not in ("iframe", "object", "embed", "base", "style")
        for name in ("src", "href", "action", "formaction", "hx-get", "hx-post"):
            assert (given.get(name) or "/").startswith(("/", "#")), (tag, given)
    assert "xyzxyzxyz" not in page
    return seen


def _nasty() -> list[Proposal]:
    made = []
    for proposal in usual():
        project = f"{proposal.project} {ATTACK}"
        made.append(
            replace(
                proposal, project=project, county=SHORT, municipality=SHORT, document=NAME,
                reasons=(f"Skäl {ATTACK}",), quote=TEXT[slice(*SENTENCE)], origin="modell",
                start=SENTENCE[0], end=SENTENCE[1], answer_start=0, answer_end=len(TEXT),
            )
        )  # fmt: skip
    return made


def _stored() -> StoredDocument:
    document = Document(NAME, "0" * 64, "docx", TEXT, (Page(1, 0, len(TEXT), 0.0, 0.0),))
    answer = Answer("aktor_rattsvasende", 0, len(TEXT), f"Fråga {ATTACK}")
    submission = Submission(
        document=NAME, part=0, kind=DocumentKind.BLANKETT_SLUT, kind_confidence=1.0,
        kind_reason="", form="redovisning_slut", answers=(answer,), end=len(TEXT),
        header=Header(titel=f"Titel {ATTACK}"),
    )  # fmt: skip
    return StoredDocument(document, (submission,))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path, _nasty(), _stored()) as made:
        yield made


def _police(here: Site) -> int:
    return here.item("partner", "polis", f"p01 {ATTACK}").id


def _commented(here: Site) -> Browser:
    """Have somebody with a bad name decide with a bad comment; return his browser."""
    browser = here.browser(SHORT, Role.COORDINATOR)
    browser.get(f"/post/{_police(here)}")
    browser.send(f"/post/{_police(here)}", val="nej", kommentar=ATTACK)
    return browser


def _dispute(here: Site, path: str) -> str:
    here.state.items.set_double(1.0)
    for name, choice in ((SHORT, "aktiv"), (f"2{SHORT}", "nej")):
        browser = here.browser(name)
        browser.get(f"/post/{_police(here)}")
        browser.send(f"/post/{_police(here)}", val=choice, kommentar=f"{name} {ATTACK}")
    judge = here.browser(f"3{SHORT}", Role.ANALYST)
    return str(judge.get(path.format(id=_police(here))).text)


def _conflict(here: Site) -> str:
    browser = here.browser(f"2{SHORT}")
    browser.get(f"/post/{_police(here)}")
    _commented(here)
    sent = browser.send(f"/post/{_police(here)}", val="aktiv", kommentar=f"min {ATTACK}")
    assert sent.status_code == 409
    return str(sent.text)


def _bulk_done(here: Site) -> str:
    browser = here.browser(SHORT)
    browser.get("/lista/godkann")
    hidden = browser.hidden()
    sent = browser.send("/lista/godkann", **hidden, kommentar=ATTACK)
    assert "beslut är sparade" in sent.text
    return str(sent.text)


def _shown(path: str) -> Callable[[Site], str]:
    def get(here: Site) -> str:
        return str(_commented(here).get(path.format(id=_police(here))).text)

    return get


def _refused_undo(here: Site) -> str:
    first = here.browser("Anna Ek")
    first.get(f"/post/{_police(here)}")
    first.send(f"/post/{_police(here)}", val="aktiv")
    _commented(here)
    first.get("/")
    return str(first.send("/angra").text)


def _searched(path: str) -> Callable[[Site], str]:
    def get(here: Site) -> str:
        browser = here.browser(SHORT)
        query = {name: ATTACK for name in ("sok", "lan", "fraga", "skal", "lage", "sida")}
        return str(browser.client.get(path, params=query).text)

    return get


# (page, how it comes, words of the attack that must be seen as words)
PAGES: list[tuple[str, Callable[[Site], str], str]] = [
    ("card", _shown("/post/{id}"), "Polisen sitter med " + ATTACK[:8]),
    ("card's log", _shown("/post/{id}"), ATTACK),
    ("card's next", _shown("/"), "Titel " + ATTACK),
    ("whole text", _shown("/post/{id}?vy=text"), "Rubrik " + ATTACK),
    ("side alone", _shown("/post/{id}/underlag?vy=text"), "Rubrik " + ATTACK),
    ("list", _shown("/lista?lage=alla"), "p01 " + ATTACK),
    ("list's reasons", _shown("/lista"), "Skäl " + ATTACK),
    ("bulk", _shown("/lista/godkann"), "p01 " + ATTACK),
    ("bulk done", _bulk_done, ""),
    ("conflict", _conflict, "min " + ATTACK),
    ("conflict's other name", _conflict, "Sparat av " + SHORT),
    ("disputes", lambda here: _dispute(here, "/tvister"), "p01 " + ATTACK),
    ("dispute", lambda here: _dispute(here, "/tvister/{id}"), f"{SHORT} {ATTACK}"),
    ("search", _searched("/lista"), ""),
    ("queue of a search", _searched("/"), f"”{ATTACK}”"),
    ("bulk of a search", _searched("/lista/godkann"), f"”{ATTACK}”"),
    ("undo refused", _refused_undo, SHORT),
    ("agreement", _shown("/overens"), ""),
    ("help", _shown("/hjalp"), SHORT),
    ("no such page", _shown("/<script>alert(1)</script>?x=<script>"), ""),
    ("no such item", _shown("/post/99999"), ""),
]


@pytest.mark.parametrize(("page", "get", "words"), PAGES, ids=[page for page, _, _ in PAGES])
def test_markup_is_shown_as_words(
    here: Site, page: str, get: Callable[[Site], str], words: str
) -> None:
    text = get(here)
    seen = harmless(text)
    assert words in seen.words
    assert "<script>alert" not in text


def test_what_is_sought_stands_in_the_box(here: Site) -> None:
    seen = harmless(_searched("/lista")(here))
    (box,) = [given for tag, given in seen.tags if given.get("id") == "sok"]
    assert box["value"] == ATTACK


def test_a_reviewers_name_ends_no_attribute(here: Site) -> None:
    seen = harmless(_shown("/hjalp")(here))
    (body,) = [given for tag, given in seen.tags if tag == "body"]
    assert body["data-granskare"] == SHORT


def test_a_file_names_markup_ends_no_picture(here: Site) -> None:
    """The check itself: it sees what would be dangerous."""
    with pytest.raises(AssertionError):
        harmless(f"<p>{ATTACK}</p>")
    with pytest.raises(AssertionError):
        harmless("<a href='javascript:alert(1)'>x</a>")


def test_a_partial_answer_is_as_harmless(here: Site) -> None:
    browser = here.browser(SHORT)
    browser.get(f"/post/{_police(here)}")
    for path in (f"/post/{_police(here)}", f"/post/{_police(here)}/visa"):
        sent = browser.send(path, val="kommentar", kommentar=ATTACK)
        assert sent.status_code == 200
        assert ATTACK in harmless(sent.text).words


BIDI = "\u202eonp\u202c \u2066x\u200b\u0007\u001b[31m"


def test_controls_in_a_comment_are_kept_to_it(here: Site) -> None:
    """Directions turned in one reviewer's words must not turn the words around them."""
    browser = here.browser("Anna Ek")
    browser.get(f"/post/{_police(here)}")
    browser.send(f"/post/{_police(here)}", val="nej", kommentar=f"{BIDI}\x00")
    event = here.state.log.events(_police(here))[-1]
    assert "\x00" not in event.comment
    page = here.browser("Per Lund").get(f"/post/{_police(here)}").text
    assert "<q" in page
    css = here.browser().client.get("/static/granskning.css").text
    assert "unicode-bidi:isolate" in css.replace(" ", "")
