"""Browsers that are watched: every request and every complaint of theirs is kept."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, ViewportSize

from tests.review.browser.serving import Server

WIDE: ViewportSize = {"width": 1366, "height": 768}
ZOOMED: ViewportSize = {"width": 683, "height": 384}  # WIDE at 200 %
NARROW: ViewportSize = {"width": 320, "height": 640}
_READY = "body[data-lage='redo']"  # a selector: the page's policy forbids waiting by script
# Chromium notes down every answer of 400 and above; tests look at those by themselves.
_ANSWERED = re.compile(
    r"Failed to load resource: the server responded with a status of \d+"
    r"|Response Status Error Code 4\d\d from "
)
_UNREACHED = re.compile(r"Failed to load resource: net::ERR_|htmx:(sendError|afterRequest), ")


class Desk:
    """Opens browsers with cookies of their own and remembers what they did."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.may_be_unreached = False

    def browser(self, **options: Any) -> Page:
        """Return a page in a new browser."""
        context = self._browser.new_context(
            viewport=options.pop("viewport", WIDE), locale="sv-SE", **options
        )
        context.set_default_timeout(8000)
        context.on("request", self._asked)
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self._contexts.append(context)
        return context.new_page()

    def signed_in(self, server: Server, **options: Any) -> Page:
        """Return a page that shows a card; the first time by the link, which works once."""
        known = {"storage_state": server.cookies} if server.cookies else {}
        page = self.browser(**known, **options)
        page.goto(server.base if known else server.link)
        server.cookies = page.context.storage_state()
        if options.get("java_script_enabled", True):
            ready(page)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def assert_clean(self) -> None:
        """Assert that nothing left this computer and that no page had anything to complain of."""
        outside = [url for url in self.requests if urlsplit(url).hostname != "127.0.0.1"]
        assert not outside, outside
        assert self.requests, "nothing was asked for: nothing was watched"
        assert not self.complaints, self.complaints

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def _said(self, kind: str, text: str) -> None:
        if kind not in ("error", "warning") or _ANSWERED.match(text):
            return
        if self.may_be_unreached and _UNREACHED.match(text):
            return
        self.complaints.append(f"{kind}: {text}")


def ready(page: Page) -> None:
    """Wait until a page takes keys."""
    page.locator(_READY).wait_for(state="attached")


def press(page: Page, key: str, *, leaves: bool = True) -> None:
    """Press a key on a card that takes keys, and wait for the card that comes then.

    `leaves` False: for keys that change nothing of the card.
    """
    ready(page)
    painted = page.locator("body").get_attribute("data-malat")
    page.keyboard.press(key)
    if leaves:
        page.locator(f"{_READY}:not([data-malat='{painted}'])").wait_for(state="attached")


def item_of(page: Page) -> int:
    """Return the id of the item that a page shows."""
    return int(card(page).get_attribute("data-kort") or 0)


def card(page: Page) -> Locator:
    return page.locator("#kort")


def remaining(page: Page) -> int:
    """Return how many items the page says are left."""
    told = page.locator(".framsteg p", has_text="kvar").locator("b").inner_text()
    return int(re.sub(r"\D", "", told))
