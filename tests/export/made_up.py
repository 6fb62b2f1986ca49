"""Results folders made for tests, hostile on purpose. Every name and sentence is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from annotations.codebook import load
from corpus.types import (
    Coding,
    DocumentKind,
    DocumentRecord,
    Header,
    Origin,
    Project,
    Reading,
    Role,
    Span,
    Status,
)
from pipeline.tables.contract import write_contract
from pipeline.tables.quotes import collect
from pipeline.tables.types import Round

BOOK = load()
LEAVES = [(c.variable, c.id) for c in BOOK.leaves()]
# Signs that have broken somebody's offsets: outside the first plane, combining, joined, reversed,
# line ends of every kind, a byte order mark in mid-text.
ODD = "aÅ😀👩‍👩‍👧e\u0301\u200d\u202e\u2028\ufeff\u00a0\n\r\t\x0b\x0c\x85<&>\"']]>𝒮"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=60)
Place = tuple[int, int]


@st.composite
def texts_with_places(draw: st.DrawFn) -> tuple[str, list[Place]]:
    """A text that is not empty and up to six places in it, `0 <= start < end <= len(text)`."""
    text = draw(texts.filter(bool))
    places = draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(
                lambda p: p[0] != p[1]
            ),
            max_size=6,
        )
    )
    return text, [(min(p), max(p)) for p in places]


def folder(path: Path, text: str, places: Sequence[Place], name: str = "rapport.docx") -> Path:
    """A results folder with one document, each place holding the next category of the codebook."""
    codings = tuple(
        Coding(variable, id, i < len(places), None, 0.75, Status.AUTO, Origin.RULE, span)
        for i, (variable, id) in enumerate(LEAVES)
        for span in (Span(name, *places[i], 1) if i < len(places) else None,)
    )
    return written(path, {name: text}, {"P1": codings})


def hostile(path: Path) -> Path:
    """Names with everything that some format takes for its own, a tick, roles, a reviewer."""
    name = 'arkiv.zip/=cmd|"A1";\nb<&>\x07.docx'
    text = "Kvinnojouren deltar i varje möte.\nPolisen bjöds in.\n=SUMMA(A1)"
    said = ('Orden "=1+1" säger\nolika saker \x00.',)
    holds = {
        ("partner", "kvinnojour"): (Role.AKTIV, Span(name, 0, 12, 1), Origin.RULE, said),
        ("partner", "polis"): (Role.INBJUDEN, Span(name, 34, 41, 1), Origin.REVIEWER, ()),
        ("malgrupp", "kvinnor"): (None, None, Origin.TICK, ()),
        ("status", "oklart"): (None, None, Origin.RULE, ()),
    }
    codings = tuple(
        Coding(v, id, bool(h), h[0], 0.5, Status.REVIEW, h[2], h[1], h[3])
        if (h := holds.get((v, id)))
        else Coding(v, id, False, None, 0.98, Status.AUTO, Origin.MODEL)
        for v, id in LEAVES
    )
    return written(path, {name: text, "b; c.txt": ""}, {'=HYPERLINK("x")\t1': codings})


def written(
    path: Path, texts: Mapping[str, str], codings: Mapping[str, tuple[Coding, ...]]
) -> Path:
    """A results folder in which every project has every document."""
    header = Header(
        lan="Skåne",
        kommun="Åstad",
        titel='+Trygg; "hemma"\nnu',
        period_start=date(2009, 1, 1),
        beviljat_belopp=Decimal("150000.50"),
    )
    documents = tuple(
        DocumentRecord(
            name, "0" * 64, "docx", 1, DocumentKind.BLANKETT_SLUT, tuple(codings), Reading.TEXT
        )
        for name in texts
    )
    projects = tuple(Project(id, header, tuple(texts), "2008–2010") for id in codings)
    round = Round("2008–2010", documents, projects, codings, texts)
    write_contract(round, BOOK, collect(round), path)
    return path
