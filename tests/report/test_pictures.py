"""Charts and maps as SVG and PNG: what stands in them, and that all of it can be read."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from PIL import Image

from pipeline.report.blocks import Bar, BarChart, CountyMap
from pipeline.report.drawing import (
    INK,
    PAPER,
    Area,
    Drawing,
    Line,
    Rect,
    Text,
    contrast,
    hatching,
    wrapped,
)
from pipeline.report.map_classes import NOUGHT
from pipeline.report.map_draw import draw_map
from pipeline.report.map_shapes import load_shapes
from pipeline.report.png import drawing_png, picture_png
from pipeline.report.svg import drawing, figure, inline, standalone

SVG = "{http://www.w3.org/2000/svg}"
CODES = tuple(load_shapes().counties)
CHART = BarChart(
    "diagram",
    "Figur 1. Parter & <roller>",
    "Flest: Polis (60).",
    "projekt",
    (Bar("Polis & <åklagare>", 60, 55, 66), Bar("Kyrka", 1_234), Bar("Övriga", None)),
)


def county_map(values: dict[str, float | None], unit: str = "Antal projekt") -> CountyMap:
    return CountyMap("karta", "Figur 2. Län", "Flest: Skåne.", unit, tuple(values.items()))


COUNTED = county_map({code: float(i) for i, code in enumerate(CODES)})


def parsed(svg: str) -> Any:
    return etree.fromstring(svg.encode())


def words(svg: str) -> list[str]:
    return ["".join(t.itertext()) for t in parsed(svg).iter(f"{SVG}text")]


def figures_on(picture: Drawing) -> dict[str, Text]:
    """The figures of the map by county: legends stand elsewhere."""
    return {t.text: t for t in picture.marks if isinstance(t, Text) and t.anchor == "middle"}


def fills(picture: Drawing) -> list[str]:
    return [m.fill for m in picture.marks if isinstance(m, Area) and m.fill != "none"]


@pytest.mark.parametrize("block", [CHART, COUNTED], ids=["chart", "map"])
def test_svg_is_an_image_with_title_and_description(block):
    root = parsed(standalone(drawing(block)))
    assert root.get("role") == "img"
    names = [root.xpath(f"//*[@id='{id}']")[0] for id in root.get("aria-labelledby", "").split()]
    assert [n.text for n in names] == [block.caption, block.alt]
    assert not root.xpath("//*[local-name()='script' or local-name()='style']")


def test_svg_says_every_figure():
    said = " ".join(words(standalone(drawing(CHART)))).replace("\N{NO-BREAK SPACE}", " ")
    for figure_or_name in ("60 (55–66)", "1 234", "Polis & <åklagare>", "uppgift saknas"):
        assert figure_or_name in said


def test_a_map_says_every_countys_figure():
    written = words(standalone(drawing(COUNTED)))
    assert set(map(str, range(len(CODES)))) <= set(written)


def test_within_a_page_the_font_is_the_pages_and_the_width_too():
    svg = inline(drawing(CHART))
    assert "font-family" not in svg
    assert "viewBox" in svg and " width=" not in svg.split(">", 1)[0]
    assert "font-family" in standalone(drawing(CHART))


def test_a_figure_has_one_picture_for_each_kind_of_screen_and_no_id_twice():
    page: Any = html.fromstring(figure(CHART) + figure(COUNTED))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    charts = page.xpath("//figure[contains(@class, 'chart')]/svg")
    assert [svg.get("class") for svg in charts] == ["wide-only", "narrow-only"]
    assert len(page.xpath("//figure[contains(@class, 'map')]/svg")) == 1
    assert page.xpath("//figcaption")[0].text_content() == CHART.caption


def test_narrow_pictures_have_letters_that_can_be_read():
    page: Any = html.fromstring(figure(CHART))
    (narrow,) = page.xpath("//svg[@class='narrow-only']")
    width = float(narrow.get("viewbox").split()[2])
    sizes = [float(t.get("font-size")) for t in narrow.xpath(".//text")]
    assert min(sizes) * 296 / width > 10  # pixels on a screen of 320


def test_counties_are_shaded_by_class_and_unknown_ones_hatched():
    picture = draw_map(county_map({"25": 9.0, "12": 1.0, "08": 0.0, "09": None}))
    shade = dict(zip(CODES, fills(picture), strict=True))
    assert contrast(shade["25"], PAPER) > contrast(shade["12"], PAPER) > 1.5
    assert shade["08"] == NOUGHT
    hatched = [m for m in picture.marks if isinstance(m, Line)]
    assert len(hatched) > 18 * 5  # eighteen counties have no value
    assert not [m for m in draw_map(COUNTED).marks if isinstance(m, Line)]


def test_nought_is_written_and_unknown_is_not():
    picture = draw_map(county_map({code: 0.0 if code == "25" else None for code in CODES}))
    assert list(figures_on(picture)) == ["0"]
    assert "uppgift" in " ".join(words(standalone(picture)))


def test_figures_can_be_read_on_every_shade():
    found = draw_map(COUNTED)
    shade = dict(zip(map(str, range(len(CODES))), fills(found), strict=True))
    for figure_, text in figures_on(found).items():
        assert contrast(text.fill, shade[figure_]) >= 4.5


def test_long_figures_have_paper_beneath_and_very_long_ones_are_left_to_the_table():
    long = figures_on(draw_map(county_map({"12": 12_345.0, "25": 3.0})))
    assert {t.fill for t in long.values()} == {INK}
    assert not figures_on(draw_map(county_map({"12": 123_456_789.0, "25": 3.0})))


def test_the_legend_has_a_row_a_class():
    said = words(standalone(draw_map(COUNTED)))
    assert {"Antal projekt", "0"} <= set(said)
    assert sum("–" in text for text in said) == 4


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(CODES),
        st.one_of(st.none(), st.integers(0, 10**12).map(float), st.just(0.0)),
    )
)
def test_any_values_make_a_map_within_its_frame(values):
    picture = draw_map(county_map(values))
    assert parsed(standalone(picture)).tag == f"{SVG}svg"
    assert len(fills(picture)) == len(CODES)
    for text in figures_on(picture).values():
        assert 0 < text.x < picture.width and 0 < text.y < picture.height


@pytest.mark.parametrize("block", [CHART, COUNTED], ids=["chart", "map"])
def test_png_has_the_same_shape_and_shades(block):
    picture = drawing(block)
    image: Any = Image.open(BytesIO(picture_png(block, scale=2)))
    assert image.format == "PNG"
    assert image.size == pytest.approx((picture.width * 2, picture.height * 2), abs=2)
    grey = image.convert("L")
    assert grey.getpixel((1, grey.height - 1)) == 255
    assert len({level // 32 for _, level in grey.getcolors(1 << 24) or ()}) >= 4


def test_png_draws_bars_where_the_drawing_has_them():
    image = Image.open(BytesIO(picture_png(CHART, scale=1))).convert("RGB")
    rects = [m for m in drawing(CHART).marks if isinstance(m, Rect)]
    long = max(rects, key=lambda rect: rect.width)
    middle = (int(long.x + long.width / 2), int(long.y + long.height / 2))
    pixel: Any = image.getpixel(middle)
    wanted = [int(long.fill[i : i + 2], 16) for i in (1, 3, 5)]
    assert sum(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) < 30
    assert image.getpixel((int(long.x + long.width) + 3, middle[1])) == (255, 255, 255)


def test_png_writes_swedish_and_signs_that_the_letters_lack():
    def png(words: str) -> bytes:
        return drawing_png(Drawing("a", "", "", 200, 30, (Text(5, 20, words, 14),)))

    assert png("\N{MINUS SIGN}5") == png("\N{EN DASH}5")
    assert len({png(words) for words in ("å", "ä", "ö", "?", "(\\)", "(", "")}) == 7


def test_hatching_stays_within_the_shape():
    square = ((0.0, 0.0), (40.0, 0.0), (40.0, 40.0), (0.0, 40.0))
    hole = ((10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0))
    lines = list(hatching((square, hole), 8))
    assert len(lines) >= 9
    for line in lines:
        x, y = (line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2
        assert 0 <= x <= 40 and 0 <= y <= 40
        assert not (10 < x < 30 and 10 < y < 30)


def test_words_wrap_between_words_and_none_is_lost():
    text = "Samverkan mellan polis och socialtjänst i hela länet"
    lines = wrapped(text, 14, 120)
    assert len(lines) >= 3
    assert " ".join(lines) == text
    assert "".join(wrapped("a" * 90, 14, 120)) == "a" * 90
    assert all(len(a) >= len(b) for a, b in pairwise(wrapped("a" * 90, 14, 120)))
