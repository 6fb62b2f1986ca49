"""Which signs in a line are ticks: positives, and the prose that looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.signs import cell_signs, clean_signs, find_signs, font_sign, lone_x

POSITIVE = [
    ("☒ Kyrkor och samfund", [("☒", True)]),
    ("☐ Kyrkor och samfund", [("☐", False)]),
    ("☐Försäkringskassan", [("☐", False)]),
    ("☑ Flera kommuner", [("☑", True)]),
    ("□ Skyddat boende", [("□", False)]),
    ("✔ Rättsväsendet", [("✔", True)]),
    ("[x] Hälso- och sjukvården", [("[x]", True)]),
    ("[X] polis", [("[X]", True)]),
    ("[ ] Barn som upplevt våld", [("[ ]", False)]),
    ("[] Annat, ange vad:", [("[]", False)]),
    ("[_] Annat", [("[_]", False)]),
    ("( ) En delredovisning", [("( )", False)]),
    ("(x) En slutredovisning", [("(x)", True)]),
    ("( x ) En slutredovisning", [("( x )", True)]),
    ("> [x] Kvinnor", [("[x]", True)]),
    ("- [ ] Kvinnor", [("[ ]", False)]),
    ("a) [x] Kvinnor", [("[x]", True)]),
    ("4. ☒ Frivilliga organisationer", [("☒", True)]),
    ("☐ Ja ☒ Nej", [("☐", False), ("☒", True)]),
    ("Ja [x]  Nej [ ]", [("[x]", True), ("[ ]", False)]),
    ("□ Ja ■ Nej", [("□", False), ("■", True)]),
    ("○ Delredovisning ◉ Slutredovisning", [("○", False), ("◉", True)]),
    ("Redovisningen gäller: ☐ Del ☒ Slut", [("☐", False), ("☒", True)]),
    ("Kyrkor och samfund [x]", [("[x]", True)]),
    ("Kyrkor och samfund ☐", [("☐", False)]),
    ("Hedersrelaterat våld: (x)", [("(x)", True)]),
    ("x  Kyrkor och samfund", [("x", True)]),
    ("X\tKyrkor och samfund", [("X", True)]),
    ("x Kyrkor och samfund", [("x", True)]),
    ("_x_ Kyrkor och samfund", [("_x_", True)]),
    ("Kyrkor och samfund: x", [("x", True)]),
    ("Kyrkor och samfund\tX", [("X", True)]),
    ("Kyrkor och samfund x", [("x", True)]),
    ("Kyrkor och samfund ...... x", [("x", True)]),
    ("☒", [("☒", True)]),
    ("[ ]", [("[ ]", False)]),
]

NEGATIVE = [
    "",
    "Sätt ett kryss (x) i rutan som stämmer bäst.",
    "Markera med kryss [x]",
    "Kryssa i [x] för det som passar.",
    "(x) i rutan betyder att parten deltar.",
    "Vi har läst rapporten [1] och bilagan (2).",
    "X kommun har under året byggt upp en rutin.",
    "Samtalet fördes med person X",
    "funktionen() gav inget svar",
    "lista[x] i bilagan",
    "Gruppen har träffats sex gånger (se bilaga) och gått igenom rutinen.",
    "o Rutinen är klar",
    "■ Rutinen är klar",
    "● Rutinen är klar",
    "○ Rutinen är klar",
    "- Rutinen är klar",
    "Deltagarna fick en stjärna ( ) i kanten när de var klara med hela genomgången av materialet.",
    "Vi saknar ännu svar [ ] från två av parterna och återkommer om det.",
    "Frågan som ställdes var vem som är x",
    "Excel",
    "xylofon  och sång",
    "5 x 3 träffar",
]


@pytest.mark.parametrize(("text", "expected"), POSITIVE)
def test_signs_that_are_ticks(text, expected):
    assert [(text[t.at : t.at + t.length], t.checked) for t in find_signs(text)] == expected


@pytest.mark.parametrize("text", NEGATIVE)
def test_prose_holds_no_tick(text):
    assert find_signs(text) == ()


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\uf0fe Kvinnor", "☒ Kvinnor"),
        ("\uf0fd Kvinnor", "☒ Kvinnor"),
        ("\uf078 Kvinnor", "☒ Kvinnor"),
        ("\uf0a8 Kvinnor", "☐ Kvinnor"),
        ("\uf06f Kvinnor", "☐ Kvinnor"),
        ("\uf052 Kvinnor", "☒ Kvinnor"),
        ("\uf0a3 Kvinnor", "☐ Kvinnor"),
        ("\uf0b7 punkt", "• punkt"),
        ("\uf0fc Kvinnor", "✓ Kvinnor"),
        ("☑\ufe0f Kvinnor", "☑ Kvinnor"),
        ('<input type="checkbox"/>\tKvinnor', "☐\tKvinnor"),
        ('<input type="checkbox" checked>Kvinnor', "☒Kvinnor"),
        ("<INPUT checked='checked' TYPE=checkbox />Kvinnor", "☒Kvinnor"),
        ('<input type="checkbox" checked="false"/>Kvinnor', "☐Kvinnor"),
        ('<input type="checkbox" data-checked="1"/>Kvinnor', "☐Kvinnor"),
        ('<input type="text" value="Kvinnor"/>', '<input type="text" value="Kvinnor"/>'),
        (r"\[x\] Kvinnor", "[x] Kvinnor"),
        ("a < b och [x] Åsa", "a < b och [x] Åsa"),
    ],
)
def test_clean_signs(text, clean):
    assert clean_signs(text) == clean


@pytest.mark.parametrize("text", ["x", " X ", "xx", "×", "✓", "x.", "_x_"])
def test_lone_x(text):
    assert lone_x(text)
    (tick,) = cell_signs(text)
    assert tick.checked
    assert "x" in text[tick.at : tick.at + tick.length].lower() or len(text) == 1


@pytest.mark.parametrize("text", ["", " ", "xy", "Xerxes", "x y", "10", "-", "_", "o", "nej"])
def test_not_a_lone_x(text):
    assert not lone_x(text)
    assert cell_signs(text) == ()


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Wingdings", 0xF0FE, "☒"),
        ("ABCDEF+Wingdings-Regular", 0xA8, "☐"),
        ("Wingdings 2", 0x52, "☒"),
        ("ZapfDingbats", 0x34, "✓"),
        ("ITCZapfDingbats", 0x6F, "☐"),
        ("Symbol", 0xF0B7, "•"),
        ("Arial", 0x78, None),
        ("Wingdings", 0x41, None),
    ],
)
def test_font_sign(font, code, sign):
    assert font_sign(font, code) == sign


@given(st.text(alphabet="xX[]() _☐☒□■✓ab.\tÅ:>-1", max_size=40))
def test_ticks_lie_in_the_text_in_order(text):
    end = 0
    for tick in cell_signs(clean_signs(text)):
        assert tick.length > 0
        assert tick.at >= end
        end = tick.at + tick.length
    assert end <= len(clean_signs(text))
