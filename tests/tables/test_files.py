"""A file is written whole or not at all, and an open workbook is told of in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.tables.files import WriteError, replacing, write_text


def test_a_crash_leaves_the_old_file_and_no_half_one(tmp_path):
    path = write_text(tmp_path / "tabell.csv", "gammal")
    with pytest.raises(RuntimeError), replacing(path) as beside:
        beside.write_text("halv", encoding="utf-8")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "gammal"
    assert list(tmp_path.iterdir()) == [path]


def test_the_new_file_replaces_the_old(tmp_path):
    path = tmp_path / "djup" / "tabell.csv"
    write_text(path, "ett\r\n")
    write_text(path, "två\n")
    assert path.read_bytes() == "två\n".encode()


@pytest.mark.parametrize("lock", ["~$bok.xlsx", ".~lock.bok.xlsx#"])
def test_an_open_workbook_is_a_plain_error(tmp_path, lock):
    (tmp_path / lock).touch()
    with pytest.raises(WriteError, match=r"bok\.xlsx är öppen i ett annat program\. Stäng den"):
        write_text(tmp_path / "bok.xlsx", "x")


def test_a_file_in_the_way_is_a_plain_error(tmp_path):
    (tmp_path / "tabeller").write_text("en fil, ingen mapp", encoding="utf-8")
    with pytest.raises(WriteError, match=r"tabell1\.csv kan inte skrivas"):
        write_text(tmp_path / "tabeller" / "tabell1.csv", "x")


def test_a_protected_folder_is_a_plain_error(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    old = write_text(tmp_path / "tabell1.csv", "gammal")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WriteError, match="skrivskyddad"):
        write_text(tmp_path / "tabell1.csv", "ny")
    assert old.read_text(encoding="utf-8") == "gammal"
    assert [p.name for p in tmp_path.iterdir()] == ["tabell1.csv"]


def test_a_sign_that_cannot_be_written_keeps_the_offsets(tmp_path):
    path = write_text(tmp_path / "t.txt", "a\ud800b")
    assert path.read_text(encoding="utf-8") == "a?b"
