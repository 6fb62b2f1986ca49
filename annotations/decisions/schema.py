"""The tables of the review database, the same for SQLite and PostgreSQL.

`migrations/` makes them; a test compares the two. Of decisions only `event` is the truth: `lane`
and the state columns of `item` are projected from it and can be rebuilt.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite numbers rows by itself only where the type is INTEGER.
_Id = BigInteger().with_variant(Integer, "sqlite")

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("round", String(200), primary_key=True),
    Column("name", String(1000), primary_key=True),
    Column("path", Text, nullable=False),  # the file it was read from; "" where it was unpacked
    Column("container", Text, nullable=False),  # the file to unpack it from, else ""
    Column("body", LargeBinary, nullable=False),  # corpus.codec of a Document
    Column("submissions", LargeBinary, nullable=False),  # corpus.codec of tuple[Submission, ...]
)

item = Table(
    "item",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("round", String(200), nullable=False),
    Column("project", String(400), nullable=False),
    Column("variable", String(64), nullable=False),
    Column("category", String(64), nullable=False),
    Column("proposal", String(64), nullable=False),
    Column("probability", Float),
    Column("automatic", Boolean, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("reasons", Text, nullable=False),  # JSON list of Swedish sentences
    Column("document", String(1000), nullable=False),
    Column("page", Integer),
    Column("start", Integer),
    Column("end", Integer),
    Column("answer_start", Integer),
    Column("answer_end", Integer),
    Column("question", String(64), nullable=False),
    Column("quote", Text, nullable=False),
    Column("basis", String(64), nullable=False),
    Column("county", String(64), nullable=False),
    Column("municipality", String(64), nullable=False),
    Column("rank", Float),
    Column("audit", Boolean, nullable=False),
    Column("double", Boolean, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("choice", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    UniqueConstraint("round", "project", "variable", "category"),
    # The queue and the list by probability in order, and counted without looking at a single row.
    Index(None, "round", "gone", "state", "rank"),
    Index(None, "round", "gone", "probability", "state", "rank"),
    Index(None, "round", "variable", "category"),
    Index(None, "round", "county"),
)

event = Table(
    "event",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("item", _Id, ForeignKey("item.id"), nullable=False),
    Column("lane", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("choice", String(64), nullable=False),
    Column("comment", Text, nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("source", String(16), nullable=False),
    Column("token", String(64), nullable=False),
    Column("group", String(64), nullable=False),
    Column("undoes", _Id, ForeignKey("event.id")),
    Column("proposal", String(64), nullable=False),
    Column("probability", Float),
    Column("codebook", String(64), nullable=False),
    Column("model", String(64), nullable=False),
    Column("basis", String(64), nullable=False),
    UniqueConstraint("item", "lane", "seq"),
    UniqueConstraint("token"),
    UniqueConstraint("undoes"),
    CheckConstraint("seq >= 1", name="seq"),
    Index(None, "reviewer", "id"),
    Index("ix_event_group", "group", sqlite_where=text("\"group\" <> ''")),
)

lane = Table(
    "lane",
    metadata,
    Column("item", _Id, ForeignKey("item.id"), primary_key=True),
    Column("lane", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("choice", String(64), nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("event", _Id),
)

lease = Table(
    "lease",
    metadata,
    Column("item", _Id, ForeignKey("item.id"), primary_key=True),
    Column("reviewer", String(64), primary_key=True),
    Column("until", Float, nullable=False),  # seconds since the epoch
    Index(None, "reviewer"),
)

person = Table(
    "person",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("password", String(200), nullable=False),  # argon2id, with its own salt and parameters
    Column("role", String(16), nullable=False),  # granskare | analytiker | samordnare
    Column("active", Boolean, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("id", String(64), primary_key=True),  # sha256 of the cookie: a stolen file opens nothing
    Column("person", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("made", Float, nullable=False),
    Column("used", Float, nullable=False),
    Column("keys", Boolean, nullable=False),  # single keys on
)

revealed = Table(
    "revealed",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("item", _Id, ForeignKey("item.id"), nullable=False),
    Column("document", String(1000), nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("at", String(32), nullable=False),
)
"""Append-only too: who saw personal data in clear, where and when."""

ruling = Table(
    "ruling",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("round", String(200), nullable=False),
    Column("mark", String(16), nullable=False),  # R7; of a general ruling taken back, its own: P11
    Column("kind", String(16), nullable=False),  # tolkning | aterkallelse
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("applies", Text, nullable=False),  # JSON list: partner, partner.skola, tabell5
    Column("projects", Text, nullable=False),  # JSON list of the cases given by hand
    Column("replaces", String(16), nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("source", String(16), nullable=False),
    Column("token", String(64), nullable=False),
    UniqueConstraint("round", "mark", "kind"),
    UniqueConstraint("token"),
)
"""Append-only too: a ruling is taken back by a line of its own, never changed."""
