"""The table: filters, orders, pages, and what of it a blind coder may not see."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from annotations.decisions.filters import Order, States
from pipeline.review.web.selection import Selection, selection
from tests.review.web.site import Site, many, site

FILTERS = [
    ("", 5),
    ("lan=Kalmar", 1),
    ("fraga=partner", 2),
    ("fraga=partner.polis", 1),
    ("fraga=maluppfyllelse", 1),
    ("sok=emmaboda", 1),
    ("skal=Bara+ett+st%C3%A4lle+i+texten+talar+f%C3%B6r+att+parten+deltar.", 1),
    ("lage=beslutade", 0),
    ("lage=nonsens&ordning=nonsens&sida=nonsens", 5),
    ("sida=99999", 5),
    ("lan=%27%3B+DROP+TABLE+item", 0),
]


def _rows(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a href="/post/(\d+)[^"]*">', page)


@pytest.mark.parametrize(("query", "count"), FILTERS)
def test_filters(here: Site, query: str, count: int) -> None:
    response = here.browser().get(f"/lista?{query}")
    assert response.status_code == 200
    assert len(_rows(response.text)) == count


def test_fifty_a_page_also_the_last(tmp_path: Path) -> None:
    with site(tmp_path, many(120)) as here:
        browser = here.browser()
        sizes = [len(_rows(browser.get(f"/lista?sida={n}").text)) for n in (1, 2, 3)]
        assert sizes == [50, 50, 20]
        assert "Sida 3 av 3" in browser.page
        assert "Första" in browser.page and "sida=3" not in browser.page.split("<nav")[-1]


def test_sorted_by_probability_the_least_sure_first(tmp_path: Path) -> None:
    with site(tmp_path, many(60)[::-1]) as here:
        page = here.browser().get("/lista?ordning=sannolikhet").text
        found = [here.state.items.get(int(id)) for id in _rows(page)]
        probabilities = [i.proposal.probability for i in found if i is not None]
        assert probabilities == sorted(p for p in probabilities if p is not None)


def test_quotes_are_masked_and_escaped(here: Site) -> None:
    page = here.browser().get("/lista").text
    assert "Kvinnojouren kom på en föreläsning." in html.unescape(page)
    assert "<script>alert" not in page


def test_what_another_chose_blind_is_not_told(here: Site) -> None:
    here.state.items.set_double(1.0)
    anna, per = here.browser(), here.browser("Per Lund")
    item = here.item("partner", "polis")
    anna.get("/")
    anna.send(f"/post/{item.id}", val="planerad", kommentar="hemligt")
    per.get(f"/post/{item.id}")
    assert "hemligt" not in per.page and "Anna" not in per.page
    assert "Beslutslogg" not in per.page
    listed = per.get("/lista").text
    assert "Väntar på en andra granskare" in listed and "Anna" not in listed


def test_a_selection_survives_its_address() -> None:
    made = Selection("Skåne", "partner.polis", "Skäl & så", "x=y", States.ALL, Order.PROJECT, 7)
    assert selection(made.query()) == made
    assert selection(Selection().query()) == Selection()
