"""Accepting a whole selection: shown first, saved as one group, undone in one step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.decisions.types import State
from tests.review.web.site import Browser, Site, many, site


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path, many(70)) as made:
        yield made


def _settled(here: Site) -> int:
    return here.state.tally.of("Anna Ek")[0].settled


def _asked(here: Site, query: str = "") -> Browser:
    browser = here.browser()
    assert browser.get(f"/lista/godkann?{query}").status_code == 200
    return browser


def test_count_and_five_samples_come_first_and_nothing_is_saved(here: Site) -> None:
    browser = _asked(here)
    assert browser.heading == "Godkänn 70 förslag på en gång"
    assert len(re.findall(r'href="/post/\d+"', browser.page)) == 5
    assert _settled(here) == 0


def test_the_samples_are_drawn_from_all_of_a_small_selection(here: Site) -> None:
    shown: set[str] = set()
    for _ in range(20):
        drawn = set(re.findall(r'href="/post/\d+"', _asked(here, "sok=p000").page))
        assert len(drawn) == 5
        shown |= drawn
    assert len(shown) == 10


def test_one_group_and_one_undo(here: Site) -> None:
    browser = _asked(here)
    response = browser.plain("/lista/godkann", kommentar="Stickprov rätt")
    assert response.status_code == 200
    assert browser.heading == "70 beslut är sparade"
    assert _settled(here) == 70
    event = here.state.log.events(here.item("malgrupp", "kvinnor", "p0003").id)[0]
    assert (event.choice, event.comment, bool(event.group)) == ("ja", "Stickprov rätt", True)
    browser.send("/angra")
    assert browser.told.startswith("Ångrat: 70 beslut.")
    assert _settled(here) == 0


def test_a_filter_bounds_it(here: Site) -> None:
    browser = _asked(here, "sok=p0003")
    browser.plain("/lista/godkann")
    assert _settled(here) == 1


def test_the_same_click_twice_saves_once(here: Site) -> None:
    browser = _asked(here)
    fields = browser.hidden()
    browser.plain("/lista/godkann")
    response = browser.plain("/lista/godkann", **fields)
    assert response.status_code == 200
    assert browser.heading == "70 beslut är sparade"
    assert len(here.state.log.events(here.item("malgrupp", "kvinnor", "p0003").id)) == 1


def test_a_selection_that_changed_meanwhile_is_shown_again(here: Site) -> None:
    browser, per = _asked(here), here.browser("Per Lund")
    item = here.item("malgrupp", "kvinnor", "p0005")
    per.get(f"/post/{item.id}")
    per.send(f"/post/{item.id}", val="nej")
    response = browser.plain("/lista/godkann")
    assert response.status_code == 409
    assert browser.heading == "Godkänn 69 förslag på en gång"
    assert _settled(here) == 1
    browser.plain("/lista/godkann")
    assert _settled(here) == 70
    assert here.item("malgrupp", "kvinnor", "p0005").choice == "nej"


def test_what_is_coded_blind_by_two_is_left_out(here: Site) -> None:
    here.state.items.set_double(1.0)
    browser = _asked(here)
    assert "Det finns inget att godkänna i urvalet." in browser.page
    assert here.item("malgrupp", "kvinnor", "p0001").state is State.OPEN
