"""Keys pressed faster than anybody reads: nothing is lost, doubled, or decided unseen."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from annotations.decisions.types import Event, Kind
from tests.review.browser.desk import Desk, card, item_of, press, ready, remaining
from tests.review.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Notes which card was painted when, and when what was sent. Two frames after a card has come into
# the page it has been painted, and the page counts up.
WITNESS = """
window.witness = { painted: [], sent: [] };
document.addEventListener("DOMContentLoaded", () => {
  const id = () => Number((document.querySelector("#kort") || { dataset: {} }).dataset.kort || 0);
  new MutationObserver(() => witness.painted.push([id(), performance.now()]))
    .observe(document.body, { attributeFilter: ["data-malat"] });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.defaultPrevented && event.detail.requestConfig.verb === "post")
      witness.sent.push([event.detail.pathInfo.requestPath,
        event.detail.requestConfig.formData.get("val"), performance.now()]);
  });
});
"""
LEAST_MS = 100  # a key sooner than this after the card was painted was meant for the one before


@dataclass
class Watch:
    """A page whose cards and requests are noted, and where the log stood when it was opened."""

    page: Page
    server: Server
    waiting: int
    since: int

    def events(self) -> list[Event]:
        return self.server.events(self.since)


@pytest.fixture
def watch(desk: Desk, server: Server) -> Watch:
    page = desk.signed_in(server)
    page.add_init_script(WITNESS)
    page.goto(server.base)
    ready(page)
    return Watch(page, server, server.waiting(), len(server.events()))


def mash(page: Page, keys: list[str], seconds: float) -> float:
    """Press keys evenly over some seconds; return how long it took, more on a busy machine."""
    began = time.monotonic()
    for number, key in enumerate(keys):
        page.keyboard.press(key)
        time.sleep(max(0.0, began + (number + 1) * seconds / len(keys) - time.monotonic()))
    return time.monotonic() - began


def settle(page: Page) -> None:
    """Let what was begun end, and close what was opened."""
    if page.locator("dialog[open]").count():
        page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    ready(page)


def assert_seen(page: Page, events: list[Event]) -> None:
    """Assert that the log and the page agree, and that every decision was about what was seen."""
    witness: dict[str, list[Any]] = page.evaluate("window.witness")
    shown = {item for item, _ in witness["painted"]}
    decisions = [e for e in events if e.kind in (Kind.DECIDE, Kind.UNDECIDABLE)]
    assert {e.item for e in decisions} <= shown
    assert len({e.token for e in events}) == len(events)
    chosen = []
    for path, choice, at in witness["sent"]:
        item, painted = next((i, t) for i, t in reversed(witness["painted"]) if t <= at)
        assert at - painted >= LEAST_MS
        if path.startswith("/post/"):
            assert int(path.split("/")[2]) == item
            chosen += [(item, choice)] if choice not in (None, "kommentar") else []
    assert chosen == [(e.item, e.choice or "oavgjort") for e in decisions]


def test_forty_times_enter_in_a_second(watch: Watch) -> None:
    page = watch.page
    took = mash(page, ["Enter"] * 40, 1.0)
    settle(page)
    events = watch.events()
    assert 1 <= len(events) <= 2 + took * 1000 / LEAST_MS
    assert_seen(page, events)
    assert len({e.item for e in events}) == len(events)
    assert remaining(page) == watch.server.waiting() == watch.waiting - len(events)
    assert item_of(page) == watch.server.queue()[0].id


def test_all_keys_in_a_muddle(watch: Watch) -> None:
    page = watch.page
    keys = ["Enter", "1", "z", "g", "d", "2", "n", "s", "a", "t", "Enter", "9", "b", "i", "x", "z"]
    mash(page, list(itertools.islice(itertools.cycle(keys), 100)), 2.5)
    settle(page)
    mash(page, ["Enter", "?", "Enter", "Escape", "k", "z", "1", "Control+Enter"] * 5, 1.0)
    settle(page)
    events = watch.events()
    assert len(events) >= 3
    assert_seen(page, events)
    assert remaining(page) == watch.server.waiting()
    before, item = len(events), item_of(page)
    page.locator("#fraga").focus()
    press(page, "1")
    assert [e.item for e in watch.events()[before:]] == [item]


def test_a_key_held_down_decides_once(watch: Watch) -> None:
    page = watch.page
    for _ in range(30):  # Pressed down again without having been let go is how a browser repeats.
        page.keyboard.down("Enter")
        page.wait_for_timeout(20)
    page.keyboard.up("Enter")
    settle(page)
    assert len(watch.events()) == 1


def test_keys_while_a_card_is_on_its_way_are_for_nobody(watch: Watch) -> None:
    page = watch.page
    first = item_of(page)

    def slowly(route: Route) -> None:
        answer = route.fetch()
        mash(page, ["Enter", "1", "g", "z"] * 5, 0.3)
        route.fulfill(response=answer)

    page.route("**/post/*", slowly, times=1)
    # As soon as the next card has come into the page, and as soon as it was painted.
    page.evaluate("""() => {
      const press = (key) => document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      document.body.addEventListener("htmx:afterSwap", () => press("Enter"));
      new MutationObserver(() => ["Enter", "2", "z"].forEach(press))
        .observe(document.body, { attributeFilter: ["data-malat"] });
    }""")
    press(page, "Enter")
    settle(page)
    assert [e.item for e in watch.events()] == [first]
    assert card(page).get_attribute("data-kort") not in (str(first), None)
    assert remaining(page) == watch.waiting - 1
