from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from annotations.codebook import load
from pipeline.export.passages import portable
from pipeline.export.qda_codes import code_tree, walk
from pipeline.export.qdpx import write_qdpx
from pipeline.export.results import read_results
from tests.export.made_up import BOOK, LEAVES, Place, folder, hostile, texts_with_places
from tests.export.qda_reader import NS, SCHEMA, Qda, of, read

LABELS = {(c.variable, c.id): c.label for c in BOOK.leaves()}


def exported(results: Path, to: Path) -> Qda:
    write_qdpx(read_results(results, BOOK), BOOK, to)
    return read(to)


@settings(max_examples=60, deadline=None)
@given(texts_with_places())
def test_places_and_codes_come_back_whatever_the_text(made: tuple[str, list[Place]]) -> None:
    text, places = made
    with tempfile.TemporaryDirectory() as folder_:
        results = folder(Path(folder_) / "ut", text, places)
        qda = exported(results, Path(folder_) / "a.qdpx")
    (read_text,) = qda.texts.values()
    assert read_text == portable(text)
    assert sorted((f.start, f.end, f.codes[0][-1].split(" (")[0]) for f in qda.found) == sorted(
        (*place, LABELS[LEAVES[i]].split(" (")[0]) for i, place in enumerate(places)
    )
    assert all(f.words == portable(text)[f.start : f.end] for f in qda.found)


@settings(max_examples=200)
@given(texts_with_places())
def test_a_portable_text_is_as_long_and_hides_nothing(made: tuple[str, list[Place]]) -> None:
    text, _ = made
    theirs = portable(text + "\r\nx\ry\0")
    assert len(theirs) == len(text) + 6
    assert not theirs.startswith("\ufeff")
    assert not {"\r", "\0"} & set(theirs)
    # What reads newlines in its own way counts the same.
    assert theirs.replace("\r\n", "\n") == theirs


def test_the_golden_export(tmp_path: Path) -> None:
    qda = exported(hostile(tmp_path / "ut"), tmp_path / "a.qdpx")
    name = 'arkiv.zip/=cmd|"A1";\nb<&>\N{REPLACEMENT CHARACTER}.docx'
    assert set(qda.texts) == {name, "b; c.txt"}
    jour, police = qda.found
    assert (jour.start, jour.end, jour.words) == (0, 12, "Kvinnojouren")
    assert jour.codes == (
        ("Samverkansparter", "Frivilligorganisationer", "Kvinnojour eller tjejjour"),
        ("Samverkansparter – roll", "Aktiv"),
    )
    assert jour.description == (
        'Projekt: =HYPERLINK("x")\t1. Roll: aktiv. Sannolikhet: 0,50. Källa: regel. '
        "Läge: granska. Sida: 1"
    )
    assert jour.notes == ('Orden "=1+1" säger\nolika saker \N{REPLACEMENT CHARACTER}.',)
    assert police.codes[1] == ("Samverkansparter – roll", "Inbjuden")
    users = {u.get("guid"): u.get("name") for u in qda.root.iter(NS + "User")}
    makers = [users[p.get("creatingUser")] for p in qda.root.iter(NS + "PlainTextSelection")]
    assert makers == ["Samverkan (program)", "Granskare"]
    (case,) = qda.root.iter(NS + "Case")
    # Codes that rest on a tick or on nothing stand on the project.
    codes = [qda.codes[of(r, "targetGUID")][-1] for r in case.findall(NS + "CodeRef")]
    assert codes == [
        "Polis",
        "Kvinnojour eller tjejjour",
        "Våldsutsatta kvinnor",
        "Oklart (Projektets läge)",
    ]
    fields = {v.get("guid"): v.get("name") for v in qda.root.iter(NS + "Variable")}
    values = {fields[v[0].get("targetGUID")]: v[1].text for v in case.iter(NS + "VariableValue")}
    assert values == {
        "Län": "Skåne",
        "Kommun": "Åstad",
        "Titel": '+Trygg; "hemma"\nnu',
        "Projektet började": "2009-01-01",
        "Beviljat belopp (kr)": "150000.50",
    }
    assert len(case.findall(NS + "SourceRef")) == 2
    assert len(case.findall(NS + "SelectionRef")) == 2


def test_two_exports_are_the_same_bytes(tmp_path: Path) -> None:
    results = read_results(hostile(tmp_path / "ut"), BOOK)
    for name in ("a.qdpx", "b.qdpx"):
        write_qdpx(results, BOOK, tmp_path / name)
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()


def test_everything_has_a_day_for_readers_that_need_one(tmp_path: Path) -> None:
    results = hostile(tmp_path / "ut")
    os.utime(results / "kodningar.csv", (1_300_000_000.9, 1_300_000_000.9))
    root = exported(results, tmp_path / "a.qdpx").root
    dated = [root, *root.iter(*(NS + t for t in ("TextSource", "PlainTextSelection", "Note")))]
    dated += root.iter(NS + "Coding")
    assert len(dated) == 1 + 2 + 2 + 1 + 4
    assert {e.get("creationDateTime") for e in dated} == {"2011-03-13T07:06:40Z"}


def test_every_reference_leads_somewhere_and_no_guid_is_used_twice(tmp_path: Path) -> None:
    root = exported(hostile(tmp_path / "ut"), tmp_path / "a.qdpx").root
    guids = [e.get("guid") for e in root.iter() if e.get("guid")]
    assert len(guids) == len(set(guids))
    for attribute in ("targetGUID", "creatingUser", "creatingUserGUID"):
        assert {e.get(attribute) for e in root.iter() if e.get(attribute)} <= set(guids)


def test_a_place_outside_a_changed_text_is_left_out(tmp_path: Path) -> None:
    results = folder(tmp_path / "ut", "Tolv tecken.", [(0, 4), (5, 12)])
    (results / "text" / "rapport.docx.txt").write_text("Tolv te", encoding="utf-8")
    done = write_qdpx(read_results(results, BOOK), BOOK, tmp_path / "a.qdpx")
    assert (done.documents, done.passages, done.without_place) == (1, 1, 1)
    assert [f.words for f in read(tmp_path / "a.qdpx").found] == ["Tolv"]


def test_results_without_projects_are_still_valid(tmp_path: Path) -> None:
    results = folder(tmp_path / "ut", "x", [])
    for name in ("dokument.csv", "projekt.csv", "kodningar.csv"):
        head = (results / name).read_text(encoding="utf-8").splitlines()[0]
        (results / name).write_text(head + "\n", encoding="utf-8")
    assert exported(results, tmp_path / "a.qdpx").found == ()


def test_code_names_are_distinct_whatever_their_case() -> None:
    names = [code.name.casefold() for code in walk(code_tree(load()))]
    assert len(names) == len(set(names))
    codable = {c.guid for c in walk(code_tree(load())) if c.codable}
    assert len(codable) == len(LEAVES) + 3


@pytest.mark.parametrize("damage", ["guid", "startPosition"])
def test_the_schema_in_use_does_refuse(tmp_path: Path, damage: str) -> None:
    root = exported(hostile(tmp_path / "ut"), tmp_path / "a.qdpx").root
    del next(root.iter(NS + "PlainTextSelection")).attrib[damage]
    with pytest.raises(etree.DocumentInvalid):
        SCHEMA.assertValid(root)
