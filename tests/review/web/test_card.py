"""One decision after another: what a card shows, and what each button does to the log."""

from __future__ import annotations

import html

import pytest
from sqlalchemy import select

from annotations.decisions.schema import revealed
from annotations.decisions.types import Kind, State
from tests.review.web.site import Site

CHOSEN = [
    ("aktiv", State.DECIDED, "aktiv", "Sparat: Polis – Ja, aktiv."),
    ("nej", State.DECIDED, "nej", "Sparat: Polis – Nej."),
    ("oavgjort", State.UNDECIDABLE, "", "Sparat: Polis – Går ej att avgöra."),
]


def test_a_card_shows_answer_evidence_ticks_proposal_and_definition(here: Site) -> None:
    browser = here.browser()
    assert browser.get("/").status_code == 200
    page = html.unescape(browser.page)
    assert browser.heading == "Polis"
    assert "<mark>Polisen sitter med i gruppen varje månad.</mark>" in page
    assert "Ange vilka och hur" in page and "Rättsväsendet" in page
    assert "<b>Ja, aktiv</b>" in page and "Troligt, 83\N{NO-BREAK SPACE}%" in page
    assert "Bara ett ställe i texten talar för att parten deltar." in page
    assert "Hit räknas inte" in page
    assert "Ett Word-dokument har ingen bild av sidan." in page
    assert '<html lang="sv">' in browser.page


