"""The committed sample inbox is what its script makes, small, and of every format."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter

import pypdfium2 as pdfium
import pytest

from corpus.records import Report
from corpus.render import render
from corpus.samples.make import FILES, make
from tests.render import looking as look
from tests.render.conftest import SAMPLES
from tests.render.needs import marks

INBOX = SAMPLES / "inbox"


def test_there_are_reports_of_every_kind(reports: dict[str, Report]) -> None:
    kinds = Counter(report.blankett for report in reports.values())
    assert sum(kinds.values()) >= 22
    assert min(kinds["slut"], kinds["del"], kinds["fri"]) >= 3
    roles = {role for report in reports.values() for role in report.gold.partner.values()}
    assert roles == {"aktiv", "inbjuden", "planerad"}


def test_every_quote_stands_in_its_report(reports: dict[str, Report]) -> None:
    for report in reports.values():
        texts = [report.text or "", *(report.svar or {}).values()]
        for key, quote in report.evidens.items():
            assert quote == "KRYSS" or any(quote in text for text in texts), (report.id, key)


def test_every_positive_code_has_evidence(reports: dict[str, Report]) -> None:
    for report in reports.values():
        gold = report.gold
        needed = [f"partner.{p}" for p in gold.partner] + [f"malgrupp.{m}" for m in gold.malgrupp]
        needed += [f"integrering.{i}" for i in gold.integrering]
        assert set(needed) <= set(report.evidens), report.id


def test_the_inbox_is_small_and_of_every_format() -> None:
    files = list(INBOX.iterdir())
    assert len(files) >= 26
    assert sum(path.stat().st_size for path in files) < 6_000_000
    suffixes = {path.suffix for path in files}
    assert suffixes == {".docx", ".pdf", ".odt", ".doc", ".rtf", ".txt", ".eml", ".zip", ".jpg"}


def test_the_manifest_names_files_that_are_there(reports: dict[str, Report]) -> None:
    with (SAMPLES / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["projekt"] for row in rows} <= set(reports)
    assert all((INBOX / row["fil"].split("/")[0]).exists() for row in rows)
    projects = {row["fil"]: row["projekt"] for row in rows}
    assert projects["Kiruna delredovisning 2010.docx"] == projects["Kiruna slutredovisning.pdf"]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(f, id=f.report, marks=marks(f.variant))
        for f in FILES
        if f.variant.startswith(("docx", "txt", "rtf", "odt", "pdf_d", "eml_body"))
    ],
)
def test_a_file_is_what_its_report_renders_to(file: object, reports: dict[str, Report]) -> None:
    fresh = render(reports[file.report], file.variant, file.seed)  # type: ignore[attr-defined]
    committed = (INBOX / file.name).read_bytes()  # type: ignore[attr-defined]
    if committed.startswith(b"PK"):
        assert _members(committed) == _members(fresh)
    elif committed.startswith(b"%PDF"):
        assert look.pdf_text(committed) == look.pdf_text(fresh)
    else:
        assert committed == fresh


@pytest.mark.fonts
@pytest.mark.office
@pytest.mark.slow
def test_the_script_makes_exactly_the_committed_files(reports: dict[str, Report]) -> None:
    assert set(make(reports)) == {path.name for path in INBOX.iterdir()}


def test_the_broken_file_does_not_open() -> None:
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument((INBOX / "Redovisning Hässleholm (1).pdf").read_bytes())


def test_the_empty_form_has_no_tick_and_no_answer() -> None:
    data = (INBOX / "Redovisningsblankett tom.docx").read_bytes()
    assert look.count_controls(data)[1] == 0
    assert look.count_controls(data)[0] > 20
    assert "Beviljade medel" in look.docx_text(data)


def test_one_file_holds_two_projects() -> None:
    text = look.docx_text((INBOX / "Kristinehamn två projekt.docx").read_bytes())
    assert text.count("1. Redovisningen avser") == 2
    assert "Barnens rum" in text and "Råd för hedersfrågor" in text


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
