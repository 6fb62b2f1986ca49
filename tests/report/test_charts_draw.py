"""Bar charts as drawings: lengths are values, whiskers are intervals, words are figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.blocks import Bar, BarChart
from pipeline.report.charts_draw import BAR, PART, UNKNOWN, draw_bars
from pipeline.report.drawing import (
    INK,
    PAPER,
    SOFT,
    Drawing,
    Line,
    Rect,
    Text,
    contrast,
    text_width,
)

SPACE = "\N{NO-BREAK SPACE}"


def chart(*bars: Bar, top: float | None = None, before: str = "") -> BarChart:
    return BarChart("prov", "Figur 1. Prov", "Prov i ord.", "projekt", bars, top, before)


def rects(drawing: Drawing) -> list[Rect]:
    return [m for m in drawing.marks if isinstance(m, Rect)]


def texts(drawing: Drawing) -> list[Text]:
    return [m for m in drawing.marks if isinstance(m, Text)]


def flat_lines(drawing: Drawing) -> list[Line]:
    return [m for m in drawing.marks if isinstance(m, Line) and m.y1 == m.y2]


@pytest.mark.parametrize("narrow", [False, True])
def test_lengths_are_proportional_to_values(narrow):
    drawn = draw_bars(chart(Bar("Polis", 60), Bar("Kyrka", 15), Bar("Skola", 0)), narrow=narrow)
    police, church, school = rects(drawn)
    assert police.width == pytest.approx(4 * church.width)
    assert school.width == 0
    assert police.x == church.x


@pytest.mark.parametrize("narrow", [False, True])
def test_whiskers_end_where_the_interval_does(narrow):
    drawn = draw_bars(chart(Bar("Polis", 60, 50, 75), Bar("Kyrka", 10)), narrow=narrow)
    unit = rects(drawn)[0].width / 60
    left = rects(drawn)[0].x
    whisker = flat_lines(drawn)[-1]  # the one before is the legend's
    assert (whisker.x1 - left, whisker.x2 - left) == pytest.approx((50 * unit, 75 * unit))


def test_a_certain_figure_has_no_whisker_and_without_any_there_is_no_legend():
    assert not flat_lines(draw_bars(chart(Bar("Polis", 60, 60, 60), Bar("Kyrka", 3))))
    assert "95" not in " ".join(t.text for t in texts(draw_bars(chart(Bar("Polis", 60, 60, 60)))))


def test_figures_are_printed_with_their_interval():
    drawn = draw_bars(chart(Bar("Polis", 1_060, 1_050, 1_075), Bar("Kyrka", 10)))
    assert [(t.text, t.tail) for t in texts(drawn) if t.tail] == [
        (f"1{SPACE}060", f"(1{SPACE}050–1{SPACE}075)")
    ]
    assert "10" in [t.text for t in texts(drawn)]


def test_nought_is_a_figure_and_unknown_is_said():
    nought, unknown = draw_bars(chart(Bar("A", 0))), draw_bars(chart(Bar("A", None)))
    assert "0" in [t.text for t in texts(nought) if t.bold]
    assert UNKNOWN not in [t.tail for t in texts(nought)]
    assert [t.text for t in texts(unknown) if t.tail == UNKNOWN] == [""]
    assert not rects(unknown)


def test_parts_stand_in_and_look_otherwise():
    drawn = draw_bars(chart(Bar("Rättsväsende", 80), Bar("Polis", 60, part=True)))
    group, part = (next(t for t in texts(drawn) if t.text == w) for w in ("Rättsväsende", "Polis"))
    assert part.x > group.x
    assert [r.fill for r in rects(drawn)] == [BAR, PART]
    assert rects(drawn)[1].height < rects(drawn)[0].height


def test_the_last_round_is_a_diamond_and_a_figure():
    drawn = draw_bars(chart(Bar("Skåne", 13, before=8), before="2008–2009"))
    assert ("13", "(8)") in [(t.text, t.tail) for t in texts(drawn)]
    assert any("2008–2009" in t.text for t in texts(drawn))


def test_bars_below_nought_go_to_the_left():
    drawn = draw_bars(chart(Bar("Rekvirerat", 400), Bar("Att återbetala", -100)))
    above, below = rects(drawn)
    assert below.x + below.width == pytest.approx(above.x)
    assert below.width == pytest.approx(above.width / 4)
    assert "−100" in [t.text for t in texts(drawn)]


def test_the_scale_names_a_given_top():
    drawn = draw_bars(chart(Bar("Polis", 60), top=148))
    assert "148" in [t.text for t in texts(drawn)]
    assert rects(drawn)[0].width < drawn.width / 2


def test_long_labels_are_broken_and_none_is_cut():
    label = "Samverkan mellan socialtjänstens beroendemottagning och kvinnofridsteamet i länet"
    for narrow in (False, True):
        drawn = draw_bars(chart(Bar(label, 5)), narrow=narrow)
        words = [t.text for t in texts(drawn) if t.text in label and not t.text.isdigit()]
        assert len(words) >= 2
        assert " ".join(words) == label


def test_shades_can_be_told_from_paper_and_from_what_lies_on_them():
    assert contrast(BAR, PAPER) >= 3
    assert contrast(BAR, INK) >= 3
    assert contrast(SOFT, PAPER) >= 4.5  # words, and the edge of a part's bar
    assert contrast(PART, SOFT) >= 3
    assert contrast(PART, INK) >= 3


figures = st.one_of(st.none(), st.integers(-(10**12), 10**12), st.integers(0, 9))
bars = st.builds(
    Bar, st.sampled_from(["Polis", "Ett " + "mycketlångtord" * 12, ""]), figures, part=st.booleans()
)


@given(st.lists(bars, max_size=6), st.sampled_from([None, 0.0, 148.0]), st.booleans())
def test_any_values_give_a_picture_whose_marks_lie_within_it(many, top, narrow):
    drawn = draw_bars(chart(*many, top=top), narrow=narrow)
    assert len(rects(drawn)) == sum(bar.value is not None for bar in many)
    for rect in rects(drawn):
        assert rect.width >= 0
        assert 0 <= rect.x <= rect.x + rect.width <= drawn.width
    for text in texts(drawn):
        assert 0 < text.y < drawn.height
        if text.anchor == "start":
            width = text_width(f"{text.text} {text.tail}".strip(), text.size)
            assert text.x + width <= drawn.width + 1
