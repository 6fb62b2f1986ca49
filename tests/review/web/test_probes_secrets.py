"""Attacks on what is personal: what is hidden, what a log tells, and who has a name here."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from annotations.decisions import schema
from annotations.decisions.publishing import StoredDocument
from annotations.decisions.types import Proposal
from corpus.types import Answer, Box, Document, DocumentKind, Header, Line, Page, Submission
from pipeline.review.web.access.reviewer import Role
from tests.review.web.site import ROUND, Site, site, usual
from tests.review.web.wire import Answer as Reply
from tests.review.web.wire import ask, cookie, ours

NUMBER, PHONE, PERSON = "121212-1212", "070-174 06 05", "Berit Sandgren"
SECRETS = (NUMBER, PHONE, PERSON, "121212", "070-174", "Berit", "Sandgren")
# A list cuts quotes after 300 letters: in the middle of the number.
LONG = (
    ("Polisen sitter med " + "och talar om stödet till de utsatta " * 9)[:286]
    .strip()
    .ljust(286, "a")
)
SENTENCE = f"{LONG} om {NUMBER}, ring {PHONE}."
TEXT = (
    f"Vilka aktörer deltar?\nKontaktperson: {PERSON}\n{SENTENCE}\nKvinnan ({NUMBER}) fick stöd.\n"
)
AT = (TEXT.index("Polisen"), TEXT.index(SENTENCE) + len(SENTENCE))
NAME = f"redovisning {NUMBER}.docx"
PROJECT = f"p01 om {NUMBER}"


def _proposals(name: str = NAME) -> list[Proposal]:
    return [
        replace(
            p, document=name, quote=SENTENCE, start=AT[0], end=AT[1], answer_start=AT[0],
            answer_end=AT[1], project=p.project.replace("p01", PROJECT), county="Skåne",
            municipality="",
        )
        for p in usual()
    ]  # fmt: skip


def _stored(name: str = NAME, *, path: str = "", page: Page | None = None) -> StoredDocument:
    page = page or Page(1, 0, len(TEXT), 0.0, 0.0)
    document = Document(name, "0" * 64, name.rpartition(".")[2], TEXT, (page,))
    submission = Submission(
        document=name, part=0, kind=DocumentKind.BLANKETT_SLUT, kind_confidence=1.0,
        kind_reason="", form="redovisning_slut", end=len(TEXT),
        answers=(Answer("aktor_rattsvasende", 0, len(TEXT), f"Fråga. Kontaktperson: {PERSON}"),),
        header=Header(titel=f"Trygg hemma, ring {PHONE}"),
    )  # fmt: skip
    return StoredDocument(document, (submission,), path=path)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path, _proposals(), _stored()) as made:
        yield made


def _police(here: Site) -> int:
    return here.item("partner", "polis", PROJECT).id


def _revealed(here: Site) -> list[tuple[int, str, str]]:
    with here.state.database.read() as db:
        rows = db.execute(select(schema.revealed)).all()
    return [(row.item, row.document, row.reviewer) for row in rows]


# --- Hidden until somebody asks -----------------------------------------------------------------

HIDING = ["/", "/post/{id}", "/post/{id}?vy=text", "/post/{id}?klar=1", "/post/{id}?vy=text&klar=1",
          "/post/{id}/underlag", "/post/{id}/underlag?vy=text&klar=1", "/lista", "/lista?lage=alla",
          "/lista?sok=polisen", "/lista/godkann", "/overens", "/hjalp", "/finns-inte"]  # fmt: skip


@pytest.mark.parametrize("path", HIDING)
def test_nothing_personal_is_shown_unasked(here: Site, path: str) -> None:
    """In the text, in quotes cut short, in headings, and in the names of files and projects."""
    page = here.browser().get(path.format(id=_police(here))).text
    for secret in SECRETS:
        assert secret not in page, secret
    assert _revealed(here) == []


def test_nothing_personal_is_shown_after_a_decision(here: Site) -> None:
    browser = here.browser()
    for number, path in enumerate(("", "/hoppa")):
        browser.get(f"/post/{_police(here)}")
        page = browser.send(f"/post/{_police(here)}{path}", val="nej").text
        assert all(secret not in page for secret in SECRETS), number
    page = browser.send("/angra").text
    assert all(secret not in page for secret in SECRETS)


def test_nothing_personal_is_shown_in_disputes_and_conflicts(here: Site) -> None:
    late = here.browser("Ny Person")
    late.get(f"/post/{_police(here)}")
    first = here.browser("Per Lund")
    first.get(f"/post/{_police(here)}")
    first.send(f"/post/{_police(here)}", val="nej")
    conflict = late.send(f"/post/{_police(here)}", val="aktiv")
    assert conflict.status_code == 409
    first.send("/angra")
    other = here.disputed("kvinnojour", PROJECT)
    judge = here.browser("Siv Dahl", Role.ANALYST)
    pages = (conflict.text, judge.get("/tvister").text, judge.get(f"/tvister/{other}").text)
    for page in pages:
        assert all(secret not in page for secret in SECRETS)


def test_showing_is_written_down_and_only_then_shown(here: Site) -> None:
    browser = here.browser("Anna Ek")
    browser.get(f"/post/{_police(here)}")
    page = browser.send(f"/post/{_police(here)}/visa").text
    assert NUMBER in page and PHONE in page
    assert _revealed(here) == [(_police(here), NAME, "Anna Ek")]
    other = here.browser("Per Lund").get(f"/post/{_police(here)}/underlag?vy=text&klar=1").text
    assert NUMBER not in other
    clear = here.browser("Anna Ek").get(f"/post/{_police(here)}/underlag?vy=text&klar=1").text
    assert NUMBER in clear


def test_what_was_seen_of_one_document_opens_no_other(here: Site) -> None:
    browser = here.browser("Anna Ek")
    browser.get(f"/post/{_police(here)}")
    browser.send(f"/post/{_police(here)}/visa")
    fresh = _proposals("ny.docx")
    here.state.items.publish(
        ROUND, fresh, {p.project: {p.basis} for p in fresh}, [_stored("ny.docx")],
        ranks={p.key: i for i, p in enumerate(fresh)},
    )  # fmt: skip
    page = browser.get(f"/post/{_police(here)}/underlag?vy=text&klar=1").text
    assert "dolt:" in page and NUMBER not in page


def test_every_kind_is_hidden_by_its_name(here: Site) -> None:
    page = here.browser().get(f"/post/{_police(here)}?vy=text").text
    for kind in ("dolt: personnummer", "dolt: telefon", "dolt: namn"):
        assert kind in page


SPOTS = [
    # (the lines of a page of 595 × 842 points, whether its picture may be shown)
    ("every line has its place", ((0, len(TEXT), Box(60, 100, 500, 112)),), 200),
    ("the line has no place", ((0, len(TEXT), None),), 403),
    ("the page has no lines", (), 403),
    ("the lines end before the words do", ((0, 30, Box(60, 100, 500, 112)),), 403),
]


@pytest.mark.parametrize(("what", "lines", "status"), SPOTS, ids=[spot[0] for spot in SPOTS])
def test_a_picture_whose_secrets_cannot_be_covered_is_refused(
    tmp_path: Path, what: str, lines: tuple[tuple[int, int, Box | None], ...], status: int
) -> None:
    import hashlib

    buffer = io.BytesIO()
    Image.new("RGB", (595, 842), "white").save(buffer, "PDF", resolution=72)
    file = tmp_path / "sida.pdf"
    file.write_bytes(buffer.getvalue())
    page = Page(1, 0, len(TEXT), 595.0, 842.0, lines=tuple(Line(*line) for line in lines))
    stored = _stored("sida.pdf", path=str(file), page=page)
    digest = hashlib.sha256(buffer.getvalue()).hexdigest()
    stored = replace(stored, document=replace(stored.document, sha256=digest))
    with site(tmp_path, _proposals("sida.pdf"), stored) as here:
        address = f"/bild/{_police(here)}/1"
        browser = here.browser()
        assert browser.get(address).status_code == status
        assert browser.get(f"{address}?klar=1").status_code == 403
        shown = browser.get(f"/post/{_police(here)}").text
        assert ("<img" in shown) is (status == 200)
        ask_for = f'formaction="/post/{_police(here)}/visa"'
        assert ask_for in shown.partition('id="underlag"')[2] or status == 200
        assert all(secret not in shown for secret in SECRETS)


# --- Logs and error pages -----------------------------------------------------------------------


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture, capfd: Any) -> Iterator[list[str]]:
    """Gather all that is logged and printed into one text, at the end."""
    found: list[str] = []
    with caplog.at_level(logging.DEBUG):
        yield found
        out, err = capfd.readouterr()
        said = caplog.text + "".join(r.exc_text or "" for r in caplog.records) + out + err
        found.append(said)
    for secret in (*SECRETS, "hemlig", "Anna Ek"):
        assert secret not in said, secret


def _asked(here: Site, path: str, query: bytes = b"") -> Reply:
    return ask(here.app, "GET", path, query, ours(cookie(here.browser("Anna Ek"))))


def _quiet(answer: Reply) -> None:
    assert answer.status == 500
    assert "Något gick fel i programmet" in answer.text
    for word in ("Traceback", ".py", "Error", "/home", "sqlite", "SELECT", "hemlig", *SECRETS):
        assert word not in answer.text, word
    assert answer.headers["cache-control"] == "no-store"


def test_a_fault_tells_the_log_where_and_no_word_more(
    here: Site, monkeypatch: pytest.MonkeyPatch, logged: list[str], caplog: Any
) -> None:
    def broken(name: str) -> None:
        try:
            raise KeyError(f"{PERSON} {NUMBER}")
        except KeyError as error:
            raise RuntimeError(f"hemlig rad om {NUMBER}") from error

    monkeypatch.setattr(here.state.documents, "open", broken)
    _quiet(_asked(here, f"/post/{_police(here)}"))
    (record,) = [r for r in caplog.records if r.name == "samverkan.review"]
    assert record.getMessage().startswith("RuntimeError at ")
    assert "test_probes_secrets.py" in record.getMessage() and "KeyError" in record.getMessage()


def test_an_sql_fault_tells_nobody_what_was_sought(here: Site, logged: list[str]) -> None:
    _asked(here, "/lista")
    with here.state.database.write() as db:
        db.exec_driver_sql("ALTER TABLE item RENAME COLUMN quote TO borta")
    _quiet(_asked(here, "/lista", f"sok={NUMBER}".encode()))


def test_an_sql_fault_tells_nobody_what_was_written(here: Site, logged: list[str]) -> None:
    browser = here.browser("Anna Ek")
    browser.get(f"/post/{_police(here)}")
    with here.state.database.write() as db:
        db.exec_driver_sql(
            "CREATE TRIGGER nej BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'nej'); END"
        )
    sent = browser.send(f"/post/{_police(here)}", val="nej", kommentar=f"hemlig {PERSON} {NUMBER}")
    assert sent.status_code == 500 and "hemlig" not in sent.text and NUMBER not in sent.text


def test_a_fault_before_the_page_is_told_in_swedish(here: Site, logged: list[str]) -> None:
    key = cookie(here.browser("Anna Ek"))
    with here.state.database.write() as db:
        db.exec_driver_sql("ALTER TABLE session RENAME TO borta")
    _quiet(ask(here.app, "GET", "/", headers=ours(key)))


def test_ordinary_work_logs_nothing(here: Site, logged: list[str], caplog: Any) -> None:
    browser = here.browser("Anna Ek")
    browser.get(f"/post/{_police(here)}")
    browser.send(f"/post/{_police(here)}", val="nej", kommentar=f"hemlig {NUMBER}")
    browser.get(f"/lista?sok={NUMBER}")
    browser.send("/angra")
    assert [r for r in caplog.records if r.name.startswith("samverkan")] == []
