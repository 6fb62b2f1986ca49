"""Several reviewers with passwords: leases, blind double coding, disputes and who settles them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.decisions.types import State
from pipeline.review.web.access.people import People
from pipeline.review.web.access.reviewer import Role
from tests.review.browser.desk import Desk, card, item_of, press, ready
from tests.review.browser.people import PASSWORD, sign_in
from tests.review.browser.serving import Server, open_database

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COUNTY = "Uppsala"
TEAM = {"Ada": Role.REVIEWER, "Bo": Role.REVIEWER, "Cia": Role.ANALYST}


@pytest.fixture(scope="module")
def server(results: Path) -> Iterator[Server]:
    """Yield a server for three people where about half is coded blindly by two."""
    database = open_database(results)
    for name, role in TEAM.items():
        People(database).add(name, PASSWORD, role)
    database.close()
    server = Server(results, "--users", "--double", "0.5")
    yield server
    server.close()


@pytest.fixture
def ada(server: Server, desk: Desk) -> Page:
    return _at_work(server, desk, "Ada")


@pytest.fixture
def bo(server: Server, desk: Desk) -> Page:
    return _at_work(server, desk, "Bo")


def _at_work(server: Server, desk: Desk, name: str) -> Page:
    page = desk.browser()
    sign_in(page, server, name)
    page.goto(f"{server.base}/?lan={COUNTY}")
    ready(page)
    return page


def shown(page: Page) -> int | None:
    id = card(page).get_attribute("data-kort")
    return int(id) if id else None


def test_two_share_a_queue_and_a_third_settles_what_they_differ_on(
    server: Server, desk: Desk, ada: Page, bo: Page
) -> None:
    county = [i for i in server.queue() if i.proposal.county == COUNTY]
    double = {i.id for i in county if i.double}
    assert 2 <= len(double) < len(county)
    seen: dict[Page, list[int]] = {ada: [], bo: []}
    # In turns; Bo says no wherever that is not what is proposed.
    for _ in range(len(county)):
        for page, key in ((ada, "Enter"), (bo, "n")):
            item = shown(page)
            if item is None:
                continue
            if shown(ada) == shown(bo):
                assert item in double
            if item in double:
                assert page.locator(".logg").count() == 0, "what the other did is hidden"
            seen[page].append(item)
            one = server.item(item).proposal
            press(page, "2" if key == "n" and one.category == "" else key)
    assert shown(ada) is None
    assert shown(bo) is None
    assert set(seen[ada]) & set(seen[bo]) == double
    assert set(seen[ada]) | set(seen[bo]) == {i.id for i in county}
    assert all(len(items) == len(set(items)) for items in seen.values())
    lanes = {(e.item, e.lane, e.reviewer) for e in server.events()}
    assert lanes == {
        (item, name if item in double else "", name)
        for page, name in ((ada, "Ada"), (bo, "Bo"))
        for item in seen[page]
    }
    states = {item: server.item(item).state for item in (i.id for i in county)}
    assert {item for item, state in states.items() if state is State.DISPUTED} == double
    assert set(states.values()) == {State.DISPUTED, State.DECIDED}

    # Reviewers may not settle it, neither by the menu nor by the address.
    assert ada.get_by_role("link", name="Tvister").count() == 0
    for path in ("/tvister", f"/tvister/{min(double)}"):
        answer = ada.goto(server.base + path)
        assert answer is not None
        assert answer.status == 403
        expect(ada.locator("h1")).to_have_text("Du får inte göra det här")

    # The analyst sees both answers, but not whose they are.
    cia = desk.browser()
    sign_in(cia, server, "Cia")
    cia.get_by_role("link", name="Tvister").click()
    expect(cia.locator("tbody tr")).to_have_count(len(double))
    cia.locator("tbody a").first.click()
    ready(cia)
    before = len(server.events())
    settled = []
    while (item := shown(cia)) is not None:
        words = card(cia).inner_text()
        assert "Granskare 1" in words
        assert "Granskare 2" in words
        assert "Ada" not in words
        assert " Bo" not in words
        settled.append(item)
        press(cia, "1")
    assert sorted(settled) == sorted(double)
    expect(cia.locator("#arbete")).to_contain_text("Inga tvister att avgöra")
    assert [(e.item, e.lane, e.reviewer) for e in server.events(before)] == [
        (item, "", "Cia") for item in settled
    ]
    assert all(server.item(i).choice == server.choices(i)[0] for i in double)


def test_whoever_opens_what_another_has_is_told_and_loses_nothing(
    server: Server, ada: Page, bo: Page
) -> None:
    ada.goto(server.base)
    ready(ada)
    while server.item(item_of(ada)).double:
        press(ada, "s")
    item = item_of(ada)
    bo.goto(f"{server.base}/post/{item}")
    ready(bo)
    expect(bo.locator(".besked")).to_contain_text("En annan granskare har också den här framme")
    press(ada, "1")
    press(bo, "k", leaves=False)
    bo.keyboard.type("Bara inbjudna.")
    bo.locator("#fraga").focus()
    press(bo, "2")
    clash = bo.locator(".krock")
    expect(clash).to_contain_text("Sparat av Ada")
    expect(bo.locator("#kommentar")).to_have_value("Bara inbjudna.")
    assert server.item(item).choice == server.choices(item)[0]
    press(bo, "2")
    found = server.item(item)
    assert (found.choice, found.reviewer) == (server.choices(item)[1], "Bo")
    # Ada's answer can no longer be taken back under Bo's.
    before = len(server.events())
    press(ada, "z")
    expect(ada.locator(".besked")).to_contain_text("Bo har beslutat efter dig")
    assert len(server.events()) == before


def test_a_session_that_ended_keeps_what_was_not_saved(server: Server, bo: Page) -> None:
    bo.goto(server.base)
    ready(bo)
    item = item_of(bo)
    before = len(server.events())
    cookies = bo.context.cookies()
    bo.context.clear_cookies()
    bo.keyboard.press("1")
    expect(bo.get_by_role("alert")).to_contain_text("Du är utloggad")
    assert len(server.events()) == before
    sign_in(bo, server, "Bo")
    assert [(e.item, e.reviewer) for e in server.events(before)] == [(item, "Bo")]
    assert bo.context.cookies() != cookies
