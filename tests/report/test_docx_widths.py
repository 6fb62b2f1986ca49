"""How wide columns become: they fit, and figures stay whole where there is room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.docx_charts import _scale
from pipeline.report.docx_widths import PORTRAIT, column_widths, least_widths, text_width
from tests.report.made_docx import CHART, PAIRED

WORDS = st.text(alphabet="abcåäöÅ 0123456789-–\n", max_size=60)


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(
            st.lists(WORDS, min_size=n, max_size=n),
            st.lists(st.lists(WORDS, min_size=n, max_size=n), max_size=5),
            st.sets(st.integers(0, n - 1)),
        )
    )
)
def test_a_table_always_fits_and_no_column_is_lost(made):
    headings, rows, numeric = made
    widths = column_widths(headings, rows, numeric, 9, PORTRAIT)
    assert sum(widths) <= PORTRAIT
    assert all(width > 0 for width in widths)
    least = least_widths(headings, rows, numeric, 9)
    if sum(least) < PORTRAIT:
        assert all(width >= low for width, low in zip(widths, least, strict=True))


def test_figures_are_never_broken_and_running_text_may_be():
    text = "En lång förklaring av hur siffran har kommit till, ord för ord. " * 3
    widths = column_widths(
        ("Post", "Belopp", "Förklaring"), [("Medel", "21 950 000", text)], {1}, 9, PORTRAIT
    )
    assert widths[1] > text_width("21 950 000", 9)
    assert widths[2] < text_width(text, 9)
    assert sum(widths) <= PORTRAIT


def test_a_small_table_does_not_take_the_whole_page():
    assert sum(column_widths(("A", "B"), [("ett", "2")], {1}, 9, PORTRAIT)) < PORTRAIT // 3


@pytest.mark.parametrize(("chart", "scale"), [(CHART, (100, 20)), (PAIRED, (100.0, 20))])
def test_the_axis_ends_on_a_whole_step(chart, scale):
    assert _scale(chart) == scale
