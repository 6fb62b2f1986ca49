"""Attacks by forms: choices never offered, tokens used twice or by others, texts out of bounds."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from sqlalchemy import select

from annotations.decisions import schema
from annotations.decisions.events import COMMENT_LIMIT
from annotations.decisions.types import Kind
from pipeline.review.web.access.reviewer import Role
from tests.review.web.site import Site
from tests.review.web.wire import ask, cookie, ours

CHOICES = ["", "ja", "Aktiv", "aktiv ", "AKTIV", "aktiv\x00", "polis", "delvis", "x" * 70, "0", "1",
           "beslut", "angra", "oppna_igen", "oavgjort ", "nej'--", "аktiv", "../nej"]  # fmt: skip


@pytest.mark.parametrize("choice", CHOICES)
def test_only_what_was_offered_may_be_chosen(still: Site, choice: str) -> None:
    item = still.item("partner", "polis").id
    browser = still.browser(role=Role.COORDINATOR)
    for path in (f"/post/{item}", f"/tvister/{item}"):
        browser.get(f"/post/{item}")
        assert browser.send(path, val=choice).status_code == 400, path
    assert still.state.log.events(item) == ()


SEQS = ["", "-1", "1.5", "x", "9" * 10, "9" * 5000, "0x0", "²", "1 ", "null", "1\x00"]


@pytest.mark.parametrize("seq", SEQS)
def test_odd_sequence_numbers_are_refused(still: Site, seq: str) -> None:
    item = still.item("partner", "polis").id
    browser = still.browser()
    browser.get(f"/post/{item}")
    assert browser.send(f"/post/{item}", val="nej", seq=seq).status_code == 400
    assert still.state.log.events(item) == ()


@pytest.mark.parametrize("seq", ["1", "7", "999999999", "٧"])
def test_a_wrong_sequence_number_is_a_conflict_and_saves_nothing(still: Site, seq: str) -> None:
    item = still.item("partner", "polis").id
    browser = still.browser()
    browser.get(f"/post/{item}")
    assert browser.send(f"/post/{item}", val="nej", seq=seq).status_code == 409
    assert still.state.log.events(item) == ()


TOKENS = ["", "x", "a" * 31, "a" * 33, "a" * 64, "å" * 32, "-" * 32, "a" * 31 + "\x00",
          "' OR 1=1 --", " " * 32, "١" * 32]  # fmt: skip


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_we_never_gave_out_are_refused(still: Site, token: str) -> None:
    item = still.item("partner", "polis").id
    browser = still.browser(role=Role.COORDINATOR)
    browser.get(f"/post/{item}")
    for path in (f"/post/{item}", "/angra", "/lista/godkann", f"/tvister/{item}"):
        assert browser.send(path, val="nej", token=token).status_code == 400, path
        browser.get(f"/post/{item}")
    assert still.state.log.events(item) == ()


def test_the_same_click_with_another_choice_changes_nothing(here: Site) -> None:
    item = here.item("partner", "polis").id
    browser = here.browser()
    browser.get(f"/post/{item}")
    fields = browser.hidden()
    browser.send(f"/post/{item}", **fields, val="nej")
    again = browser.send(f"/post/{item}", **fields, val="aktiv")
    assert [e.choice for e in here.state.log.events(item)] == ["nej"]
    assert again.status_code == 200 and "Sparat: Polis – Nej." in browser.told


def test_the_click_of_one_item_decides_no_other(here: Site) -> None:
    one, other = here.item("partner", "polis").id, here.item("partner", "kvinnojour").id
    browser = here.browser()
    browser.get(f"/post/{one}")
    fields = browser.hidden()
    browser.send(f"/post/{one}", **fields, val="nej")
    wrong = browser.send(f"/post/{other}", **fields, val="aktiv")
    assert wrong.status_code == 400
    assert here.state.log.events(other) == ()


def test_anothers_click_is_not_ones_own(here: Site) -> None:
    item = here.item("partner", "polis").id
    first, second = here.browser("Anna Ek"), here.browser("Per Lund")
    first.get(f"/post/{item}")
    token = first.hidden()["token"]
    first.send(f"/post/{item}", val="nej")
    second.get(f"/post/{item}")
    wrong = second.send(f"/post/{item}", token=token, val="aktiv")
    assert wrong.status_code == 400
    assert [e.reviewer for e in here.state.log.events(item)] == ["Anna Ek"]


def test_anothers_form_token_is_not_ones_own(here: Site) -> None:
    item = here.item("partner", "polis").id
    first, second = here.browser("Anna Ek"), here.browser("Anna Ek")
    first.get("/")
    second.get(f"/post/{item}")
    csrf = first.hidden()["csrf"]
    assert second.send(f"/post/{item}", csrf=csrf, val="nej").status_code == 403
    assert here.state.log.events(item) == ()


def test_bulk_accepts_only_what_was_shown(here: Site) -> None:
    browser = here.browser()
    browser.get("/lista/godkann?lan=Kalmar")
    fields = browser.hidden()
    for more in ({"urval": ""}, {"urval": "lage=alla"}, {"bild": ""}, {"bild": "0" * 64}):
        sent = browser.send("/lista/godkann", **{**fields, **more})
        assert sent.status_code == 409, more
    with here.state.database.read() as db:
        assert db.execute(select(schema.event)).all() == []


def test_bulk_twice_is_once(here: Site) -> None:
    browser = here.browser()
    browser.get("/lista/godkann")
    fields = browser.hidden()
    for _ in range(2):
        assert browser.send("/lista/godkann", **fields).status_code == 200
    with here.state.database.read() as db:
        assert len(db.execute(select(schema.event)).all()) == 5


@pytest.mark.parametrize("path", ["/post/{id}", "/post/{id}/hoppa", "/post/{id}/visa", "/angra",
                                  "/lista/godkann", "/tvister/{id}"])  # fmt: skip
def test_comments_beyond_the_limit_are_refused(still: Site, path: str) -> None:
    item = still.item("partner", "polis").id
    browser = still.browser(role=Role.COORDINATOR)
    browser.get("/lista/godkann")
    bulk = {name: browser.hidden()[name] for name in ("bild", "urval")}
    browser.get(f"/post/{item}")
    given = {**bulk, "val": "nej", "kommentar": "å" * (COMMENT_LIMIT + 1)}
    assert browser.send(path.format(id=item), **given).status_code == 413
    assert still.state.log.events(item) == ()


TEXTS = {
    "nul": b"a%00b",
    "half a pair": b"a%ED%A0%80b",
    "half a pair, the other way": b"a%ED%B0%80",
    "no utf-8": b"%FF%FE%80",
    "overlong": b"%C0%AFa",
    "controls": b"%01%1B%5B31m%7F",
    "line ends": b"a%0D%0Ab%E2%80%A8c",
    "turned": "\u202eabc\u202c\u2066d\u2069".encode(),
    "joined": "e\u0301\u200d\ufeff".encode(),
    "no character": "\ufffe\uffff".encode(),
    "far away": "\U0010ffff\U000e0001".encode(),
}


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_a_comment_and_comes_back(here: Site, text: str) -> None:
    item = here.item("partner", "polis").id
    browser = here.browser()
    browser.get(f"/post/{item}")
    sent = TEXTS[text]
    raw = sent if sent.startswith((b"a%", b"%")) else quote(sent).encode()
    fields = "&".join(f"{name}={quote(value)}" for name, value in browser.hidden().items())
    body = f"{fields}&val=nej&kommentar=".encode() + raw
    headers = [*ours(cookie(browser)), (b"content-type", b"application/x-www-form-urlencoded")]
    answer = ask(here.app, "POST", f"/post/{item}", headers=headers, body=[body])
    assert answer.status == 303
    (event,) = here.state.log.events(item)
    assert event.kind is Kind.DECIDE and "\x00" not in event.comment
    event.comment.encode()
    assert browser.get(f"/post/{item}").status_code == 200


@pytest.mark.parametrize("post", ["", "x", "-1", "9" * 18, "9" * 400, "²", "1' OR '1'='1"])
def test_undo_from_an_odd_item_does_no_harm(here: Site, post: str) -> None:
    item = here.item("partner", "polis").id
    browser = here.browser()
    browser.get(f"/post/{item}")
    assert browser.send("/angra", post=post).status_code in (200, 404)
    assert here.state.log.events(item) == ()
