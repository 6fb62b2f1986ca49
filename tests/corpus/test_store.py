"""The workspace remembers by content and by version, and loses nothing that was saved."""

from __future__ import annotations

import sqlite3
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codec import decode, encode
from corpus.store import FILE_NAME, Store, StoredReading, WorkspaceError
from corpus.types import Box, Cell, Document, Header, Line, Note, Page, Tick, TickSign


def test_what_is_saved_comes_back_for_the_same_version_only(tmp_path):
    with Store(tmp_path) as store:
        store.save("a", "r1", StoredReading(b"doc"), "v1", b"analysis")
    with Store(tmp_path) as store:
        assert store.reading("a", "r1") == StoredReading(b"doc")
        assert store.reading("a", "r2") is None
        assert store.analysis("a", "r1", "v1") == b"analysis"
        assert store.analysis("a", "r1", "v2") is None


def test_errors_are_remembered_too(tmp_path):
    failed = StoredReading(None, "trasig", "Filen är skadad.", "Skicka den igen.")
    with Store(tmp_path) as store:
        store.save("a", "r1", failed)
        assert store.reading("a", "r1") == failed


def test_older_versions_can_be_forgotten_and_leave_no_text_in_the_file(tmp_path):
    secret = b"mycket hemligt"
    with Store(tmp_path) as store:
        store.save("a", "old", StoredReading(secret), "v1", secret)
        store.save("b", "new", StoredReading(b"kvar"), "v1", b"kvar")
        assert store.forget_other_versions("new", "v1") == 2
        assert store.reading("b", "new") is not None
    for file in tmp_path.iterdir():
        assert secret not in file.read_bytes()


def test_a_failed_transaction_leaves_nothing_behind(tmp_path):
    no_bytes: Any = {"not": "bytes"}
    with Store(tmp_path) as store:
        with pytest.raises(sqlite3.Error):
            store.save("a", "r1", StoredReading(b"doc"), "v1", analysis=no_bytes)
        assert store.reading("a", "r1") is None


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be read", None])
def test_a_workspace_that_cannot_be_used_says_so(tmp_path, content):
    if content is None:
        (tmp_path / FILE_NAME).mkdir()
    else:
        (tmp_path / FILE_NAME).write_bytes(content * 100)
    with pytest.raises(WorkspaceError, match=FILE_NAME):
        Store(tmp_path)


def test_a_workspace_of_a_newer_program_is_refused(tmp_path):
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(WorkspaceError, match="newer version"):
        Store(tmp_path)


def test_header_round_trips():
    header = Header(
        lan="Gotland",
        period_start=date(2009, 1, 1),
        beviljat_belopp=Decimal("916210"),
        titel="Å, ä och ö",
    )
    assert decode(encode(header), Header) == header


boxes = st.builds(Box, *[st.floats(0, 1000, allow_nan=False)] * 4)
lines = st.builds(
    Line,
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.none() | boxes,
    st.none() | st.builds(Cell, *[st.integers(0, 99)] * 3),
    st.booleans(),
)
ticks = st.builds(
    Tick,
    st.integers(0, 99),
    st.integers(0, 99),
    st.booleans(),
    st.sampled_from(TickSign),
    st.floats(0, 1),
    st.none() | boxes,
)
pages = st.builds(
    Page,
    number=st.integers(1, 99),
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    lines=st.lists(lines, max_size=3).map(tuple),
    ticks=st.lists(ticks, max_size=3).map(tuple),
)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
documents = st.builds(
    Document,
    text,
    text,
    text,
    text,
    st.lists(pages, max_size=2).map(tuple),
    st.lists(st.builds(Note, text, text, st.none() | st.integers(1, 9)), max_size=2).map(tuple),
    st.lists(st.tuples(text, text), max_size=2).map(tuple),
)


@given(documents)
def test_every_document_round_trips(document):
    assert decode(encode(document), Document) == document
