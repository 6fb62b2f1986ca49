"""People who sign in with a password."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.review.browser.desk import ready
from tests.review.browser.serving import Server

PASSWORD = "en stilla höstkväll vid sjön"


def sign_in(page: Page, server: Server, name: str) -> None:
    page.goto(server.base)
    page.get_by_label("Namn").fill(name)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    ready(page)
