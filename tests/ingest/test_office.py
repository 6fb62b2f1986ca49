"""DOC and RTF through LibreOffice: one batch, broken files apart, plain words without it."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from corpus.types import TickSign
from pipeline.errors import ReadError
from pipeline.ingest import office, read, sniff
from pipeline.ingest.ole import MAGIC
from tests.ingest.build import docx, p, save

# Written by hand: LibreOffice loses the state of form fields when it writes RTF itself.
RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset2 Wingdings;}}
\pard V\'e5ld i n\'e4ra relationer\par
{\field{\*\fldinst FORMCHECKBOX {\*\formfield
{\fftype1\ffres25\ffhps20\ffdefres0\ffres1}}}{\fldrslt}} Kyrkor\par
{\field{\*\fldinst FORMCHECKBOX {\*\formfield
{\fftype1\ffres25\ffhps20\ffdefres0\ffres0}}}{\fldrslt}} Polisen\par
\pard {\f1\'fe} Barn\par
}"""


def locked(stream: str) -> bytes:
    return MAGIC + b"\0" * 700 + stream.encode("utf-16-le") + b"\0" * 300


@pytest.mark.parametrize(
    ("name", "data", "fmt"),
    [
        ("a.rtf", RTF, "rtf"),
        ("a.doc", RTF, "rtf"),
        ("a.doc", locked("WordDocument"), "doc"),
        ("a.docx", b"PK\x03\x04", None),
        ("a.msg", locked("__substg1.0_"), None),
        ("a.txt", b"text", None),
    ],
)
def test_needs_office(tmp_path, name, data, fmt):
    assert office.needs_office(save(tmp_path, name, data)) == fmt


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (locked("EncryptedPackage"), "krypterad"),
        (locked("Workbook"), "okant_format"),
        (locked("nonsens"), "trasig"),
    ],
)
def test_what_is_not_worth_a_start(tmp_path, monkeypatch, data, code):
    monkeypatch.setattr(office, "_run", None)
    path = save(tmp_path, "a.doc", data)
    result = office.convert([path], tmp_path / "ut", 10)[path]
    assert isinstance(result, ReadError) and result.code == code


def test_without_libreoffice_every_file_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    paths = [save(tmp_path, name, RTF) for name in ("a.rtf", "b.rtf")]
    for result in office.convert(paths, tmp_path / "ut", 10).values():
        assert isinstance(result, ReadError) and result.code == "libreoffice_saknas"
        assert "Installera LibreOffice" in result.advice
    with pytest.raises(ReadError):
        read(paths[0])


def test_the_usual_places_are_tried_where_the_path_has_none(tmp_path, monkeypatch):
    program = save(tmp_path, "soffice", b"")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(office, "USUAL_PLACES", (str(tmp_path / "nej"), str(program)))
    assert office.find_soffice() == str(program)
    monkeypatch.setattr(office, "USUAL_PLACES", ())
    assert office.find_soffice() is None


def test_what_a_batch_did_not_give_is_tried_alone(tmp_path, monkeypatch):
    """The batch stops at the second of four; the third alone kills the program."""
    runs: list[int] = []

    def run(program: str, files: list[Path], into: Path, timeout_s: float) -> bool:
        runs.append(len(files))
        for file in files:
            if b"trasig" in file.read_bytes():
                return True
            (into / f"{file.stem}.docx").write_bytes(docx(p(file.read_text())))
        return True

    monkeypatch.setattr(office, "find_soffice", lambda: "soffice")
    monkeypatch.setattr(office, "_run", run)
    texts = ["{\\rtf ett", "{\\rtf trasig", "{\\rtf tre", "{\\rtf fyra"]
    paths = [save(tmp_path, f"{i}.rtf", text.encode()) for i, text in enumerate(texts)]
    results = office.convert(paths, tmp_path / "ut", 10)
    assert runs == [4, 1, 1, 1]
    assert list(results) == paths
    assert [isinstance(results[path], Path) for path in paths] == [True, False, True, True]
    made = results[paths[2]]
    assert isinstance(made, Path)
    assert "tre" in office.read_converted(made, "rtf").pages[0].lines[0].text


@pytest.mark.parametrize(("well", "code"), [(True, "trasig"), (False, "libreoffice_misslyckades")])
def test_a_program_that_breaks_down_blames_no_file(tmp_path, monkeypatch, well, code):
    monkeypatch.setattr(office, "find_soffice", lambda: "soffice")
    monkeypatch.setattr(office, "_run", lambda *_: well)
    path = save(tmp_path, "a.rtf", b"{\\rtf ett")
    failed = office.convert([path], tmp_path / "ut", 10)[path]
    assert isinstance(failed, ReadError)
    assert failed.code == code


def test_a_program_that_hangs_is_ended(tmp_path):
    program = save(tmp_path, "soffice", b"#!/bin/sh\nsleep 60 & wait\n")
    program.chmod(0o755)
    office._run(str(program), [], tmp_path, 0.2)
    lines = [" ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"])]
    assert not [line for line in lines if str(program) in line]


@pytest.mark.office
@pytest.mark.slow
def test_rtf_is_read_with_its_ticks(tmp_path):
    one = save(tmp_path, "a.rtf", RTF)
    (tmp_path / "b").mkdir()
    two = save(tmp_path / "b", "a.rtf", RTF.replace(b"Kyrkor", b"Skolan"))
    rubbish = save(tmp_path, "c.doc", locked("WordDocument"))
    results = office.convert([one, two, rubbish], tmp_path / "ut", 60)
    assert isinstance(results[rubbish], ReadError)
    texts = []
    for path in (one, two):
        made = results[path]
        assert isinstance(made, Path)
        raw = office.read_converted(made, "rtf")
        assert raw.format == "rtf"
        lines = [line for page in raw.pages for line in page.lines]
        texts.append([line.text.strip() for line in lines])
        assert [(t.checked, t.sign) for line in lines for t in line.ticks] == [
            (True, TickSign.LEGACY_FIELD),
            (False, TickSign.LEGACY_FIELD),
            (True, TickSign.GLYPH),
        ]
    assert texts[0][:2] == ["Våld i nära relationer", "☒  Kyrkor"]
    assert texts[1][1].endswith("Skolan")


@pytest.mark.office
@pytest.mark.slow
def test_a_single_file_converts_when_read_alone(tmp_path):
    path = save(tmp_path, "a.rtf", RTF)
    match = sniff(path)
    assert match is not None and match[0].family == "office"
    document = read(path)
    assert document.format == "rtf"
    assert document.text.startswith("Våld i nära relationer\n")
