"""The Word report through LibreOffice: every figure and caption is on the printed page.

Where Calibri and its stand-in are missing, a wider font breaks long words: tests ask for parts.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pdfplumber
import pytest

from pipeline.report.docx import write_docx
from tests.report.made_docx import NBSP, report

HEADING = "Kolumnrubri"
pytestmark = [pytest.mark.office, pytest.mark.slow]


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> list[tuple[str, tuple[int, int]]]:
    folder: Path = tmp_path_factory.mktemp("word")
    path = write_docx(report(), folder / "rapport.docx")
    command = ["soffice", f"-env:UserInstallation=file://{folder}/lo", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with pdfplumber.open(path.with_suffix(".pdf")) as pdf:
        return [
            (page.extract_text().replace(NBSP, " "), (round(page.width), round(page.height)))
            for page in pdf.pages
        ]


@pytest.mark.parametrize(
    "said",
    [
        "Tabell 3. Samverkansparter",
        "Barnpsykiatri",
        "80–91",
        "Tabell 1. Beviljade medel",
        "1 234 567",
        "Figur 1. Parter, antal projekt",
        "Figur 2. Projekt per län",
        "Ett projekt utan län är inte med.",
        "2006–2007",
        "1 Ett möte räknas inte som samverkan.",
    ],
)
def test_it_is_printed(pages, said):
    assert any(said in text for text, _ in pages)


def test_the_figures_of_a_chart_are_in_it(pages):
    (text,) = (text for text, _ in pages if "Figur 1." in text)
    chart = text.split("Figur 1.")[0].rsplit("Vården", 1)[1]
    assert "–" in chart and "Barnpsykiatri" in chart
    assert "projekt" in chart


def test_pages_are_a4_and_only_the_wide_tables_lie_on_their_side(pages):
    lying = [text for text, size in pages if size == (842, 595)]
    assert all(size in ((842, 595), (595, 842)) for _, size in pages)
    assert lying
    assert all(text.count(HEADING) == 11 for text in lying)


def test_the_head_is_on_every_page_of_a_long_table(pages):
    with_rows = [text for text, _ in pages if "Rad 3" in text]
    assert len(with_rows) > 1
    assert all(text.count(HEADING) == 11 for text in with_rows)


def test_pages_are_numbered(pages):
    for number, (text, _) in enumerate(pages, start=1):
        assert f"Sida {number} av {len(pages)}" in text
