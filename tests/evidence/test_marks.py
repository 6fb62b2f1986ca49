"""Whatever spans cross, the text stays what it was and each mark holds exactly its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.evidence.marks import Marked, Marker, verbatim

TEXT = "Polisen var med. Kyrkan <tackade> nej & gick.\nKvinnojouren höll i kvällen."


def marked(text, *spans):
    marker = Marker(text, [Marked(a, b, f"ord-{a}-{b}") for a, b in dict.fromkeys(spans)])
    lines = list(marker.lines(0, len(text)))
    page = html.fromstring("<div>" + "\n".join(line.html for line in lines) + "</div>")
    return page, marker, lines


def words(page, id):
    pieces = page.xpath(f"//mark[contains(concat(' ', @class, ' '), ' {id} ')]")
    return "".join(piece.text_content() for piece in pieces)


def test_a_span_is_one_mark_with_its_words():
    page, marker, lines = marked(TEXT, (0, 15))
    assert page.get_element_by_id("ord-0-15").text_content() == "Polisen var med"
    assert not marker.broken
    assert [line.ended for line in lines] == [("ord-0-15",), ()]


def test_a_span_within_another_is_a_mark_within_a_mark():
    page, marker, _ = marked(TEXT, (0, 16), (8, 15))
    assert page.get_element_by_id("ord-0-16").text_content() == "Polisen var med."
    assert page.get_element_by_id("ord-8-15").text_content() == "var med"
    assert not marker.broken


def test_crossing_spans_are_split_and_found_by_class():
    page, marker, _ = marked(TEXT, (0, 12), (8, 23))
    assert words(page, "ord-8-23") == "var med. Kyrkan"
    assert list(marker.broken) == ["ord-8-23"]


def test_a_span_over_two_lines_ends_on_the_second():
    page, marker, lines = marked(TEXT, (40, 58))
    assert words(page, "ord-40-58") == TEXT[40:58].replace("\n", "")
    assert list(marker.broken) == ["ord-40-58"]
    assert [line.ended for line in lines] == [(), ("ord-40-58",)]


def test_markup_in_a_text_is_text():
    page, _, _ = marked("<script>alert(1)</script> <mark id='x'>", (0, 8))
    assert not page.xpath("//script")
    assert page.text_content() == "<script>alert(1)</script> <mark id='x'>"


def test_what_browsers_change_is_kept():
    assert verbatim('a\r"b"\0') == "a&#13;&quot;b&quot;\N{REPLACEMENT CHARACTER}"


@st.composite
def texts_and_spans(draw):
    text = draw(st.text(alphabet='ab<&>" å☒\n', min_size=1, max_size=60))
    at = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(at, at), max_size=8))
    return text, [(min(p), max(p)) for p in pairs if p[0] != p[1]]


@given(texts_and_spans())
def test_every_span_holds_its_words_and_the_text_stays(drawn):
    text, spans = drawn
    page, marker, lines = marked(text, *spans)
    assert page.text_content() == text.removesuffix("\n")
    assert "\n".join(line.text for line in lines) == text.removesuffix("\n")
    ids = page.xpath("//mark/@id")
    assert len(ids) == len(set(ids))
    for a, b in set(spans):
        wanted = text[a:b].replace("\n", "")
        assert words(page, f"ord-{a}-{b}") == wanted
        if f"ord-{a}-{b}" not in marker.broken and wanted:
            assert page.get_element_by_id(f"ord-{a}-{b}").text_content() == wanted
    ended = [id for line in lines for id in line.ended]
    assert len(ended) == len(set(ended))
