"""The same report in other shapes: PDF with and without lines, text aligned by spaces."""

from __future__ import annotations

import pytest

from pipeline.check.check import check_report
from pipeline.check.report import read_report
from pipeline.check.words import load_words
from tests.check.made_up import REPORT, findings

WORDS = load_words()
FAULTS = [
    ("\t510 000", "\t520 000", "Tabell 1 (s. 1), raden Norrlund, kolumnen Summa", "520 000"),
    ("Västerskog\t9\t", "Västerskog\t8\t", "raden Summa, kolumnen Antal projekt", "62"),
    ("skolan\t30\t48", "skolan\t30\t58", "raden Samverkan med skolan, kolumnen Andel", "58 %"),
    ("nu i 25 av", "nu i 27 av", "s. 1, avsnittet Sammanfattning", "27"),
]


def in_pdf(text, folder, style):
    pytest.importorskip("reportlab")
    from tests.check.as_pdf import write_pdf

    path = write_pdf(text, folder / "rapport.pdf", style)
    return check_report(read_report(path, WORDS), WORDS)


def aligned(text):
    """Tab-separated tables as columns of spaces."""
    lines = []
    for line in text.split("\n"):
        label, *cells = line.split("\t")
        lines.append(label.ljust(32) + "".join(c.rjust(24) for c in cells) if cells else line)
    return "\n".join(lines)


@pytest.mark.parametrize("style", ["framed", "ruled", "bare", "right"])
def test_a_pdf_that_adds_up_has_no_remarks(tmp_path, style):
    assert in_pdf(REPORT, tmp_path, style) == ()


@pytest.mark.parametrize("style", ["framed", "ruled", "bare", "right"])
@pytest.mark.parametrize(("stands", "put", "place", "found"), FAULTS)
def test_faults_are_found_in_a_pdf_with_their_page(tmp_path, style, stands, put, place, found):
    told = in_pdf(REPORT.replace(stands, put), tmp_path, style)
    plain = [(f.where.replace("\N{NO-BREAK SPACE}", " "), f.found) for f in told]
    assert any(place in where for where, _ in plain), plain
    assert any(f.replace("\N{NO-BREAK SPACE}", " ") == found for _, f in plain), plain


def test_columns_of_spaces(tmp_path):
    assert findings(aligned(REPORT), tmp_path) == []
    wrong = aligned(REPORT.replace("\t510 000", "\t520 000"))
    assert any("raden Norrlund" in f[0] for f in findings(wrong, tmp_path))


def test_a_long_table_goes_on_over_the_page(tmp_path):
    rows = [(f"Ort {i}", i, 2 * i) for i in range(1, 81)]
    table = "\n".join(f"{name}\t{a}\t{b}\t{a + b}" for name, a, b in rows)
    sums = [sum(r[1] for r in rows), sum(r[2] for r in rows)]
    total = f"Summa\t{sums[0]}\t{sums[1]}\t{sum(sums)}"
    text = f"Tabell 1.\nInsatser per ort\n\nOrt\tNya\tÄldre\tSumma\n{table}\n{total}"
    for style in ("framed", "right"):
        assert in_pdf(text, tmp_path, style) == ()
        found = in_pdf(text.replace("Ort 7\t7\t14\t21", "Ort 7\t8\t14\t22"), tmp_path, style)
        assert {f.expected for f in found} == {"3\N{NO-BREAK SPACE}241", "9\N{NO-BREAK SPACE}721"}
