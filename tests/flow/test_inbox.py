"""Every file in the inbox is seen once; what cannot be opened is listed with its reason."""

from __future__ import annotations

import os

import pytest

from pipeline.inbox import MAX_FILE_BYTES, Source, Unreadable, walk


def test_files_come_in_order_with_names_as_the_user_knows_them(tmp_path):
    (tmp_path / "län" / "Åre kommun").mkdir(parents=True)
    (tmp_path / "län" / "Åre kommun" / "rapport slut.docx").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(b"y")
    names = [item.name for item in walk(tmp_path)]
    assert names == ["a.txt", "län/Åre kommun/rapport slut.docx"]


def test_equal_content_has_equal_hash(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"samma")
    first, second = walk(tmp_path)
    assert isinstance(first, Source) and isinstance(second, Source)
    assert first.sha256 == second.sha256


@pytest.mark.parametrize("name", ["~$rapport.docx", "Thumbs.db", ".DS_Store", "desktop.ini"])
def test_litter_is_left_out(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert list(walk(tmp_path)) == []


def test_a_link_that_points_at_itself_is_listed_and_not_followed(tmp_path):
    (tmp_path / "slinga").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "fil.pdf").symlink_to(tmp_path / "fil.pdf")
    (tmp_path / "god.txt").write_bytes(b"x")
    items = {item.name: item for item in walk(tmp_path)}
    assert set(items) == {"slinga", "fil.pdf", "god.txt"}
    for name in ("slinga", "fil.pdf"):
        item = items[name]
        assert isinstance(item, Unreadable)
        assert item.error.code == "lank"


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "ror.pdf")
    (item,) = walk(tmp_path)
    assert isinstance(item, Unreadable)
    assert item.error.code == "inte_fil"


def test_a_huge_file_is_refused_unread(tmp_path):
    with (tmp_path / "stor.pdf").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    (item,) = walk(tmp_path)
    assert isinstance(item, Unreadable)
    assert item.error.code == "for_stor"
    assert item.error.advice


def test_an_inbox_may_be_one_file(tmp_path):
    (tmp_path / "en.txt").write_bytes(b"x")
    (item,) = walk(tmp_path / "en.txt")
    assert item.name == "en.txt"
