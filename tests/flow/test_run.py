"""The main job on the sample inbox and on garbage, as the coordinator meets it."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from annotations.codebook import load as load_codebook
from corpus.samples import sample_inbox
from corpus.store import WorkspaceError
from pipeline.engine.processes import Limits
from pipeline.errors import ExitCode
from pipeline.flow import Options, UseError, run
from pipeline.progress import Quiet
from tests.flow.garbage import fill

# Read without LibreOffice and without OCR.
PLAIN = (
    "Hudiksvall_2022.txt",
    "Kiruna delredovisning 2010.docx",
    "Kiruna slutredovisning.pdf",
    "Kristinehamn två projekt.docx",
    "Redovisningsblankett tom.docx",
    "Protokollsutdrag badplatser.pdf",
    "Våga fråga!.docx",
    "alvesta.odt",
    "Återrapportering Östersund.eml",
    "tierp.zip",
)


def go(inbox: Path, out: Path, **changes):
    options = {
        "inbox": inbox,
        "out": out,
        "workspace": out / "arbetsyta",
        "manifest": None,
        "figures": None,
        "round_name": "prov",
        "jobs": 2,
        "limits": Limits(60, 600),
    }
    return run(Options(**(options | changes)), Quiet())


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inkorg")
    for name in PLAIN:
        shutil.copy(sample_inbox() / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def done(inbox, tmp_path_factory):
    out = tmp_path_factory.mktemp("ut")
    return go(inbox, out), out


def test_everything_readable_is_read_and_the_exit_says_so(done):
    summary, out = done
    assert summary.failed == ()
    assert summary.exit_code is ExitCode.DONE
    assert {r["fel"] for r in rows(out / "dokument.csv")} == {""}


def test_interim_and_final_report_are_one_project(done):
    _, out = done
    of = {r["dokument"]: r["projekt"] for r in rows(out / "dokument.csv")}
    assert of["Kiruna delredovisning 2010.docx"] == of["Kiruna slutredovisning.pdf"] != ""
    (project,) = [
        r for r in rows(out / "projekt.csv") if r["projekt"] == of["Kiruna slutredovisning.pdf"]
    ]
    assert project["dokument"] == "Kiruna delredovisning 2010.docx;Kiruna slutredovisning.pdf"


def test_two_projects_in_one_file_are_two(done):
    _, out = done
    of = {r["dokument"]: r["projekt"] for r in rows(out / "dokument.csv")}
    assert len(of["Kristinehamn två projekt.docx"].split(";")) == 2


@pytest.mark.parametrize(
    "name", ["Redovisningsblankett tom.docx", "Protokollsutdrag badplatser.pdf"]
)
def test_what_is_no_report_becomes_no_project(done, name):
    _, out = done
    (row,) = [r for r in rows(out / "dokument.csv") if r["dokument"] == name]
    assert row["projekt"] == ""
    assert row["dokumenttyp"] != ""


def test_members_of_containers_are_documents_of_their_own(done):
    _, out = done
    names = {r["dokument"] for r in rows(out / "dokument.csv")}
    assert any(name.startswith("tierp.zip/") for name in names)
    assert "tierp.zip" not in names
    assert any(name.startswith("Återrapportering Östersund.eml/") for name in names)


def test_every_project_has_one_row_for_every_category(done):
    _, out = done
    leaves = [(c.variable, c.id) for c in load_codebook().leaves()]
    by_project: dict[str, list[tuple[str, str]]] = {}
    for row in rows(out / "kodningar.csv"):
        by_project.setdefault(row["projekt"], []).append((row["variabel"], row["kategori"]))
    assert set(by_project) == {r["projekt"] for r in rows(out / "projekt.csv")}
    assert all(cells == leaves for cells in by_project.values())


def test_every_quote_stands_verbatim_at_its_offsets(done):
    _, out = done
    quoted = 0
    for row in rows(out / "kodningar.csv"):
        if not row["citat"]:
            continue
        quoted += 1
        text = (out / "text" / f"{row['dokument']}.txt").read_bytes().decode("utf-8")
        assert text[int(row["start"]) : int(row["slut"])] == row["citat"]
        assert row["sida"]
    assert quoted > 50


def test_a_positive_that_rests_on_text_has_its_quote(done):
    _, out = done
    for row in rows(out / "kodningar.csv"):
        if row["varde"] == "1" and row["kalla"] != "kryss":
            assert row["citat"], row


def test_tables_and_books_are_there(done):
    _, out = done
    for name in (
        *(f"tabeller/tabell{n}.csv" for n in range(1, 7)),
        "sammanstallning.xlsx",
        "granskning.xlsx",
        "rapport.docx",
        "rapport.html",
        "avvikelser.csv",
    ):
        assert (out / name).stat().st_size > 30, name


def test_texts_of_files_that_are_gone_do_not_stay_behind(inbox, tmp_path):
    mine = tmp_path / "inkorg"
    shutil.copytree(inbox, mine)
    out = tmp_path / "ut"
    go(mine, out)
    gone = out / "text" / "Hudiksvall_2022.txt.txt"
    assert gone.exists()
    (mine / "Hudiksvall_2022.txt").unlink()
    go(mine, out)
    assert not gone.exists()
    assert (out / "text" / "alvesta.odt.txt").exists()


def test_the_coordinators_figures_fill_table_6(inbox, tmp_path):
    given = tmp_path / "omgang.yaml"
    given.write_text("medel: {att_fordela: 900000, rekvirerat: 850000}\n", encoding="utf-8")
    go(inbox, tmp_path / "ut", figures=given)
    table = (tmp_path / "ut" / "tabeller" / "tabell6.csv").read_text(encoding="utf-8")
    assert "900000" in table and "850000" in table


def test_a_second_run_reads_nothing_and_a_changed_file_only_itself(inbox, tmp_path):
    mine = tmp_path / "inkorg"
    shutil.copytree(inbox, mine)
    out = tmp_path / "ut"
    first = go(mine, out)
    assert first.new == first.documents
    before = (out / "kodningar.csv").read_bytes()
    assert go(mine, out).new == 0
    assert (out / "kodningar.csv").read_bytes() == before

    changed = mine / "Hudiksvall_2022.txt"
    changed.write_bytes(changed.read_bytes() + "\nOch polisen var med.\n".encode("cp1252"))
    assert go(mine, out).new == 1


def test_a_stopped_run_goes_on_where_it_stopped(inbox, tmp_path):
    class Stop(Quiet):
        def __init__(self):
            self.finished = 0

        def done(self, name, error=""):
            self.finished += 1
            if self.finished == 7:
                raise KeyboardInterrupt

    options = Options(inbox, tmp_path, tmp_path / "w", None, None, "", 1, Limits(60, 600))
    with pytest.raises(KeyboardInterrupt):
        run(options, Stop())
    again = run(options, Quiet())
    assert 0 < again.new < again.documents


def test_the_manifest_is_obeyed(inbox, tmp_path):
    manifest = tmp_path / "m.csv"
    manifest.write_text(
        "fil;projekt;kommun\n"
        "Kiruna delredovisning 2010.docx;A;\n"
        "Kiruna slutredovisning.pdf;B;Gällivare\n"
        "finns inte.pdf;C;\n",
        encoding="utf-8-sig",
    )
    out = tmp_path / "ut"
    summary = go(inbox, out, manifest=manifest)
    of = {r["dokument"]: r["projekt"] for r in rows(out / "dokument.csv")}
    assert of["Kiruna delredovisning 2010.docx"] == "A"
    assert of["Kiruna slutredovisning.pdf"] == "B"
    town = {r["projekt"]: r["kommun"] for r in rows(out / "projekt.csv")}
    assert town["B"] == "Gällivare"
    assert summary.exit_code is ExitCode.SOME_FAILED
    assert [name for name, _ in summary.failed] == ["finns inte.pdf"]


def test_a_manifest_with_faults_is_refused_with_row_numbers(inbox, tmp_path):
    manifest = tmp_path / "m.csv"
    manifest.write_text("fil,projekt\na.docx,\nb.docx,1\nb.docx,2\n", encoding="utf-8")
    with pytest.raises(UseError, match=r"(?s)Rad 2.*Rad 4"):
        go(inbox, tmp_path / "ut", manifest=manifest)


def test_results_inside_the_inbox_are_refused(inbox):
    with pytest.raises(UseError, match="inside the inbox"):
        go(inbox, inbox / "ut")


@pytest.mark.slow
def test_garbage_is_listed_with_reasons_and_the_good_ones_are_coded(inbox, tmp_path):
    mine = tmp_path / "inkorg"
    shutil.copytree(inbox, mine)
    bad = fill(mine)
    out = tmp_path / "ut"
    summary = go(mine, out, limits=Limits(30, 500))
    assert summary.exit_code is ExitCode.SOME_FAILED
    reasons = {r["dokument"]: r["fel"] for r in rows(out / "dokument.csv")}
    for name in bad:
        assert len(reasons[name]) > 20, name
    for name in PLAIN:
        if name != "tierp.zip":
            assert reasons[name] == ""
    assert any("inre.zip" in name for name in reasons)
    clean = tmp_path / "rent"
    go(inbox, clean)
    projects = {r["projekt"] for r in rows(clean / "projekt.csv")}
    assert projects <= {r["projekt"] for r in rows(out / "projekt.csv")}


@pytest.mark.slow
def test_only_garbage_ends_with_nothing_read(tmp_path):
    mine = tmp_path / "inkorg"
    mine.mkdir()
    for name in fill(mine):
        if not name.startswith("brus.") and not (mine / name).is_symlink():
            continue
        (mine / name).unlink()
    (mine / "djupt.zip").unlink()
    summary = go(mine, tmp_path / "ut", limits=Limits(30, 500))
    assert summary.exit_code is ExitCode.NOTHING_READ
    assert summary.projects == 0
    assert (tmp_path / "ut" / "dokument.csv").exists()


def test_nothing_read_leaves_earlier_results_alone(inbox, tmp_path):
    out = tmp_path / "ut"
    go(inbox, out)
    before = (out / "kodningar.csv").read_bytes()
    (tmp_path / "tom").mkdir()
    (tmp_path / "tom" / "tom.pdf").write_bytes(b"")
    assert go(tmp_path / "tom", out).exit_code is ExitCode.NOTHING_READ
    assert (out / "kodningar.csv").read_bytes() == before
    assert [r["dokument"] for r in rows(out / "dokument.csv")] == ["tom.pdf"]


def test_a_name_that_is_no_text_is_shown_as_well_as_can_be(inbox, tmp_path):
    mine = tmp_path / "inkorg"
    mine.mkdir()
    source = (inbox / "Våga fråga!.docx").read_bytes()
    (mine / os.fsdecode(b"r\xe5d.docx")).write_bytes(source)
    (mine / "ny\nrad.docx").write_bytes(source)
    summary = go(mine, tmp_path / "ut")
    assert summary.failed == ()
    names = [r["dokument"] for r in rows(tmp_path / "ut" / "dokument.csv")]
    assert names == ["ny\N{REPLACEMENT CHARACTER}rad.docx", "r\N{REPLACEMENT CHARACTER}d.docx"]


def test_equal_files_are_told(inbox, tmp_path):
    mine = tmp_path / "inkorg"
    mine.mkdir()
    for name in ("a.docx", "b.docx"):
        shutil.copy(inbox / "Våga fråga!.docx", mine / name)
    summary = go(mine, tmp_path / "ut")
    assert summary.projects == 1
    told = [(r["var"], r["funnet"]) for r in rows(tmp_path / "ut" / "avvikelser.csv")]
    assert ("b.docx", "a.docx") in told


def test_a_damaged_workspace_says_what_to_do(inbox, tmp_path):
    out = tmp_path / "ut"
    go(inbox, out)
    file = out / "arbetsyta" / "samverkan.sqlite"
    with sqlite3.connect(file) as db:
        db.execute("UPDATE analysis SET analysis = x'00'")
    db.close()
    with pytest.raises(WorkspaceError, match="Move it away"):
        go(inbox, out)


def test_nothing_unpacked_stays_behind(inbox, tmp_path):
    left = tmp_path / "w" / "tillfalligt" / "999999999"
    left.mkdir(parents=True)
    (left / "rapport.docx").write_bytes(b"hemligt")
    go(inbox, tmp_path / "ut", workspace=tmp_path / "w")
    assert list((tmp_path / "w" / "tillfalligt").iterdir()) == []


def test_an_empty_inbox_says_so(tmp_path):
    (tmp_path / "inkorg").mkdir()
    summary = go(tmp_path / "inkorg", tmp_path / "ut")
    assert summary.exit_code is ExitCode.NOTHING_READ
    assert "tom" in " ".join(summary.lines())
