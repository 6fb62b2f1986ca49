"""The register on the page: who may add and take back, and decisions that cite a ruling."""

from __future__ import annotations

import re

import pytest

from annotations.decisions.register import Register
from annotations.decisions.types import Kind
from pipeline.review.web.access.reviewer import Role
from pipeline.rulings.register import register, rest_on_withdrawn
from tests.review.web.site import ROUND, Browser, Site

GIVEN = {
    "fraga": "Är simskolan en part?",
    "avgorande": "En simskola som håller kurs är aktiv",
    "skal": "Den gör en del av arbetet",
    "galler1": "partner.polis",
}


def analyst(here: Site) -> Browser:
    browser = here.browser("Siv Dahl", Role.ANALYST)
    browser.get("/tolkningar")
    return browser


def test_an_analyst_adds_a_ruling(here: Site) -> None:
    browser = analyst(here)
    answer = browser.plain("/tolkningar", **GIVEN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tolkningar?klar=R1#R1")
    browser.get("/tolkningar?klar=R1")
    assert "Tolkning R1 är tillagd." in browser.page
    assert "Siv Dahl, 2 november 2026. Gäller Samverkansparter: Polis." in browser.page
    assert "En simskola som håller kurs är aktiv." in browser.page


def test_the_same_click_twice_is_one_ruling(here: Site) -> None:
    browser = analyst(here)
    token = browser.hidden()["token"]
    for _ in range(2):
        browser.plain("/tolkningar", **GIVEN, token=token)
    assert [r.mark for r in Register(here.state.database).rulings(ROUND)] == ["R1"]


def test_what_is_missing_is_told_and_what_was_written_is_kept(here: Site) -> None:
    browser = analyst(here)
    answer = browser.plain("/tolkningar", **{**GIVEN, "skal": " "})
    assert answer.status_code == 409 and "Inget är sparat." in browser.page
    assert 'value="Är simskolan en part?"' in browser.page
    assert '<option value="partner.polis" selected>' in browser.page


@pytest.mark.parametrize(
    "wrong",
    [{"galler1": "partner.finns_inte"}, {"galler2": "tabell9"}, {"token": "kort"}],
)
def test_what_was_never_offered_is_refused(here: Site, wrong: dict[str, str]) -> None:
    assert analyst(here).plain("/tolkningar", **{**GIVEN, **wrong}).status_code == 400
    assert Register(here.state.database).rulings(ROUND) == ()


def test_a_reviewer_reads_but_neither_adds_nor_takes_back(here: Site) -> None:
    browser = here.browser()
    browser.get("/tolkningar")
    assert "Lägg till en tolkning" not in browser.page and "<summary>Återkalla" not in browser.page
    token = "a" * 32
    assert browser.plain("/tolkningar", **GIVEN, token=token).status_code == 403
    browser.get("/tolkningar")
    taken = browser.plain("/tolkningar/aterkalla", marke="P1", varfor="nej", token=token)
    assert taken.status_code == 403
    assert Register(here.state.database).withdrawals(ROUND) == {}


def test_a_ruling_is_taken_back_and_stays_in_the_register(here: Site) -> None:
    browser = analyst(here)
    answer = browser.plain("/tolkningar/aterkalla", marke="P12", varfor="Vi köper aldrig lokaler")
    assert answer.headers["location"] == "/tolkningar?klar=P12#P12"
    browser.get("/tolkningar?klar=P12")
    assert "Återkallad 2 november 2026 av Siv Dahl. Vi köper aldrig lokaler." in browser.page
    assert 'value="P12"' not in browser.page  # nothing more to take back, or to replace
    again = browser.plain("/tolkningar/aterkalla", marke="P12", varfor="igen")
    assert again.status_code == 409 and "redan återkallad" in browser.page


def test_an_unknown_mark_is_refused_in_words(here: Site) -> None:
    for mark in ("R9", "", "<b>", "P" * 400):
        browser = analyst(here)
        sent = browser.plain("/tolkningar/aterkalla", marke=mark, varfor="fel")
        assert sent.status_code == 409 and "ingen tolkning" in browser.page
        assert "<b>" not in browser.page.split("ingen tolkning")[1][:20]


def test_the_card_shows_the_rulings_of_its_question(here: Site) -> None:
    analyst(here).plain("/tolkningar", **GIVEN)
    browser = here.browser()
    browser.get(f"/post/{here.item('partner', 'polis').id}")
    definition = browser.page.split('class="definition"')[1].split("</details>")[0]
    for mark in ("P1", "P22", "R1"):
        assert f'<a href="/tolkningar#{mark}">' in definition
    assert "P24" not in definition and "S3" not in definition
    assert '<optgroup label="Övriga">' in browser.page
    browser.get(f"/post/{here.item('maluppfyllelse').id}")
    definition = browser.page.split('class="definition"')[1].split("</details>")[0]
    assert "/tolkningar#G7" in definition


def test_a_decision_cites_the_chosen_ruling(here: Site) -> None:
    browser = here.browser()
    item = here.item("partner", "polis")
    browser.get(f"/post/{item.id}")
    browser.send(f"/post/{item.id}", val="inbjuden", kommentar="De lyssnade.", tolkning="P2")
    (event,) = here.state.log.events(item.id)
    assert (event.kind, event.comment) == (Kind.DECIDE, "De lyssnade.\nEnligt P2.")
    browser.get(f"/post/{item.id}")
    assert 'Enligt <a href="/tolkningar#P2">P2</a>.' in browser.page
    browser.get("/tolkningar")
    of = browser.page.split('id="P2"')[1].split("</article>")[0]
    assert re.search(rf'Tillämpad i 1 projekt: <a href="/post/{item.id}">p01</a>\.', of)


def test_a_mark_that_is_written_is_not_written_twice(here: Site) -> None:
    browser = here.browser()
    item = here.item("partner", "polis")
    browser.get(f"/post/{item.id}")
    browser.send(f"/post/{item.id}", val="inbjuden", kommentar="P2 gäller.", tolkning="P2")
    assert here.state.log.events(item.id)[0].comment == "P2 gäller."


def test_a_ruling_that_was_never_offered_saves_nothing(here: Site) -> None:
    browser = here.browser()
    item = here.item("partner", "polis")
    for mark in ("R1", "P999", "' OR 1=1", "P2 P3"):
        browser.get(f"/post/{item.id}")
        sent = browser.send(f"/post/{item.id}", val="inbjuden", tolkning=mark)
        assert sent.status_code == 400
    assert here.state.log.events(item.id) == ()


def test_a_decision_by_what_is_taken_back_is_to_be_looked_at(here: Site) -> None:
    browser = here.browser()
    item = here.item("partner", "polis")
    browser.get(f"/post/{item.id}")
    browser.send(f"/post/{item.id}", val="inbjuden", tolkning="P2")
    assert list(rest_on_withdrawn(register(here.state.database, ROUND))) == []
    analyst(here).plain("/tolkningar/aterkalla", marke="P2", varfor="fel")
    (finding,) = rest_on_withdrawn(register(here.state.database, ROUND))
    assert (finding.where, finding.found) == ("p01", "P2")
    assert "tolkning P2, som är återkallad" in finding.what


def test_markup_in_a_ruling_is_shown_as_words(here: Site) -> None:
    attack = "\"'></textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
    browser = analyst(here)
    browser.plain("/tolkningar", **{**GIVEN, "fraga": attack, "avgorande": attack, "skal": attack})
    browser.get("/tolkningar")
    item = here.item("partner", "polis")
    card = here.browser()
    card.get(f"/post/{item.id}")
    for page in (browser.page, card.page):
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page and "<img src=x" not in page
