"""A reviewer says that a decision rests on a ruling: with keys, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.decisions.register import Register
from tests.review.browser.chest import ROUND
from tests.review.browser.desk import Desk, item_of, press, ready
from tests.review.browser.looking import faults, sideways
from tests.review.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_ruling_is_chosen_with_the_keyboard(server: Server, desk: Desk) -> None:
    page = desk.signed_in(server)
    item = item_of(page)
    press(page, "d", leaves=False)
    mark = page.locator(".definition li a").first.inner_text()
    press(page, "d", leaves=False)
    press(page, "k", leaves=False)
    page.keyboard.type("Står i andra stycket.")
    page.keyboard.press("Tab")
    expect(page.locator("#tolkning")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#tolkning")).to_have_value(mark)
    assert not faults(page)
    page.keyboard.press("Escape")
    expect(page.locator("#fraga")).to_be_focused()
    press(page, "Enter")
    (event,) = server.events()
    assert (event.item, event.comment) == (item, f"Står i andra stycket.\nEnligt {mark}.")
    assert [c.item for c in Register(server.database).cases(ROUND, {mark})[mark]] == [item]
    page.goto(f"{server.base}/post/{item}")
    ready(page)
    page.locator(".logg summary").click()
    page.locator(".logg").get_by_role("link", name=mark).click()
    expect(page.locator(f"#{mark}")).to_be_in_viewport()
    expect(page.locator(f"#{mark}")).to_contain_text("Tillämpad i 1 projekt")
    assert not sideways(page)


def test_the_same_by_buttons_alone(server: Server, desk: Desk) -> None:
    before = len(server.events())
    page = desk.signed_in(server, java_script_enabled=False)
    page.locator("summary", has_text="Kommentar").click()
    page.locator("#tolkning").select_option(index=1)
    mark = page.locator("#tolkning").input_value()
    page.locator(f"button[value={server.item(item_of(page)).proposal.choice}]").click()
    (event,) = server.events(before)
    assert event.comment == f"Enligt {mark}."
