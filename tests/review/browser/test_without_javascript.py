"""Everything can be done with buttons and links alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.decisions.types import Kind
from tests.review.browser.chest import WAITING
from tests.review.browser.desk import Desk, item_of, remaining
from tests.review.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(server: Server, desk: Desk) -> Page:
    return desk.signed_in(server, java_script_enabled=False)


def test_a_review_by_buttons_alone(server: Server, page: Page) -> None:
    assert remaining(page) == WAITING

    # Accept the proposal with a comment, choose otherwise, leave undecided.
    first = item_of(page)
    page.locator("summary", has_text="Kommentar").click()
    page.locator("#kommentar").fill("Se sidan tre.")
    proposed = server.item(first).proposal.choice
    page.locator(f"button[value={proposed}]").click()
    second = item_of(page)
    page.get_by_role("button", name="Nej", exact=False).first.click()
    third = item_of(page)
    page.get_by_role("button", name="Går ej att avgöra").click()
    expect(page.locator(".besked")).to_contain_text("Sparat")
    assert [(e.item, e.kind, e.choice, e.comment) for e in server.events()] == [
        (first, Kind.DECIDE, proposed, "Se sidan tre."),
        (second, Kind.DECIDE, "nej", ""),
        (third, Kind.UNDECIDABLE, "", ""),
    ]
    assert remaining(page) == WAITING - 3

    # Undo; put off; the definition, the keys and the whole text.
    page.get_by_role("button", name="Ångra").click()
    assert item_of(page) == third
    assert server.events()[-1].kind is Kind.UNDO
    page.get_by_role("button", name="Hoppa över").click()
    assert item_of(page) not in (first, second, third)
    page.locator("summary", has_text="Definition").click()
    expect(page.locator(".definition p").first).to_be_visible()
    page.get_by_role("link", name="Hela texten").click()
    expect(page.locator(".helatexten mark").first).to_be_attached()
    assert len(server.events()) == 4

    # An answer to a question that somebody else has answered meanwhile.
    item = item_of(page)
    server.decide(item, server.choices(item)[-1], "Bea")
    page.locator("summary", has_text="Kommentar").click()
    page.locator("#kommentar").fill("Hann inte först.")
    page.locator(f"button[value={server.choices(item)[0]}]").click()
    expect(page.locator(".krock")).to_contain_text("Bea")
    expect(page.locator("#kommentar")).to_have_value("Hann inte först.")
    page.get_by_role("button", name="Behåll och gå vidare").click()
    assert item_of(page) != item
    assert [e.kind for e in server.events()[4:]] == [Kind.DECIDE, Kind.COMMENT]


def test_lists_and_bulk_by_links_alone(server: Server, page: Page) -> None:
    before = len(server.events())
    page.get_by_role("link", name="Lista").click()
    page.get_by_label("Län").select_option("Blekinge")
    page.get_by_role("button", name="Visa", exact=True).click()
    count = sum(item.proposal.county == "Blekinge" for item in server.queue())
    expect(page.locator("tbody tr")).to_have_count(count)
    page.get_by_role("link", name=re.compile("godkänn alla")).click()
    expect(page.locator("tbody tr")).to_have_count(5)
    page.get_by_role("button", name=f"Godkänn alla {count}").click()
    made = server.events(before)
    assert len(made) == count
    page.get_by_role("button", name=re.compile("Ångra")).click()
    undone = server.events(before + count)
    assert {e.undoes for e in undone} == {e.id for e in made}
    page.goto(f"{server.base}/lista?lan=Blekinge")
    page.locator("tbody a").last.click()
    assert server.item(item_of(page)).proposal.county == "Blekinge"
    page.get_by_role("link", name="Hjälp").first.click()
    expect(page.get_by_role("heading", name="Tangenter")).to_be_visible()
