"""The server dies while somebody decides: the page says so, and nothing is lost or doubled."""

from __future__ import annotations

import threading

import pytest
from playwright.sync_api import Error, Page, Route, expect

from annotations.decisions.types import Kind
from tests.review.browser.chest import WAITING
from tests.review.browser.desk import Desk, item_of, press, ready, remaining
from tests.review.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(server: Server, desk: Desk) -> Page:
    desk.may_be_unreached = True
    return desk.signed_in(server)


def unsaved(page: Page) -> None:
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("Osparat")
    expect(banner).to_contain_text("Servern svarar inte")


@pytest.fixture
def since(server: Server, page: Page) -> int:
    """Return how long the log was before the test."""
    return len(server.events())


def decided(server: Server, since: int = 0) -> list[int]:
    return [e.item for e in server.events(since) if e.kind is Kind.DECIDE]


def assert_agreed(server: Server, page: Page) -> None:
    """Assert that page and log tell the same, and that nothing was decided twice."""
    undone = {e.undoes for e in server.events()}
    every = [e.item for e in server.events() if e.kind is Kind.DECIDE and e.id not in undone]
    assert len(set(every)) == len(every)
    assert remaining(page) == server.waiting() == WAITING - len(every)


def test_a_decision_waits_for_the_server(server: Server, page: Page, since: int) -> None:
    acknowledged = []
    for _ in range(3):
        acknowledged.append(item_of(page))
        press(page, "Enter")
    item = item_of(page)
    server.kill()
    page.keyboard.press("k")
    page.keyboard.type("Hann inte.")
    page.keyboard.press("Control+Enter")
    unsaved(page)
    expect(page.locator("#osparat [data-vad]")).not_to_be_empty()
    page.locator("#fraga").focus()
    for key in ("Enter", "1", "g", "z", "s"):  # Nothing else is decided meanwhile.
        page.keyboard.press(key)
    assert item_of(page) == item
    assert decided(server, since) == acknowledged
    server.start()
    ready(page)  # It tries again by itself.
    expect(page.get_by_role("alert")).to_be_hidden()
    assert decided(server, since) == [*acknowledged, item]
    assert server.events()[-1].comment == "Hann inte."
    press(page, "Enter")
    assert_agreed(server, page)


def test_an_answer_that_never_came_is_not_saved_twice(
    server: Server, page: Page, since: int
) -> None:
    item = item_of(page)

    def lost(route: Route) -> None:
        route.fetch()  # The server has saved it …
        server.kill()  # … but nobody is told.
        route.abort()

    page.route("**/post/*", lost, times=1)
    page.keyboard.press("Enter")
    unsaved(page)
    assert decided(server, since) == [item]
    server.start()
    page.get_by_role("button", name="Försök igen").click()
    ready(page)
    assert decided(server, since) == [item]
    assert item_of(page) != item
    assert_agreed(server, page)


def test_an_undo_whose_answer_never_came_is_not_made_twice(server: Server, page: Page) -> None:
    press(page, "Enter")
    press(page, "Enter")
    before = len(server.events())

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/angra", lost, times=1)
    page.keyboard.press("z")
    unsaved(page)
    ready(page)
    (undo,) = server.events(before)
    assert undo.kind is Kind.UNDO
    assert item_of(page) == undo.item
    press(page, "Enter")
    assert [e.item for e in server.events(before + 1)] == [undo.item]


def test_what_is_unsaved_survives_reloading(server: Server, page: Page, since: int) -> None:
    item = item_of(page)
    server.kill()
    page.keyboard.press("2")
    unsaved(page)
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(f"{server.base}/lista")
    assert decided(server, since) == []
    server.start()
    page.goto(f"{server.base}/lista")
    ready(page)
    expect(page.get_by_role("alert")).to_be_hidden()
    assert decided(server, since) == [item]
    page.goto(server.base)
    ready(page)
    assert item_of(page) != item
    assert_agreed(server, page)


def test_killed_at_any_moment_of_a_fast_review(server: Server, page: Page, since: int) -> None:
    waiting = server.waiting()
    threading.Timer(1.0, server.kill).start()
    for _ in range(100):
        page.keyboard.press("Enter")
        page.wait_for_timeout(30)
        if page.get_by_role("alert").is_visible():
            break
    unsaved(page)
    said = remaining(page)
    stored = decided(server, since)
    # All that was acknowledged is there, and at most the one that is under way besides.
    assert len(stored) - (waiting - said) in (0, 1)
    server.start()
    page.get_by_role("button", name="Försök igen").click()
    ready(page)
    now = decided(server, since)
    assert now[: len(stored)] == stored
    assert len(now) == waiting - said + 1
    assert_agreed(server, page)
