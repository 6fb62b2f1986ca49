"""From any figure of a simulated round the links lead to the right words."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from annotations.codebook import load
from annotations.tables import load_tables
from pipeline.explain.explain import explain
from pipeline.explain.figures import read_figures
from pipeline.tables.words import short, words
from tests.evidence.way import Figure, Led, Results

pytestmark = pytest.mark.slow
BOOK = load()
LABELS = words(BOOK).categories


@cache
def opened(folder: Path) -> tuple[Results, list[Figure]]:
    results = Results(folder)
    return results, results.figures()


def assert_right_words(results: Results, led: Led) -> None:
    """The marked words are the quote of a coding of the row's project and category."""
    label = led.values["Kodad som"].removeprefix("Inte: ")
    named = [key for key, own in LABELS.items() if own == label]  # "Oklart" is told of two things
    coded = [
        c
        for variable, category in named
        for c in results.codings[led.values["Projekt"], category]
        if c["variabel"] == variable and (len(named) == 1 or c["varde"] == "1")
    ]
    assert len(coded) == 1
    quote, shown = coded[0]["citat"], results.marked(led) if led.anchor else ""
    if quote:
        assert shown == quote.replace("\n", "")
        assert led.anchor == f"ord-{coded[0]['start']}-{coded[0]['slut']}"
        assert led.values["Citat"] == short(quote)
        assert led.values["Visa orden"] == f"Sida {coded[0]['sida']}"
    elif led.anchor:  # a tick: the box and its label
        assert coded[0]["kalla"] in ("kryss", "granskare")
        assert shown == led.values["Citat"].replace("\n", "")
    if led.anchor:
        assert led.values["Visa orden"] == results.page_number(led)


@pytest.mark.parametrize("seed", range(8))
def test_five_random_cells_lead_to_the_right_words(simulated, seed):
    results, figures = opened(simulated)
    coded = [f for f in figures if f.rows and "Citat" in f.rows[0].values and f.rows[0].anchor]
    for figure in random.Random(seed).sample(coded, 5):
        for led in figure.rows:
            assert_right_words(results, led)


def test_every_list_is_as_long_as_its_figure(simulated):
    _, figures = opened(simulated)
    followed = 0
    for figure in figures:
        followed += len(figure.rows)
        if not figure.rows:
            continue
        if "Belopp" in figure.rows[0].values:
            amounts = (row.values["Belopp"] for row in figure.rows)
            assert sum(int("".join(c for c in a if c.isdigit())) for a in amounts) == figure.value
        else:
            assert len(figure.rows) == figure.value
        projects = [row.values["Projekt"] for row in figure.rows]
        assert len(set(projects)) == len(projects)
    assert followed > 500


def test_every_row_leads_to_a_page_and_nearly_every_coded_one_to_words(simulated):
    results, figures = opened(simulated)
    rows = [row for figure in figures for row in figure.rows]
    assert all((results.folder / row.page).is_file() for row in rows)
    coded = [row for row in rows if "Citat" in row.values and row.values["Kodad som"]]
    assert coded
    with_words = [row for row in coded if row.anchor]
    for row in with_words:
        assert_right_words(results, row)
    # Without words or box is what follows from nothing being said: not told, no collaboration.
    assert len(with_words) / len(coded) > 0.8


def test_every_explained_figure_is_the_workbooks(simulated):
    _, figures = opened(simulated)
    told = [f for f in read_figures(simulated) if f.count is not None or f.amount is not None]
    assert len(told) == len(figures)
    for explained, figure in zip(told, figures, strict=True):
        value = explained.amount if explained.amount is not None else explained.count
        assert (f"Tabell {explained.number}", explained.label) == (figure.table, figure.label)
        assert value == figure.value
        assert sorted(c.project for c in explained.projects) == sorted(
            row.values["Projekt"] for row in figure.rows
        )


def test_an_explained_figure_has_the_rows_links(simulated):
    _, figures = opened(simulated)
    counties = load_tables().counties
    for figure in random.Random(3).sample([f for f in figures if f.rows], 12):
        told = explain(simulated, figure.table, figure.label, figure.column, "", BOOK, counties)
        links = [f"{row.page}#{row.anchor}" if row.anchor else row.page for row in figure.rows]
        assert sorted(b.link for b in told.behind) == sorted(links)
