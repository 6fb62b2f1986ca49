"""A reviewer's whole day, by keyboard alone, and what the log holds in the evening."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.codebook import load
from annotations.decisions.types import Event, Kind, State
from tests.review.browser.chest import WAITING
from tests.review.browser.desk import Desk, card, item_of, press, ready, remaining
from tests.review.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOOK = load()
# What is pressed for thirty decisions, over and over: mostly the proposal, as in life.
RHYTHM = ("Enter", "Enter", "2", "Enter", "n", "g", "Enter", "1", "Enter", "role")


def meant(server: Server, item: int, key: str) -> tuple[Kind, str]:
    """Return what a key means on an item, by the codebook alone."""
    choices = server.choices(item)
    if key == "Enter":
        return Kind.DECIDE, server.item(item).proposal.choice
    if key == "g":
        return Kind.UNDECIDABLE, ""
    if key.isdecimal():
        return Kind.DECIDE, choices[int(key) - 1]
    return Kind.DECIDE, next(choice for choice in choices if choice.startswith(key))


def fitting(server: Server, item: int, key: str) -> str:
    """Return the key to press: letters only where the variable has them."""
    variable = server.item(item).proposal.variable
    if key == "role":
        return "i" if BOOK.variable(variable).roles else "Enter"
    return "2" if key == "n" and BOOK.variable(variable).kind == "one" else key


def told(events: list[Event]) -> list[tuple[int, Kind, str]]:
    return [(event.item, event.kind, event.choice) for event in events]


def test_a_whole_day_by_keyboard(server: Server, desk: Desk) -> None:
    page = desk.signed_in(server)
    assert remaining(page) == WAITING == server.waiting()
    expected: list[tuple[int, Kind, str]] = []

    # Thirty decisions.
    for number in range(30):
        item = item_of(page)
        key = fitting(server, item, RHYTHM[number % len(RHYTHM)])
        expected.append((item, *meant(server, item, key)))
        press(page, key)
    assert told(server.events()) == expected
    assert len({item for item, _, _ in expected}) == 30
    assert remaining(page) == WAITING - 30

    # Four of them undone, one after another: each is shown again, the newest first.
    for item, _, _ in reversed(expected[-4:]):
        press(page, "z")
        assert item_of(page) == item
        expected.append((item, Kind.UNDO, ""))
    assert told(server.events()) == expected
    assert remaining(page) == WAITING - 26

    # The keys that decide nothing.
    shown = item_of(page)
    for key, seen in (("d", ".definition p"), ("?", "#tangenter"), ("Escape", "")):
        press(page, key, leaves=False)
        if seen:
            expect(page.locator(seen).first).to_be_visible()
    press(page, "d", leaves=False)
    assert item_of(page) == shown
    assert told(server.events()) == expected

    # Put off, and a comment with the next decision.
    press(page, "s")
    after = item_of(page)
    assert after != shown
    comment(page, "Se även bilagan.")
    expected.append((after, *meant(server, after, "Enter")))
    press(page, "Control+Enter")
    assert told(server.events()) == expected
    assert server.events()[-1].comment == "Se även bilagan."

    # Somebody else is faster: both are shown, and the comment stays.
    item = item_of(page)
    others = next(
        choice for choice in server.choices(item) if choice != server.item(item).proposal.choice
    )
    server.decide(item, others, "Bea", "Ringde kommunen.")
    expected.append((item, Kind.DECIDE, others))
    comment(page, "Står på sidan två.")
    press(page, "Control+Enter")
    clash = page.locator(".krock")
    expect(clash).to_contain_text("Bea")
    expect(clash).to_contain_text("Ringde kommunen.")
    expect(clash).to_contain_text("Ditt svar")
    expect(page.locator("#kommentar")).to_have_value("Står på sidan två.")
    assert told(server.events()) == expected
    press(page, "k", leaves=False)
    press(page, "Escape", leaves=False)
    expected.append((item, *meant(server, item, "1")))
    press(page, "1")
    assert told(server.events()) == expected
    theirs, mine = server.events()[-2:]
    assert (mine.seq, mine.reviewer, mine.comment) == (theirs.seq + 1, "Ada", "Står på sidan två.")

    # A county at once, taken back at once, and done again; then another.
    for county, again in (("Västra Götaland", False), ("Västra Götaland", True), ("Uppsala", True)):
        bulk(page, county)
        accepted = server.events()[len(expected) :]
        assert {server.item(event.item).proposal.county for event in accepted} == {county}
        assert all(e.choice == server.item(e.item).proposal.choice for e in accepted)
        assert len({e.group for e in accepted}) == 1
        assert accepted[0].group
        expected += told(accepted)
        if not again:
            page.get_by_role("button", name=re.compile("Ångra")).press("Enter")
            ready(page)
            expected += [(e.item, Kind.UNDO, "") for e in accepted]
            got = server.events()
            assert sorted(told(got)) == sorted(expected)
            expected = told(got)

    # The rest, until nothing is left; what was put off comes at the end.
    page.goto(server.base)
    ready(page)
    while card(page).get_attribute("data-kort"):
        item = item_of(page)
        expected.append((item, *meant(server, item, "Enter")))
        press(page, "Enter")
        assert len(expected) < 200
    assert expected[-1][0] == shown
    expect(page.locator("h1")).to_have_text("Klart för nu")
    assert told(server.events()) == expected
    assert (server.waiting(), server.settled()) == (0, WAITING)
    assert all(e.source == "webb" and e.codebook for e in server.events() if e.reviewer == "Ada")
    stands = {item: choice for item, kind, choice in expected if kind is not Kind.UNDO}
    for item, choice in stands.items():
        found = server.item(item)
        state = State.DECIDED if choice else State.UNDECIDABLE
        assert (found.state, found.choice) == (state, choice)


def comment(page: Page, words: str) -> None:
    press(page, "k", leaves=False)
    expect(page.locator("#kommentar")).to_be_focused()
    page.keyboard.type(words)


def bulk(page: Page, county: str) -> None:
    """Accept everything in a county, by keyboard alone."""
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/', 3)[2]}/lista")
    page.locator("#lan").focus()
    page.keyboard.type(county)
    page.get_by_role("button", name="Visa", exact=True).press("Enter")
    page.get_by_role("link", name=re.compile("godkänn alla")).press("Enter")
    expect(page.locator("tbody tr")).to_have_count(5)
    count = int(re.sub(r"\D", "", page.locator("h1").inner_text()))
    page.get_by_role("button", name=f"Godkänn alla {count}").press("Enter")
    expect(page.locator("#arbete")).to_contain_text(f"{count} beslut")
