"""Plain text: encodings by their bytes, tables by tabs and pipes, boxes by their signs."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.types import Cell
from pipeline.errors import ReadError
from pipeline.ingest import read, sniff
from pipeline.ingest.text import decode, repair, text_pages
from tests.ingest.build import save

SWEDISH = "Våld i nära relationer – på Öland är vi många"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (SWEDISH.encode("utf-8"), SWEDISH),
        (codecs.BOM_UTF8 + SWEDISH.encode("utf-8"), SWEDISH),
        (codecs.BOM_UTF16_LE + SWEDISH.encode("utf-16-le"), SWEDISH),
        (codecs.BOM_UTF16_BE + SWEDISH.encode("utf-16-be"), SWEDISH),
        (SWEDISH.encode("utf-16-le"), SWEDISH),
        (SWEDISH.encode("cp1252"), SWEDISH),
        ("Våld på Öland".encode("latin-1"), "Våld på Öland"),
        (b"ren ascii", "ren ascii"),
        ("våld och hälsa".encode().decode("latin-1").encode("utf-8"), "våld och hälsa"),
        (SWEDISH.encode().decode("cp1252").encode("utf-8"), SWEDISH),
    ],
)
def test_encodings(data, expected):
    assert decode(data) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vÃ¥ld", "våld"),
        ("hÃ¤lsa â€“ och \nvård", "hälsa – och \nvård"),
        ("Ã är en bokstav", "Ã är en bokstav"),
        ("våld", "våld"),
        ("Årsta", "Årsta"),
    ],
)
def test_mojibake_is_undone_where_it_is_certain(text, expected):
    assert repair(text) == expected


def lines(text):
    return [
        (
            line.text,
            line.cell and (line.cell.row, line.cell.column),
            [t.checked for t in line.ticks],
        )
        for page in text_pages(text)
        for line in page.lines
        if line.text.strip()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ett\r\ntvå\rtre", [("ett", None, []), ("två", None, []), ("tre", None, [])]),
        ("[x] Kyrkor\n[ ] Polisen", [("[x] Kyrkor", None, [True]), ("[ ] Polisen", None, [False])]),
        ('<input type="checkbox" checked/> Barn', [("☒ Barn", None, [True])]),
        (
            '<input type="checkbox"/>\tBarn\n<input type="checkbox" checked="checked"/>\tHeder',
            [
                ("☐", (0, 0), [False]),
                ("Barn", (0, 1), []),
                ("☒", (1, 0), [True]),
                ("Heder", (1, 1), []),
            ],
        ),
        (
            "x\tBarn\n\tHeder\nX\tKvinnor",
            [
                ("x", (0, 0), [True]),
                ("Barn", (0, 1), []),
                ("Heder", (1, 1), []),
                ("X", (2, 0), [True]),
                ("Kvinnor", (2, 1), []),
            ],
        ),
        ("\tIndraget stycke", [("\tIndraget stycke", None, [])]),
        ("1.\tVilket är målet?", [("1.\tVilket är målet?", None, [])]),
        ("Kommun:\tLyckan", [("Kommun:", (0, 0), []), ("Lyckan", (0, 1), [])]),
        (
            "| x | Barn |\n|---|---|\n|   | Heder |",
            [("x", (0, 0), [True]), ("Barn", (0, 1), []), ("Heder", (1, 1), [])],
        ),
        ("## Mål", [("Mål", None, [])]),
        ("**Mål**", [("Mål", None, [])]),
        ("Vi **når** <b>fler</b> än <förr>", [("Vi når fler än <förr>", None, [])]),
        ("2 ** 3 ** 4", [("2 ** 3 ** 4", None, [])]),
        ("Vi prövade a | b", [("Vi prövade a | b", None, [])]),
    ],
)
def test_lines_and_cells(text, expected):
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "heading"),
    [("# Mål", True), ("**Mål**", True), ("**Målet är nått.**", False), ("Mål", False)],
)
def test_headings(text, heading):
    assert text_pages(text)[0].lines[0].heading is heading


def test_two_tables_have_two_numbers():
    cells = [line.cell for line in text_pages("a\tb\n\nc\td")[0].lines if line.cell]
    assert cells == [Cell(0, 0, 0), Cell(0, 0, 1), Cell(1, 0, 0), Cell(1, 0, 1)]


def test_form_feeds_part_pages():
    assert [page.number for page in text_pages("ett\ftvå\f")] == [1, 2]


@pytest.mark.parametrize(
    ("name", "data", "fmt"),
    [
        ("a.txt", b"text", "txt"),
        ("LASMIG", b"text", "txt"),
        ("a.htm", b"<p>text", "html"),
        ("a.txt", b"<!DOCTYPE html><html><body>text</body></html>", "html"),
        ("a.txt", b"{\\rtf1 text}", "rtf"),
    ],
)
def test_sniffing(tmp_path, name, data, fmt):
    match = sniff(save(tmp_path, name, data))
    assert match is not None and match[1] == fmt


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", bytes(range(256)) * 20, "trasig"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, "trasig"),
        ("a.txt", b"  \r\n \t\n", "ingen_text"),
        ("a.txt", b"", "tom"),
        ("a.html", b"<html><script>x</script></html>", "ingen_text"),
        ("bild", b"\0\1\2\3" * 100, "okant_format"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, name, data, code):
    with pytest.raises(ReadError) as error:
        read(save(tmp_path, name, data))
    assert error.value.code == code


def test_html(tmp_path):
    page = (
        "<html><head><title>bort</title><style>bort</style></head><body><h1>Mål</h1><p>Vi <b>når"
        "</b>\n  fler.<br>Ja</p><ul><li>ett</ul><table><tr><td><input type=checkbox checked></td>"
        "<td>Barn</td></tr><tr><td><input type='checkbox'></td><td>Heder</td></tr></table>"
        "<div style='display:none'>bort</div><script>bort</script></body></html>"
    )
    document = read(save(tmp_path, "a.html", page.encode()))
    assert document.text == "Mål\nVi når fler.\nJa\n• ett\n☒\nBarn\n☐\nHeder\n"
    rows = document.pages[0].lines
    assert rows[0].heading
    assert [line.cell.column for line in rows if line.cell] == [0, 1, 0, 1]
    assert [t.checked for t in document.pages[0].ticks] == [True, False]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(min_size=1, max_size=300), st.sampled_from([".txt", ".html", ""]))
def test_random_bytes_raise_read_errors_only(tmp_path, data, suffix):
    try:
        read(save(tmp_path, "a" + suffix, data))
    except ReadError as error:
        assert error.reason


@given(st.text(alphabet="abcåäö –éÅÄÖ\n", max_size=60))
def test_sound_text_survives_repair_and_every_encoding(text):
    assert repair(text) == text
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text


def test_the_marks_of_a_quoted_letter_go():
    (page,) = text_pages("Hej!\n> 3. Beviljade medel\n>> 45 000 kr\n>\n> Allt är använt.\n")
    assert [line.text for line in page.lines] == [
        "Hej!", "3. Beviljade medel", "45 000 kr", "", "Allt är använt.", "",
    ]  # fmt: skip


def test_a_single_sign_of_comparison_stays():
    (page,) = text_pages("Antal ärenden:\n> 40\nSlut.\n")
    assert page.lines[1].text == "> 40"
