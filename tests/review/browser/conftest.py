"""One Chromium and one filled database for all tests here; each module has a server of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.review.browser.chest import fill
from tests.review.browser.desk import Desk
from tests.review.browser.serving import Server

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A request that got past every other check would not find its way.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


# Not for the whole session: while Playwright runs, no other test may use asyncio.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    found = shutil.which("chromium")
    browser = playwright.chromium.launch(executable_path=found, headless=True, args=list(_QUIET))
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ut")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def results(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a results folder whose review nobody has begun."""
    return Path(shutil.copytree(filled, tmp_path_factory.mktemp("granskning") / "ut"))


@pytest.fixture(scope="module")
def server(results: Path) -> Iterator[Server]:
    """Yield a server that Ada opens by the link."""
    server = Server(results, "--as", "Ada")
    yield server
    server.close()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Desk]:
    """Yield what opens browsers, and at the end look at everything they asked for and said."""
    desk = Desk(chromium)
    yield desk
    desk.close()
    desk.assert_clean()
