"""The served page as a browser and a clock see it: key to painted card, lists, memory."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import psutil

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_LISTS = {
    "first": "/lista",
    "last": "/lista?sida=999999",
    "probability": "/lista?ordning=sannolikhet",
    "probability_last": "/lista?ordning=sannolikhet&sida=999999",
    "all_by_probability": "/lista?lage=alla&ordning=sannolikhet",
    "all_last": "/lista?lage=alla&sida=999999",
    "county": "/lista?lan={county}",
    "text": "/lista?sok=polis",
}
# From the moment the key reaches the page to the frame after the one that shows the new card.
_WATCH = """
() => {
  const watch = window.watch = { started: 0, card: null, took: null };
  const card = () => document.querySelector("#kort")?.dataset.kort;
  addEventListener("keydown", (event) => {
    Object.assign(watch, { started: event.timeStamp, card: card(), took: null });
  }, true);
  new MutationObserver(() => {
    if (watch.took !== null || !card() || card() === watch.card) return;
    watch.card = card();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      watch.took = performance.now() - watch.started;
    }));
  }).observe(document.querySelector("#arbete"), { childList: true, subtree: true });
  // The floor: the same cards put in place by the browser alone, from what it already has.
  const kept = [];
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.response.includes('id="kort"')) kept.push(event.detail.xhr.response);
  });
  let next = 0;
  addEventListener("keydown", (event) => {
    if (event.key !== "F9") return;
    const main = document.querySelector("#arbete");
    const how = { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 };
    htmx.swap(main, kept[next++ % kept.length], how, { eventInfo: { target: main } });
  });
}
"""
_READY = "() => document.body.dataset.lage === 'redo' && (!watch.card || watch.took !== null)"
LIST_TRIES = 10


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its process, and the link that lets one in."""

    process: psutil.Process
    link: str

    def megabytes(self) -> float:
        """Return the server's resident memory."""
        return float(self.process.memory_info().rss) / 2**20

    def all_megabytes(self) -> float:
        """Return the memory of the server and its children; what they share counts once."""
        every = [self.process, *self.process.children(recursive=True)]
        return sum(float(p.memory_full_info().pss) for p in every) / 2**20


@contextmanager
def served(results: Path, decisions: Path) -> Iterator[Served]:
    """Serve the review page of a database until the block ends."""
    program = str(Path(sys.executable).parent / "samverkan")
    where = ["--decisions", str(decisions), "--port", "0", "--as", "Ada"]
    command = [program, "review", "serve", str(results), *where]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = next(re.finditer(r"http://\S+", "".join(_until_link(process.stdout))))
        yield Served(psutil.Process(process.pid), found.group())
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _until_link(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if "http://" in line:
            return
    raise SystemExit("the server did not start")


def page_figures(server: Served, decisions: int, pauses: dict[str, float]) -> dict[str, float]:
    """Decide by the keyboard in Chromium, then ask for lists and pictures; return the figures."""
    from playwright.sync_api import sync_playwright

    figures: dict[str, float] = {"server_mb_at_start": server.megabytes()}
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        tab = context.new_page()
        tab.goto(server.link)
        for name, seconds in pauses.items():
            tab.goto(urljoin(server.link, "/"))
            tab.wait_for_selector("#kort")
            tab.evaluate(_WATCH)
            _press(tab, "Enter", 5)  # What is loaded once is loaded.
            figures |= _spread(f"key_to_painted{name}", _press(tab, "Enter", decisions, seconds))
            figures |= _spread(f"floor_static_swap{name}", _press(tab, "F9", decisions))
        cookies = {c["name"]: c["value"] for c in context.cookies()}
        browser.close()
    figures |= _requests(server, cookies)
    return figures


def _press(tab: Any, key: str, times: int, pause: float = 0.0) -> list[float]:
    """Press a key this often, each time when the page is ready; return the milliseconds."""
    took = []
    for _ in range(times):
        tab.wait_for_function(_READY)
        tab.wait_for_timeout(1000 * pause)
        tab.keyboard.press(key)
        tab.wait_for_function("() => watch.took !== null")
        took.append(float(tab.evaluate("() => watch.took")))
    return took


def _requests(server: Served, cookies: dict[str, str]) -> dict[str, float]:
    """Ask for lists, for cards and for their pictures; times, and memory after 200 requests."""
    client = _Client(server, cookies)
    figures: dict[str, float] = {}
    county = ""
    for what, path in _LISTS.items():
        asked = [client.get(path.format(county=county)) for _ in range(LIST_TRIES)]
        times = [milliseconds for milliseconds, _ in asked]
        # The first one of its kind counts what can be filtered by; it is among these.
        figures |= {f"list_{what}_p50_ms": median(times), f"list_{what}_max_ms": max(times)}
        found = re.search(rb'name="lan".*?<option value="([^"]+)"', asked[0][1], re.DOTALL)
        county = quote(unescape(found.group(1).decode())) if found else county
    pictures, cards = 0, []
    for page in (1, 2, 3):
        body = client.get(f"/lista?lage=alla&ordning=projekt&sida={page * 40}")[1]
        cards += list(dict.fromkeys(re.findall(rb'"(/post/\d+)', body)))
    while client.asked < 200:
        body = client.get(cards.pop().decode())[1]
        for address in re.findall(rb'src="(/bild/[^"]+)"', body):
            client.get(unescape(address.decode()))
            pictures += 1
    return figures | {
        "requests": float(client.asked),
        "pictures_among_them": float(pictures),
        "server_mb_after": server.megabytes(),
        "server_and_children_mb_after": server.all_megabytes(),
    }


class _Client:
    """One signed-in connection that counts what it asks for."""

    def __init__(self, server: Served, cookies: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(server.link).netloc, timeout=60)
        self._headers = {"Cookie": "; ".join(f"{name}={v}" for name, v in cookies.items())}
        self.asked = 0

    def get(self, path: str) -> tuple[float, bytes]:
        """Return the milliseconds until the whole answer was there, and the answer."""
        self.asked += 1
        start = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"{path} was answered {response.status}")
        return 1000 * (time.perf_counter() - start), body


def _spread(name: str, milliseconds: list[float]) -> dict[str, float]:
    p95 = quantiles(milliseconds, n=20, method="inclusive")[-1]
    return {f"{name}_p50_ms": median(milliseconds), f"{name}_p95_ms": p95}
