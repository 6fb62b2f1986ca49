"""Every state of every page: axe finds nothing, it is Swedish, and 320 px is wide enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.decisions.events import NewEvent
from annotations.decisions.items import Items
from annotations.decisions.types import Item, Kind, Source
from pipeline.review.web.access.people import People
from pipeline.review.web.access.reviewer import Role
from tests.review.browser.desk import NARROW, WIDE, ZOOMED, Desk, item_of, press, ready
from tests.review.browser.looking import PICTURES, faults, picture, sideways
from tests.review.browser.people import PASSWORD, sign_in
from tests.review.browser.serving import Server, open_database

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DRAWN = {"kort", "definition", "krock", "lista", "massgodkannande", "tvist", "smal_skarm"}
VIEWS = {"bred": WIDE, "smal": NARROW, "dubbel": ZOOMED}


@pytest.fixture(scope="module")
def server(results: Path) -> Iterator[Server]:
    """Yield a server with passwords, where two blind coders have answered differently."""
    database = open_database(results)
    People(database).add("Cia", PASSWORD, Role.COORDINATOR)
    Items(database).set_double(0.1)
    database.close()
    server = Server(results, "--users", "--organisation", "Nordvik kommun")
    for item in server.queue():
        if item.double:
            for coder, key, why in (
                ("Ada", 0, "Står uttryckligen i svaret."),
                ("Bo", -1, "Det var bara tanken, inte det som gjordes."),
            ):
                server.decide(item.id, server.choices(item.id)[key], coder, why)
    yield server
    server.close()


@pytest.fixture
def page(server: Server, desk: Desk, view: str) -> Page:
    page = desk.browser(viewport=VIEWS[view])
    sign_in(page, server, "Cia")
    return page


def visit(page: Page, path: str) -> None:
    page.goto(f"http://127.0.0.1:{page.url.split(':')[2].split('/')[0]}{path}")
    if page.locator("#arbete").count():
        ready(page)


def first(server: Server, **wanted: str) -> Item:
    """Return the first that waits and is as wanted."""
    found = (i for i in server.queue() if not i.double)
    return next(
        i for i in found if all(getattr(i.proposal, name) == one for name, one in wanted.items())
    )


@pytest.mark.parametrize("view", ["bred", "smal"])
def test_every_state(server: Server, page: Page, view: str, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}

    def look(name: str, drawn: str = "") -> None:
        if wrong := faults(page):
            found[name] = wrong
        if drawn and (view == "bred") == (drawn != "smal_skarm"):
            assert drawn in DRAWN
            picture(page, drawn, tmp_path, whole=drawn == "massgodkannande")

    # A PDF with its page as a picture; the same in a narrow window.
    polis = first(server, category="polis", county="Skåne")
    visit(page, f"/post/{polis.id}")
    page.locator(".blad img").evaluate("image => image.decode()")
    look("card with a page", "kort" if view == "bred" else "smal_skarm")
    press(page, "k", leaves=False)
    page.keyboard.type("Två utredare, båda med varje gång.")
    look("card with a comment open")
    page.keyboard.press("Escape")
    press(page, "d", leaves=False)
    expect(page.locator(".definition p").first).to_be_visible()
    look("card with the definition open", "definition")
    if view == "bred":  # The evidence stays in sight although the answer has less room.
        mark, answer = (page.locator(f".svar{part}").bounding_box() for part in (" mark", ""))
        assert mark and answer
        assert mark["y"] + mark["height"] <= answer["y"] + answer["height"]
    press(page, "d", leaves=False)
    press(page, "?", leaves=False)
    expect(page.get_by_role("dialog")).to_be_visible()
    look("all keys")
    page.keyboard.press("Escape")
    page.locator(".senaste summary").click()
    look("latest decisions")
    page.locator(".senaste summary").click()

    # Whole text, no picture, and a variable with one answer of many.
    press(page, "t", leaves=False)
    expect(page.locator(".helatexten")).to_be_visible()
    look("card with the whole text")
    visit(page, f"/post/{first(server, county='Blekinge').id}")
    look("card of a Word document")
    visit(page, f"/post/{first(server, variable='maluppfyllelse').id}")
    look("card with one answer of many")

    # Personal data, hidden and shown.
    letter = first(server, county="Västernorrland")
    visit(page, f"/post/{letter.id}")
    hidden = page.locator(".helatexten .dold")
    expect(hidden).to_have_count(3)
    expect(page.locator("#arbete")).not_to_contain_text("070-174")
    look("hidden personal data")
    press(page, "v")
    expect(hidden).to_have_count(0)
    expect(page.locator("#arbete")).to_contain_text("070-174 06 05")
    look("personal data shown")

    # Somebody was faster.
    item = first(server, category="kommuner")
    visit(page, f"/post/{item.id}")
    press(page, "k", leaves=False)
    page.keyboard.type("Tre grannkommuner deltar.")
    server.decide(item.id, server.choices(item.id)[-1], "Bea", "De bjöds bara in.")
    press(page, "Control+Enter")
    expect(page.locator(".krock")).to_be_visible()
    look("conflict", "krock")
    visit(page, f"/post/{item.id}")
    look("decided card")

    # Lists.
    visit(page, "/lista?lan=Blekinge&ordning=sannolikhet")
    look("list", "lista")
    visit(page, "/lista?sok=finns+inte")
    look("empty list")
    visit(page, "/lista?lage=beslutade")
    look("decided list")
    visit(page, "/lista/godkann?lan=V%C3%A4stra+G%C3%B6taland")
    look("bulk", "massgodkannande")
    visit(page, "/tvister")
    look("disputes")
    page.locator("tbody a").first.click()
    ready(page)
    # The question itself, not the last of the boxes that stand between it and the answer.
    expect(page.locator(".svar h2")).to_have_text("Integrera i ordinarie verksamhet")
    look("dispute", "tvist")

    # Nothing left, wrong addresses, and the pages that tell.
    visit(page, "/?lan=Gotland")
    expect(page.locator("h1")).to_have_text("Klart i det här urvalet")
    look("nothing left in a selection")
    visit(page, "/tolkningar")
    page.locator("summary", has_text="Lägg till en tolkning").click()
    look("rulings, and the form for one")
    page.get_by_label("Fråga", exact=True).fill("Är simskolan en part?")
    page.get_by_label("Tolkning, så som").fill("En simskola som håller kurs är aktiv.")
    page.get_by_label("Skäl").fill("Den gör en del av arbetet.")
    page.get_by_label("Gäller", exact=True).select_option("partner.ovrig_annan")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("article", name="Är simskolan en part?").first).to_be_visible()
    look("a ruling added")
    for path in ("/overens", "/hjalp", "/tillganglighet", "/post/999999", "/finns-inte"):
        visit(page, path)
        look(path)
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_text("Du är utloggad")).to_be_visible()
    look("signed out")
    visit(page, "/in")
    look("sign-in")
    page.get_by_label("Namn").fill("Cia")
    page.get_by_label("Lösenord").fill("fel lösenord")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("sign-in refused")
    visit(page, "/tillganglighet")
    look("accessibility statement without a session")
    assert not found


@pytest.mark.parametrize("view", ["dubbel"])
def test_twice_as_large_nothing_is_scrolled_sideways(server: Server, page: Page, view: str) -> None:
    item = first(server, category="kyrka")
    for path in (
        f"/post/{item.id}",
        "/lista",
        "/lista/godkann",
        "/tvister",
        "/overens",
        "/hjalp",
        "/tolkningar",
    ):
        visit(page, path)
        assert not sideways(page), path


@pytest.mark.parametrize("view", ["smal"])
def test_what_is_new_has_focus_and_is_read_out(server: Server, page: Page, view: str) -> None:
    waiting = server.waiting()
    press(page, "Enter")
    expect(page.locator("#fraga")).to_be_focused()
    told = page.get_by_role("status")
    expect(told).to_contain_text("Sparat: ")
    expect(told).to_contain_text("Nästa: ")
    page.get_by_role("button", name="Enkla tangenter").click()
    ready(page)
    for key in ("Enter", "1", "g", "z", "s", "k"):
        press(page, key, leaves=False)
    assert server.waiting() == waiting - 1
    expect(page.locator("#kommentar")).to_be_hidden()
    press(page, "Control+Enter")
    assert server.waiting() == waiting - 2
    page.get_by_role("button", name="Enkla tangenter").click()
    press(page, "z")
    assert server.waiting() == waiting - 1


@pytest.mark.parametrize("view", ["bred"])
def test_at_the_end_nothing_is_left_to_do(server: Server, page: Page, view: str) -> None:
    waiting = server.queue()
    events = [
        NewEvent(i.id, Kind.DECIDE, "Bea", Source.WEB, f"slut{i.id:028d}", i.proposal.choice)
        for i in waiting
        if not i.double
    ]
    done = server.log.append_bulk([(event, server.log.head(event.item).seq) for event in events])
    assert not done.conflicts
    visit(page, "/")
    expect(page.locator("h1")).to_have_text("Klart för nu")
    assert not faults(page)
    assert server.queue() == ()
    press(page, "z")
    assert [item.id for item in server.queue()] == [item_of(page)]
    press(page, "Enter")
    expect(page.locator("h1")).to_have_text("Klart för nu")
    assert not faults(page)


def test_faults_are_found(desk: Desk, server: Server) -> None:
    """The measure itself: planted faults are told, so silence means something."""
    page = desk.browser(viewport=NARROW)
    page.goto(f"{server.base}/in")
    assert not faults(page)
    page.evaluate("""() => {
      document.documentElement.lang = "en";
      document.querySelector("label").remove();
      document.querySelector("h1").style.width = "400px";
      document.querySelector("main").append(new Image());
    }""")
    assert {one.split(":")[0].split(" ")[0] for one in faults(page)} >= {
        "image-alt",
        "label",
        "lang",
        "scrolls",
    }


def test_the_guide_shows_the_pictures_that_are_made_here() -> None:
    guide = (PICTURES.parent / "granskning.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"\(granskning/(\w+)\.png\)", guide))
    assert shown == {file.stem for file in PICTURES.iterdir()} == DRAWN
