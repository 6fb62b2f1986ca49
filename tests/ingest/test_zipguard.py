"""Bombs are refused from their table of contents, before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.errors import ReadError
from pipeline.ingest import read, zipguard
from pipeline.ingest.zipguard import check, open_zip, read_part
from tests.ingest.build import docx, p, save, zipped


def member(size: int, packed: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("a.xml")
    info.file_size, info.compress_size = size, packed
    return info


MB = 1024 * 1024


@pytest.mark.parametrize(
    ("members", "packed"),
    [
        ([member(100, 90)], 200),
        ([member(3 * MB, 3000)], 4000),  # a small file may be packed hard
        ([member(20 * MB, 1 * MB)], 1 * MB),
        ([member(5 * MB, 5 * MB)] * 100, 500 * MB),
        ([], 22),
    ],
)
def test_what_office_programs_write_passes(members, packed):
    check(members, packed)


@pytest.mark.parametrize(
    ("members", "packed"),
    [
        ([member(20 * MB, 20_000)], 21_000),
        ([member(3 * MB, 3000)] * 400, 400 * 3000 // 10),  # members that share their bytes
        ([member(600 * MB, 300 * MB)] * 2, 600 * MB),
        ([member(1, 1)] * (zipguard.MAX_MEMBERS + 1), 1 * MB),
    ],
)
def test_what_no_program_writes_is_refused(members, packed):
    with pytest.raises(ReadError) as error:
        check(members, packed)
    assert error.value.code == "for_stor"


def test_a_bomb_is_refused_by_the_reader(tmp_path):
    bomb = docx(p("a" * 12 * MB))
    assert len(bomb) < 20_000
    with pytest.raises(ReadError) as error:
        read(save(tmp_path, "a.docx", bomb))
    assert error.value.code == "for_stor"


def test_a_part_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(zipguard, "MAX_PART_BYTES", 100)
    with (
        open_zip(save(tmp_path, "a.docx", docx(p("text")))) as archive,
        pytest.raises(ReadError) as error,
    ):
        read_part(archive, "word/document.xml")
    assert error.value.code == "for_stor"


def test_a_damaged_part_and_a_missing_part(tmp_path):
    data = bytearray(zipped({"a.xml": "x" * 500, "b.xml": "y"}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo("a.xml").header_offset + 30 + len("a.xml")
    data[start : start + 4] = b"\xff\xff\xff\xff"
    with open_zip(save(tmp_path, "a.zip", bytes(data))) as archive:
        assert read_part(archive, "saknas.xml") is None
        assert read_part(archive, "b.xml") == b"y"
        with pytest.raises(ReadError) as error:
            read_part(archive, "a.xml")
    assert error.value.code == "trasig"


def test_no_zip_at_all(tmp_path):
    with pytest.raises(ReadError) as error:
        open_zip(save(tmp_path, "a.zip", b"PK\x03\x04 nej"))
    assert error.value.code == "trasig"
