"""Real public documents of the genre: one application among them, and nothing else is a project."""

from __future__ import annotations

import contextlib
import csv

import pypdfium2
import pytest

from pipeline.engine.processes import Limits
from pipeline.flow import Options, run
from pipeline.progress import Quiet

pytestmark = [pytest.mark.shared, pytest.mark.slow, pytest.mark.ocr]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def out(tmp_path_factory, request):
    shared = request.getfixturevalue("shared")
    out = tmp_path_factory.mktemp("ut")
    options = Options(
        shared / "documents", out, out / "w", None, None, "prov", 2, Limits(200, 1500)
    )
    run(options, Quiet())
    return out


@pytest.fixture(scope="module")
def documents(out):
    return {r["dokument"]: r for r in rows(out / "dokument.csv")}


def test_the_application_is_the_only_project(out, documents):
    (project,) = rows(out / "projekt.csv")
    assert project["dokument"].startswith("000_")
    assert (project["lan"], project["kommun"]) == ("Stockholm", "Stockholm")
    assert (project["sokt_belopp"], project["beviljat_belopp"]) == ("916210", "")
    assert [name for name, row in documents.items() if row["projekt"]] == [project["dokument"]]


def test_its_partners_are_planned_and_nothing_is_done_yet(out):
    codings = {(r["variabel"], r["kategori"]): r for r in rows(out / "kodningar.csv")}
    partners = {k: r["roll"] for (v, k), r in codings.items() if v == "partner" and r["roll"]}
    assert {"polis", "frivillig_annan", "kommuner"} <= set(partners)
    assert set(partners.values()) == {"planerad"}
    assert codings["innehall", "reell_samverkan"]["varde"] == "0"
    assert codings["integrering", "integrerad"]["varde"] == "0"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("000_", "tjansteutlatande_ansokan"),
        ("001_", "rapport"),
        ("002_", "tjansteutlatande_ovrigt"),
        ("003_", "annat"),
        ("004_", "tjansteutlatande_ovrigt"),
    ],
)
def test_kinds(documents, start, kind):
    (row,) = [r for name, r in documents.items() if name.startswith(start)]
    assert row["dokumenttyp"] == kind


def test_the_damaged_scan_is_told(documents):
    (row,) = [r for name, r in documents.items() if name.startswith("004_")]
    assert "skadad" in row["fel"]


def letters(text):
    return sum(c.isalpha() for c in text)


def test_the_pdfs_are_read_whole(out, documents, shared):
    pdfs = {name: r for name, r in documents.items() if name.endswith(".pdf")}
    assert len(pdfs) == 6
    assert sum(int(r["sidor"]) for r in pdfs.values()) == 44
    (turned,) = [name for name in pdfs if "verksamhetsberattelse" in name]
    with contextlib.closing(pypdfium2.PdfDocument(shared / "documents" / turned)) as pdf:
        visible = sum(letters(page.get_textpage().get_text_bounded()) for page in pdf)
    read = letters((out / "text" / f"{turned}.txt").read_text(encoding="utf-8"))
    assert 0.97 * visible <= read <= 1.01 * visible
    (pictures,) = [name for name, r in pdfs.items() if r["lasning"] == "ocr"]
    text = (out / "text" / f"{pictures}.txt").read_text(encoding="utf-8")
    assert "hedersrelaterat våld och förtryck" in text
