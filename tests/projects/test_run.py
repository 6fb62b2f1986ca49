"""A run from files: the flow is written, a person's word on a join holds on every re-run."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from corpus.samples import sample_inbox
from pipeline.parse.manifest import Manifest, ManifestError
from pipeline.projects.received import read_with_days

KIRUNA = ("Kiruna delredovisning 2010.docx", "Kiruna slutredovisning.pdf")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(inbox: Path, out: Path, *more: str) -> None:
    ran = CliRunner().invoke(app, ["run", str(inbox), "--out", str(out), "-q", "-j", "1", *more])
    assert ran.exit_code == 0, ran.output


@pytest.mark.slow
def test_a_persons_word_on_a_join_is_followed_and_kept(tmp_path):
    inbox, out = tmp_path / "inkorg", tmp_path / "ut"
    inbox.mkdir()
    for name in KIRUNA:
        shutil.copy(sample_inbox() / name, inbox / name)
    shutil.copy(inbox / KIRUNA[1], inbox / "Kiruna igen.pdf")
    granted = tmp_path / "beviljade.csv"
    granted.write_text(
        "kommun;titel;bortfall\nKiruna;Fjällkedjan;\nMora;Ute;startade aldrig\nX;Y;\n"
    )
    run(inbox, out, "--granted", str(granted), "--deadline", "2011-06-30")
    first = rows(out / "projektflode.csv")
    assert [(r["kommun"], r["redovisat"], r["skal"]) for r in first] == [
        ("Mora", "nej", "aldrig_startat"),
        ("Kiruna", "ja", ""),
    ]
    assert first[1]["delredovisning"] == KIRUNA[0]
    assert (first[1]["slutredovisning"], first[1]["dubbletter"]) == (
        "Kiruna igen.pdf", KIRUNA[1],
    )  # fmt: skip
    told = rows(out / "avvikelser.csv")
    assert any("rad 4" in r["var"] and "X" in r["vad"] for r in told)
    assert sum("samma innehåll" in r["vad"] for r in told) == 1
    said = out / "sammanslagning.csv"
    said.write_text(
        f"dokument_a,dokument_b,beslut\n{KIRUNA[0]},{KIRUNA[1]},olika\n"
        f"{KIRUNA[0]},Kiruna igen.pdf,olika\n"
    )
    for _ in range(2):  # Filled in where it lies, it is read again and written with its decisions.
        run(inbox, out)
        projects = {r["projekt"]: r["dokument"] for r in rows(out / "projekt.csv")}
        assert len(projects) == 2
        assert first[1]["projekt"] in projects
        assert [r["beslut"] for r in rows(said)] == ["olika", "olika"]
    other = tmp_path / "annan.csv"
    other.write_text(f"dokument_a,dokument_b,beslut\n{KIRUNA[1]},{KIRUNA[0]},samma\n")
    run(inbox, out, "--joins", str(other))  # What another list does not speak of still holds.
    assert sorted(filter(None, (r["beslut"] for r in rows(said)))) == ["olika", "samma"]


def test_a_list_that_is_none_stops_the_run_and_says_why(tmp_path):
    (tmp_path / "lista.csv").write_text("färg,form\nblå,rund\n")
    ran = CliRunner().invoke(
        app,
        ["run", str(sample_inbox()), "--out", str(tmp_path / "ut"), "--granted",
         str(tmp_path / "lista.csv")],
    )  # fmt: skip
    assert ran.exit_code == 2
    assert "lista.csv: Listan" in ran.output
    assert "kommun" in ran.output


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "är tom"), (b"a,b\n1,2\n", "saknar kolumnen"), (b"PK\x03\x04", "är en arbetsbok")],
)
def test_a_list_of_joins_that_is_none_is_named_and_left_as_it_is(tmp_path, data, told):
    said = tmp_path / "ut" / "sammanslagning.csv"
    said.parent.mkdir()
    said.write_bytes(data)
    ran = CliRunner().invoke(app, ["run", str(sample_inbox()), "--out", str(said.parent)])
    assert ran.exit_code == 2
    assert f"{said}" in ran.output
    assert told in ran.output
    assert said.read_bytes() == data


def test_the_template_is_printed_as_a_list():
    ran = CliRunner().invoke(app, ["granted-template"])
    assert ran.exit_code == 0
    assert ran.stdout.startswith("projekt,lan,kommun,titel,beviljat_belopp")


def test_the_manifest_may_say_when_files_came_in(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text("fil;mottagen;projekt\na.zip;2010-10-05;P1\nb.pdf;;P2\n")
    manifest, received = read_with_days(path)
    assert [(r.file, r.project) for r in manifest.rows] == [("a.zip", "P1"), ("b.pdf", "P2")]
    assert received.day(manifest, "a.zip/rapport.docx") == date(2010, 10, 5)
    assert received.day(manifest, "b.pdf") is None
    names = ("a.zip", "A.ZIP/x/y.docx", "./b.pdf", "c.pdf", "a.zipp", "b.pdf/c")
    plain = Manifest(manifest.rows)
    assert [manifest.row_for(n) for n in names] == [plain.row_for(n) for n in names]
    path.write_text("fil,mottagen,projekt\na.zip,i går,P1\nb.pdf,2010-10-05,\n")
    with pytest.raises(ManifestError) as error:
        read_with_days(path)
    assert [f[:6] for f in error.value.faults] == ["Rad 3:", "Rad 2:"]
