"""The written reports as material: their answers with marks, and sentences that can be lent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from corpus.records import Gold, RecordError
from corpus.simulate.pieces import Mark, Piece, sentences
from corpus.simulate.words import brought_up, is_modern, names_it, words
from corpus.written import FOLDER, WrittenReport, load_written

COUNTED = ("aktiv", "inbjuden")
_PARTS = re.compile(r"\s*[(),/]\s*(?=\w)|\)$")
_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)\D(\d{4}-\d\d-\d\d)$")
# A date of another project's would not fit in time.
_DATED = r"(?:19|20)\d\d|[-'’]\d\d\b|tjugohundra|tjugotjugo"
# A list entry without a verb says nothing in another place.
_VERB = re.compile(
    r"\b(?:har|är|var|blev|fick|får|kom|satt|gick|höll|tog|ska|skulle|kan|deltog|deltar|ingår|"
    r"\w+(?:ade|ades|ats|tts|tes|des|rde|kte))\b"
)
# What is told in words that fit elsewhere; structures are told of each in its own way.
_LENT = ("partner.", "malgrupp.", "utbildning", "lansstyrelsen_aktiv")
_NEW_AGE = 2012  # reports from this year on are written in another age's words


class LibraryError(ValueError):
    """No written reports to recombine, or lines that cannot be read."""


@dataclass(frozen=True)
class Source:
    """One written report: its fields as pieces (free-form documents have the field `text`).

    `ticked` are the codes that only a tick carries.
    """

    id: str
    writer: str
    lan: str
    kommun: str
    districts: tuple[str, ...]
    blankett: str
    titel: str
    start: date | None
    end: date | None
    belopp: int | None
    gold: Gold
    fields: Mapping[str, Piece]
    ticked: frozenset[str]

    @cached_property
    def codes(self) -> frozenset[str]:
        """The report's codes; a partner that is only planned has none."""
        return frozenset(gold_codes(self.gold))

    @cached_property
    def unsaid(self) -> frozenset[str]:
        """The codes that neither words nor a tick carry: they follow from the whole."""
        said = {m.code for p in self.fields.values() for m in p.marks}
        return self.codes - said - self.ticked

    @cached_property
    def of_a_city(self) -> bool:
        """Whether a district of a city wrote it."""
        return any(re.search("stadsdel", p.text, re.I) for p in self.fields.values())

    @cached_property
    def old(self) -> bool:
        """Whether it could have been written in 2008–2011."""
        if self.start is not None and self.start.year < _NEW_AGE:
            return True
        return not any(is_modern(p.text) for p in self.fields.values()) and not is_modern(
            self.titel
        )


@dataclass(frozen=True)
class Loan:
    """A sentence (or a whole answer) that can stand in another report, and where it stood."""

    source: Source
    field: str
    piece: Piece
    codes: frozenset[str]
    roles: Mapping[str, str]
    hints: frozenset[str]


@dataclass(frozen=True)
class Library:
    """All sources, and the loans by the code that they carry."""

    sources: tuple[Source, ...]
    loans: Mapping[str, tuple[Loan, ...]]
    answers: Mapping[str, tuple[Loan, ...]]


def load_library(folder: Path = FOLDER, places: Iterable[str] = ()) -> Library:
    """Read the written reports below a folder; `places` are names that a loan may hold.

    Raises LibraryError where there are none or one cannot be read.
    """
    try:
        sources = [_source(written) for written in load_written(folder)]
    except RecordError as error:
        raise LibraryError(str(error)) from error
    if not sources:
        raise LibraryError(
            f"no written reports (*.jsonl) in {folder}; they come with the source code, "
            "or name their folder with --corpus"
        )
    names = frozenset(places) | frozenset(words().known_names)
    usable = tuple(s for s in sources if s.old)
    answers = _by_code(_answers(usable))
    named = {
        code: tuple(loan for loan in loans if names_it(code).search(loan.piece.text))
        for code, loans in _by_code(_lent(usable, names)).items()
        if code.startswith(_LENT)
    }
    return Library(usable, {code: loans for code, loans in named.items() if loans}, answers)


def gold_codes(gold: Gold) -> Iterator[str]:
    """Yield the codes that gold holds, partners in counted roles only."""
    yield from (f"struktur.{c}" for c in gold.struktur)
    yield from (f"partner.{p}" for p, role in gold.partner.items() if role in COUNTED)
    yield from (f"malgrupp.{c}" for c in gold.malgrupp)
    yield f"maluppfyllelse.{gold.maluppfyllelse}"
    yield from (f"integrering.{c}" for c in gold.integrering)
    yield f"status.{gold.status}"
    for flag in ("utbildning", "reell_samverkan", "tillfallig", "lansstyrelsen_aktiv"):
        if getattr(gold, flag):
            yield flag


