"""Two blind coders differ: an adjudicator sees both without names, and decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.decisions.types import State
from pipeline.review.web.access.reviewer import Role
from tests.review.web.site import Browser, Site, site


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    """A round of double coding where two coders differ about the police."""
    with site(tmp_path) as made:
        made.disputed()
        yield made


def _judge(here: Site) -> Browser:
    return here.browser("Siv Dahl", Role.ANALYST)


def test_two_who_differ_make_a_dispute(here: Site) -> None:
    assert here.item("partner", "polis").state is State.DISPUTED
    browser = _judge(here)
    browser.get("/tvister")
    assert len(re.findall(r'href="/tvister/\d+"', browser.page)) == 1


def test_both_choices_stand_side_by_side_without_names(here: Site) -> None:
    browser = _judge(here)
    browser.get(f"/tvister/{here.item('partner', 'polis').id}")
    for words in ("Granskare 1", "Granskare 2", "Ja, aktiv", "varje månad", "de slutade"):
        assert words in browser.page
    assert "Anna" not in browser.page and "Per Lund" not in browser.page


def test_the_adjudicator_decides_for_all(here: Site) -> None:
    browser, item = _judge(here), here.item("partner", "polis")
    browser.get(f"/tvister/{item.id}")
    response = browser.send(f"/tvister/{item.id}", val="aktiv", kommentar="Texten säger så")
    assert response.status_code == 200
    assert browser.told == "Avgjort: Polis – Ja, aktiv. Inga fler tvister."
    now = here.item("partner", "polis")
    assert (now.state, now.choice) == (State.DECIDED, "aktiv")
    assert here.state.log.events(item.id)[-1].lane == ""


def test_two_adjudicators_do_not_overwrite_each_other(here: Site) -> None:
    first, second = _judge(here), here.browser("Bo Alm", Role.COORDINATOR)
    item = here.item("partner", "polis")
    for browser in (first, second):
        browser.get(f"/tvister/{item.id}")
    first.send(f"/tvister/{item.id}", val="aktiv")
    response = second.send(f"/tvister/{item.id}", val="nej", kommentar="min kommentar")
    assert response.status_code == 409
    assert "min kommentar" in second.page
    assert here.item("partner", "polis").choice == "aktiv"


def test_without_javascript_it_leads_on_by_redirect(here: Site) -> None:
    browser, item = _judge(here), here.item("partner", "polis")
    browser.get(f"/tvister/{item.id}")
    response = browser.plain(f"/tvister/{item.id}", val="oavgjort")
    assert (response.status_code, response.headers["location"]) == (303, "/tvister")
    assert here.item("partner", "polis").state is State.UNDECIDABLE


def test_a_coder_may_not_adjudicate(here: Site) -> None:
    browser, item = here.browser("Ove Falk"), here.item("partner", "polis")
    assert browser.get("/tvister").status_code == 403
    assert browser.get(f"/tvister/{item.id}").status_code == 403
    browser.get("/hjalp")
    assert '<a href="/tvister"' not in browser.page
    fields = {"token": "a" * 32, "seq": "0"}
    assert browser.send(f"/tvister/{item.id}", val="aktiv", **fields).status_code == 403
    assert here.item("partner", "polis").state is State.DISPUTED


def test_what_is_no_dispute_cannot_be_adjudicated(here: Site) -> None:
    item = here.item("maluppfyllelse")
    assert _judge(here).get(f"/tvister/{item.id}").status_code == 404


def test_undoing_an_adjudication_opens_the_dispute_again(here: Site) -> None:
    browser, item = _judge(here), here.item("partner", "polis")
    browser.get(f"/tvister/{item.id}")
    browser.send(f"/tvister/{item.id}", val="aktiv")
    browser.get(f"/tvister/{item.id}")
    assert "Tvisten är redan avgjord." in browser.page
    response = browser.send("/angra")
    assert response.headers["hx-redirect"] == f"/tvister/{item.id}"
    assert here.item("partner", "polis").state is State.DISPUTED
