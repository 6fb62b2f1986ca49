"""Ticks in DOCX, whatever they are made of: each box gives one sign, with its state."""

from __future__ import annotations

import pytest

from corpus.types import TickSign
from pipeline.ingest.word import read_docx
from tests.ingest.build import checkbox, docx, field, p, run, save, table


@pytest.fixture
def ticks(tmp_path):
    """Read a body and return (text with ticks, [(checked, sign)])."""

    def found(body, **parts):
        raw = read_docx(save(tmp_path, "a.docx", docx(body, **parts)))
        rows = [line for page in raw.pages for line in page.lines]
        for line in rows:
            for tick in line.ticks:
                assert line.text[tick.at : tick.at + tick.length].strip()
        return (
            [line.text.strip() for line in rows],
            [(t.checked, t.sign) for line in rows for t in line.ticks],
        )

    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (checkbox("1", run("☒")), [True]),
        (checkbox("true", run("☒")), [True]),
        (checkbox("0", run("☐")), [False]),
        (checkbox(None, run("☐")), [False]),
        (checkbox("1", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), [True]),
        (checkbox("1", run("\uf0fe")), [True]),
        (checkbox("1", ""), [True]),
    ],
)
def test_a_box_control_is_one_sign(ticks, body, expected):
    text, found = ticks(p(body, " Kyrkor och samfund"))
    sign = "☒" if expected[0] else "☐"
    assert [" ".join(t.split()) for t in text] == [f"{sign} Kyrkor och samfund"]
    assert found == [(checked, TickSign.CONTENT_CONTROL) for checked in expected]


def test_box_controls_around_a_paragraph_and_around_a_cell(ticks):
    block = checkbox("1", p("☒"))
    cell = checkbox("0", f"<w:tc>{p('☐')}</w:tc>")
    text, found = ticks(block + table([cell, p("Försäkringskassan")]))
    assert text == ["☒", "☐", "Försäkringskassan"]
    assert found == [(True, TickSign.CONTENT_CONTROL), (False, TickSign.CONTENT_CONTROL)]


def test_a_label_inside_a_box_control_is_kept(ticks):
    text, found = ticks(p(checkbox("1", run("☒") + run(" Kyrkor och samfund"))))
    assert [" ".join(t.split()) for t in text] == ["☒ Kyrkor och samfund"]
    assert found == [(True, TickSign.CONTENT_CONTROL)]


def test_a_glyph_against_the_state_makes_the_tick_uncertain(tmp_path):
    path = save(tmp_path, "a.docx", docx(p(checkbox("0", run("☒")), " Kvinnor")))
    (tick,) = read_docx(path).pages[0].lines[0].ticks
    assert (tick.checked, tick.certainty) == (False, 0.5)


@pytest.mark.parametrize(
    ("box", "checked"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', True),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', False),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', True),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', False),
        ("<w:checkBox/>", False),
    ],
)
def test_legacy_boxes(ticks, box, checked):
    text, found = ticks(p(field(box, "FORMCHECKBOX"), " Kvinnor"))
    assert found == [(checked, TickSign.LEGACY_FIELD)]
    assert text[0].startswith("☒" if checked else "☐")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', " Barn"), [True]),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', " Barn"), [False]),
        (p('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', " Barn"), [True]),
        (p("\uf0fe Barn"), [True]),
        (p("\uf06f Barn"), [False]),
        (p("☒ Barn"), [True]),
        (p("[x] Barn"), [True]),
        (p('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', " Barn"), []),
        (p('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>', " Barn"), []),
        (p("Vi kallar henne X"), []),
        (p("Sätt kryss (x) i rutan"), []),
    ],
)
def test_typed_signs(ticks, body, expected):
    assert [checked for checked, _ in ticks(body)[1]] == expected


def test_a_lone_x_counts_in_a_cell_only(ticks):
    assert ticks(table([p("x"), p("Barn")], [p(""), p("Heder")]))[1] == [(True, TickSign.TYPED_X)]
    assert ticks(p("Barn") + p("x-axeln"))[1] == []
