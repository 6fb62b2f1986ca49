"""The output contract: exact columns, verbatim words, texts byte for byte, safe file names."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from annotations.codebook import load
from corpus.types import Origin, Role, Status
from pipeline.tables.contract import text_path, write_contract
from pipeline.tables.quotes import collect
from tests.tables.made_up import big_round, small_round

BOOK = load()


def write(round, folder):
    return write_contract(round, BOOK, collect(round), folder)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ut")
    write(small_round(), folder)
    return folder


def rows(out, name):
    with (out / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("dokument.csv", "dokument,sha256,format,sidor,dokumenttyp,projekt,lasning,fel"),
        (
            "projekt.csv",
            "projekt,dokument,lan,kommun,titel,period_start,period_slut,beviljat_belopp,sokt_belopp,omgang",
        ),
        (
            "kodningar.csv",
            "projekt,dokument,variabel,kategori,varde,roll,konfidens,status,kalla,skal,sida,start,slut,citat",
        ),
    ],
)
def test_columns_are_those_of_the_contract(out, name, header):
    assert (out / name).read_bytes().startswith(header.encode() + b"\n")


def test_documents(out):
    found = {r["dokument"]: r for r in rows(out, "dokument.csv")}
    assert found["f.pdf"]["fel"] == "Filen är krypterad. Be om en öppen kopia."
    assert (
        found["f.pdf"]["dokumenttyp"]
        == found["f.pdf"]["lasning"]
        == found["f.pdf"]["projekt"]
        == ""
    )
    assert (found["a-del.docx"]["dokumenttyp"], found["a-del.docx"]["lasning"]) == (
        "blankett_del",
        "text",
    )


def test_projects(out):
    first = rows(out, "projekt.csv")[0]
    assert first["dokument"] == "a-del.docx;a-slut.docx"
    assert (first["period_start"], first["period_slut"], first["beviljat_belopp"]) == (
        "2008-09-01",
        "",
        "150000",
    )


def test_a_row_for_every_project_and_leaf_in_the_codebooks_order(out):
    found = rows(out, "kodningar.csv")
    leaves = [(c.variable, c.id) for c in BOOK.leaves()]
    assert [(r["variabel"], r["kategori"]) for r in found] == leaves * 5


def test_roles_only_where_a_partner_holds(out):
    roles = {
        (r["projekt"], r["kategori"]): r["roll"] for r in rows(out, "kodningar.csv") if r["roll"]
    }
    assert roles == {
        ("P1", "polis"): "aktiv",
        ("P1", "aklagare"): "inbjuden",
        ("P1", "kyrka"): "planerad",
        ("P2", "aklagare"): "inbjuden",
        ("P2", "kvinnojour"): "aktiv",
        ("P4", "polis"): "planerad",
    }


def test_quotes_are_the_words_at_the_offsets_of_the_written_text(out):
    quoted = [r for r in rows(out, "kodningar.csv") if r["start"]]
    assert quoted
    for row in quoted:
        text = (out / "text" / f"{row['dokument']}.txt").read_bytes().decode("utf-8")
        assert row["citat"] == text[int(row["start"]) : int(row["slut"])] != ""
        assert row["sida"] == "1"


def test_without_evidence_the_newest_document_stands_and_nothing_else(out):
    row = next(r for r in rows(out, "kodningar.csv") if r["projekt"] == "P1" and r["varde"] == "0")
    assert (row["dokument"], row["start"], row["citat"]) == ("a-slut.docx", "", "")


def test_texts_are_written_byte_for_byte(out):
    for name, text in small_round().texts.items():
        assert (out / "text" / f"{name}.txt").read_bytes() == text.encode()


def test_confidence_status_source_and_reasons(tmp_path):
    round = small_round()
    coding = replace(
        round.codings["P1"][0],
        role=Role.AKTIV,
        value=False,
        confidence=0.65432,
        status=Status.REVIEW,
        origin=Origin.TICK,
        reasons=("Krysset saknar text.", "Svaret är kort, två ord."),
    )
    write(replace(round, codings={"P1": (coding,)}), tmp_path)
    row = rows(tmp_path, "kodningar.csv")[0]
    assert (row["varde"], row["roll"], row["konfidens"]) == ("0", "", "0.6543")
    assert (row["status"], row["kalla"]) == ("granska", "kryss")
    assert row["skal"] == "Krysset saknar text.; Svaret är kort, två ord."


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("blankett.docx", "text/blankett.docx.txt"),
        ("post.eml/bilaga å.docx", "text/post.eml/bilaga å.docx.txt"),
        ("../../etc/passwd", "text/__/__/etc/passwd.txt"),
        ("/etc/passwd", "text/etc/passwd.txt"),
    ],
)
def test_texts_never_leave_their_folder(name, path):
    assert text_path(name).as_posix() == path


def test_too_long_names_are_cut_and_stay_apart(tmp_path):
    names = ["ö" * 127 + ending for ending in ("1.pdf", "2.pdf")]
    round = replace(small_round(), texts=dict.fromkeys(names, "text"))
    written = write(round, tmp_path)[3:]
    assert len(set(written)) == 2
    assert all(path.read_text(encoding="utf-8") == "text" for path in written)


def test_large_round_has_all_its_rows(tmp_path):
    write(big_round(60), tmp_path)
    assert len(rows(tmp_path, "kodningar.csv")) == 60 * len(BOOK.leaves())