def _source(written: WrittenReport) -> Source:
    report = written.report
    gold = report.gold
    marks: dict[str, list[Mark]] = defaultdict(list)
    for code, passage in written.evidence.items():
        if passage is not None:
            context = str(gold.partner.get(code[8:], "")) if code.startswith("partner.") else ""
            mark = Mark(_code(code, gold), passage.start, passage.end, context)
            marks[passage.field].append(mark)
    for mention in written.mentions:
        place = mention.passage
        mark = Mark(f"partner.{mention.actor}", place.start, place.end, str(mention.context))
        marks[place.field].append(mark)
    found = _PERIOD.match(report.period or "")
    start, end = map(date.fromisoformat, found.groups()) if found else (None, None)
    if start is None and written.year is not None:
        start = date(written.year, 1, 1)
    names = [name for name in _PARTS.split(report.kommun) if name]
    return Source(
        id=report.id,
        writer=written.writer,
        lan=report.lan,
        kommun=names[0],
        districts=tuple(names[1:]),
        blankett=report.blankett,
        titel=report.titel or "",
        start=start,
        end=end,
        belopp=report.belopp,
        gold=gold,
        fields={name: Piece(text, tuple(marks[name])) for name, text in written.fields.items()},
        ticked=frozenset(c for c, passage in written.evidence.items() if passage is None),
    )


def _code(code: str, gold: Gold) -> str:
    """Return an evidence key as a code; words that speak against a flag get a minus sign."""
    if code in ("maluppfyllelse", "status"):
        return f"{code}.{getattr(gold, code)}"
    if code in ("utbildning", "reell_samverkan", "tillfallig", "lansstyrelsen_aktiv"):
        return code if getattr(gold, code) else f"-{code}"
    return code


def _by_code(loans: Iterable[Loan]) -> dict[str, tuple[Loan, ...]]:
    found: dict[str, list[Loan]] = defaultdict(list)
    for loan in loans:
        for code in sorted(loan.codes):
            found[code].append(loan)
    return {code: tuple(some) for code, some in found.items()}


def _lent(sources: Iterable[Source], names: frozenset[str]) -> Iterator[Loan]:
    """Yield the sentences that carry a code and stand on their own legs."""
    begins = re.compile(words().leaning.begins, re.I)
    holds = re.compile(f"{words().leaning.holds}|{_DATED}", re.I)
    for source in sources:
        for field, piece in source.fields.items():
            for start, end in sentences(piece.text):
                text = piece.text[start:end]
                if not (35 <= len(text) <= 230 and text[0].isupper() and text[-1] == "."):
                    continue
                if not _VERB.search(text):
                    continue
                if begins.search(text) or holds.search(text) or _strangers(text, names):
                    continue
                # Quotes that run over the sentence's edge do not carry their code by it alone.
                cut = piece.cut(start, end)
                whole = tuple(
                    m for m in piece.marks if (m.start >= start and m.end <= end) or m.context
                )
                kept = {m.code for m in whole}
                cut = Piece(cut.text, tuple(m for m in cut.marks if m.code in kept))
                loan = _loan(source, field, cut)
                if loan.codes:
                    yield loan


def _answers(sources: Iterable[Source]) -> Iterator[Loan]:
    """Yield whole answers about goal attainment and integration, for other reports' own."""
    begins = re.compile(words().leaning.begins, re.I)
    holds = re.compile(rf"se ovan|som sagt|ovan\b|nedan\b|kryss|rutan|bilaga|{_DATED}", re.I)
    for source in sources:
        for field in ("maluppfyllelse", "integrering"):
            piece = source.fields.get(field)
            if piece is None or not 20 <= len(piece.text) <= 400:
                continue
            own = [m for m in piece.marks if m.code.startswith(f"{field}.")]
            leaning = holds.search(piece.text) or begins.search(piece.text)
            if own and piece.text[0].isupper() and not leaning:
                yield _loan(source, field, piece)


def _loan(source: Source, field: str, piece: Piece) -> Loan:
    codes = {m.code for m in piece.marks if m.context in ("", *COUNTED)}
    roles: dict[str, str] = {}
    for mark in piece.marks:
        if mark.context in COUNTED:
            roles[mark.code] = mark.context
    return Loan(source, field, piece, frozenset(codes), roles, brought_up(piece.text))


def _strangers(text: str, names: frozenset[str]) -> bool:
    """Tell whether a sentence holds a name that its new readers would not know."""
    inner = re.findall(r"(?<=[^\s.])\s+([A-ZÅÄÖ][\w:-]*)", text)
    return any(w not in names and w.removesuffix("s") not in names for w in inner)
