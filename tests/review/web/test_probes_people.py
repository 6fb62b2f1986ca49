"""Attacks on signing in: which names exist, many guesses at once, bodies from strangers."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import argon2
import pytest

from pipeline.review.web.access.access import Access
from pipeline.review.web.access.people import FREE_TRIES, Brake, People
from pipeline.review.web.access.reviewer import Role
from pipeline.review.web.access.ways import Passwords
from pipeline.review.web.app import create_app
from tests.review.web.access.door import PASSWORD
from tests.review.web.site import HOST, Site, site
from tests.review.web.wire import Answer, ask, ask_in_loop, cookie, ours

FORM = [
    (b"sec-fetch-site", b"same-origin"),
    (b"content-type", b"application/x-www-form-urlencoded"),
]


@pytest.fixture
def users(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as here:
        yield _with_people(here)


def _with_people(here: Site) -> Site:
    people = People(here.state.database)
    people.add("Ada", PASSWORD, Role.REVIEWER)
    people.add("Bo", PASSWORD, Role.REVIEWER)
    people.change("Bo", active=False)
    way = Passwords(here.sessions, people, Brake(time.monotonic))
    here.app = create_app(here.state, Access(way, here.sessions, frozenset({HOST})))
    return here


def _sign_in(here: Site, name: bytes, password: bytes = b"fel") -> Answer:
    body = [b"namn=" + name + b"&losenord=" + password]
    return ask(here.app, "POST", "/in", headers=FORM, body=body)


NAMES = [b"Ada", b"Bo", b"Finns+inte", b"", b"a%00b", b"%ED%A0%80", b"%FF", b"x" * 900, b"'+OR+1=1"]


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_name_costs_what_a_known_one_does(
    users: Site, name: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One look at a hash of the same cost, whatever the name: time tells nobody who exists."""
    looked: list[str] = []
    real = argon2.PasswordHasher.verify

    def counting(self: Any, hash: str, password: str) -> bool:
        looked.append(re.sub(r"\$[^$]*\$[^$]*$", "", hash))
        return bool(real(self, hash, password))

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counting)
    answer = _sign_in(users, name)
    assert answer.status == 401 and "Namnet eller lösenordet är fel." in answer.text
    made = argon2.PasswordHasher().hash("x")
    assert looked == [re.sub(r"\$[^$]*\$[^$]*$", "", made)]


def test_who_is_shut_out_stays_out(users: Site) -> None:
    right = quote_plus(PASSWORD).encode()
    assert _sign_in(users, b"Bo", right).status == 401
    assert _sign_in(users, b"Ada", right).status == 303


def test_many_guesses_at_once_are_no_more_than_one_after_another(
    users: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The brake holds, and one look at a password at a time: each takes 64 MB."""
    at_once, most, looks = 0, 0, 0

    def check(self: People, name: str, password: str) -> None:
        nonlocal at_once, most, looks
        at_once += 1
        looks, most = looks + 1, max(most, at_once)
        time.sleep(0.02)
        at_once -= 1

    monkeypatch.setattr(People, "check", check)

    async def all_at_once() -> list[Answer]:
        body = [b"namn=Ada&losenord=fel"]
        return await asyncio.gather(
            *(ask_in_loop(users.app, "POST", "/in", b"", FORM, body) for _ in range(20))
        )

    answers = asyncio.run(all_at_once())
    assert (most, looks) == (1, FREE_TRIES)
    assert sorted(a.status for a in answers) == [401] * FREE_TRIES + [429] * (20 - FREE_TRIES)


def test_a_signing_in_may_not_be_large(users: Site) -> None:
    assert _sign_in(users, b"Ada", b"x" * 20_000).status == 413
    assert _sign_in(users, b"<script>alert(1)</script>").text.count("<script>") == 0


@pytest.mark.postgres
def test_what_postgresql_cannot_hold_never_comes_to_it(tmp_path: Path, postgres_url: str) -> None:
    """It has no NUL in a text and no half characters; SQLite takes both."""
    with site(tmp_path, url=postgres_url) as made:
        here = _with_people(made)
        browser = here.browser(role=Role.COORDINATOR)
        headers = ours(cookie(browser))
        for field in (b"sok", b"lan", b"fraga", b"skal", b"lage", b"sparat"):
            for text in (b"%00", b"a%00b", b"%ED%A0%80", b"%FF", b"'", b"%25"):
                for path in ("/", "/lista", "/lista/godkann", "/tvister"):
                    answer = ask(here.app, "GET", path, field + b"=" + text, headers)
                    assert answer.status == 200, (path, field, text)
        for number in ("9" * 18, "0"):
            assert ask(here.app, "GET", f"/post/{number}", b"", headers).status == 404
        item = here.item("partner", "polis").id
        browser.get(f"/post/{item}")
        sent = browser.send(f"/post/{item}", val="nej", kommentar="a\x00b", urval="sok=%00")
        assert sent.status_code == 200
        assert [e.comment for e in here.state.log.events(item)] == ["ab"]
        for name in NAMES:
            assert _sign_in(here, name).status in (401, 429)