def test_document_text_never_becomes_markup(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    assert "&lt;script&gt;alert" in browser.page
    assert "<script>alert" not in browser.page


def test_personal_data_is_hidden_until_revealed_and_that_is_logged(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    item = here.item("partner", "polis")
    assert "070-174" not in browser.page and "▮▮▮" in browser.page
    assert browser.send(f"/post/{item.id}/visa").status_code == 200
    assert "070-174 06 05" in browser.page
    with here.state.database.read() as db:
        rows = db.execute(select(revealed.c.item, revealed.c.reviewer)).all()
    assert [tuple(row) for row in rows] == [(item.id, "Anna Ek")]


@pytest.mark.parametrize(("sent", "state", "choice", "told"), CHOSEN)
def test_a_decision_is_saved_and_the_next_card_comes(
    here: Site, sent: str, state: State, choice: str, told: str
) -> None:
    browser = here.browser()
    browser.get("/")
    item = here.item("partner", "polis")
    response = browser.send(f"/post/{item.id}", val=sent, kommentar="Tydligt")
    assert response.status_code == 200
    now = here.item("partner", "polis")
    assert (now.state, now.choice) == (state, choice)
    event = here.state.log.events(item.id)[-1]
    assert (event.reviewer, event.comment, event.model, event.codebook, event.proposal) == (
        "Anna Ek", "Tydligt", "m1", "k1", "aktiv",
    )  # fmt: skip
    assert browser.told == f"{told} Nästa: Kvinnojour eller tjejjour."
    assert browser.heading == "Kvinnojour eller tjejjour"


def test_without_javascript_a_decision_leads_on_by_redirect(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    response = browser.plain(f"/post/{here.item('partner', 'polis').id}", val="aktiv")
    assert response.status_code == 303
    browser.get(response.headers["location"])
    assert browser.told.startswith("Sparat: Polis – Ja, aktiv.")
    assert browser.heading == "Kvinnojour eller tjejjour"


def test_the_same_click_twice_is_one_decision(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    item = here.item("partner", "polis")
    fields = browser.hidden()
    first = browser.send(f"/post/{item.id}", val="aktiv")
    again = browser.send(f"/post/{item.id}", val="aktiv", **fields)
    assert (first.status_code, again.status_code) == (200, 200)
    assert len(here.state.log.events(item.id)) == 1


def test_undo_goes_back_without_limit_and_says_what_it_took_back(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    for name in ("polis", "kvinnojour"):
        browser.send(f"/post/{here.item('partner', name).id}", val="nej")
    browser.send("/angra")
    assert browser.told == "Ångrat: Kvinnojour eller tjejjour – Nej. Välj igen."
    browser.send("/angra")
    assert browser.told == "Ångrat: Polis – Nej. Välj igen."
    assert browser.heading == "Polis"
    browser.send("/angra")
    assert browser.told.startswith("Det finns inget att ångra.")
    assert here.item("partner", "polis").state is State.OPEN
    kinds = [event.kind for event in here.state.log.events(here.item("partner", "polis").id)]
    assert kinds == [Kind.DECIDE, Kind.UNDO]


def test_undo_keeps_a_comment_that_was_begun(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    browser.send(f"/post/{here.item('partner', 'polis').id}", val="nej")
    browser.send("/angra", kommentar="Fråga kommunen")
    comments = [e.comment for e in here.state.log.events(here.item("partner", "kvinnojour").id)]
    assert comments == ["Fråga kommunen"]


def test_what_is_skipped_comes_back_when_the_rest_is_done(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    browser.send(f"/post/{here.item('partner', 'polis').id}/hoppa")
    seen = []
    for _ in range(4):
        seen.append(browser.heading)
        browser.send(f"/post/{browser.hidden()['post']}", val="oavgjort")
    assert "Polis" not in seen
    assert browser.heading == "Polis"
    assert "Nu kommer de du hoppade över." in browser.told
    browser.send(f"/post/{here.item('partner', 'polis').id}", val="nej")
    assert browser.heading == "Klart för nu"


def test_a_comment_alone_decides_nothing(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    item = here.item("partner", "polis")
    browser.send(f"/post/{item.id}", val="kommentar", kommentar="Osäker period")
    assert browser.told == "Kommentaren är sparad."
    assert here.item("partner", "polis").state is State.OPEN
    assert "Osäker period" in browser.page


def test_somebody_faster_is_shown_beside_ones_own_choice_and_the_comment_stays(here: Site) -> None:
    anna, per = here.browser(), here.browser("Per Lund")
    item = here.item("partner", "polis")
    anna.get("/")
    per.get(f"/post/{item.id}")
    assert "En annan granskare har också den här framme." in html.unescape(per.page)
    per.send(f"/post/{item.id}", val="nej", kommentar="De slutade i maj")
    response = anna.send(f"/post/{item.id}", val="aktiv", kommentar="Varje månad")
    assert response.status_code == 409
    page = html.unescape(anna.page)
    assert "Sparat av Per Lund" in page and "De slutade i maj" in page
    assert "Varje månad</textarea>" in page
    assert here.item("partner", "polis").choice == "nej"
    assert 'data-tangent="Enter"' not in page and " Enter" not in page.split("</form>")[0]
    anna.send(f"/post/{item.id}", val="aktiv", kommentar="Varje månad")
    assert here.item("partner", "polis").choice == "aktiv"


@pytest.mark.parametrize(("choice", "words"), [("nej", "Nej"), ("oavgjort", "Går ej att avgöra")])
def test_undo_is_refused_where_somebody_decided_after(here: Site, choice: str, words: str) -> None:
    anna, per = here.browser(), here.browser("Per Lund")
    item = here.item("partner", "polis")
    anna.get("/")
    anna.send(f"/post/{item.id}", val="aktiv")
    per.get(f"/post/{item.id}")
    per.send(f"/post/{item.id}", val=choice)
    anna.send("/angra")
    assert anna.told == f"Det går inte att ångra: Per Lund har beslutat efter dig ({words})."


def test_the_queue_keeps_to_the_selection(here: Site) -> None:
    browser = here.browser()
    browser.get("/?lan=Kalmar")
    assert "Emmaboda" in browser.page
    browser.send(f"/post/{here.item('malgrupp', 'kvinnor', 'p02').id}", val="nej")
    assert browser.heading == "Klart i det här urvalet"


def test_the_last_decisions_can_be_opened_again(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    item = here.item("partner", "polis")
    browser.send(f"/post/{item.id}", val="nej")
    assert f'<a href="/post/{item.id}">Polis – Nej</a>' in browser.page
    browser.get(f"/post/{item.id}")
    assert "Beslutat: Nej (Anna Ek, 10.00)" in html.unescape(browser.page)
    assert "Behåll och gå vidare" in html.unescape(browser.page)


def test_single_keys_can_be_switched_off_for_the_session(here: Site) -> None:
    browser = here.browser()
    browser.get("/")
    assert 'data-tangenter="pa"' in browser.page
    assert browser.plain("/tangenter", till="av").status_code == 303
    browser.get("/")
    assert 'data-tangenter="av"' in browser.page
