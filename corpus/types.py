"""The frozen types that flow between stages; no behaviour beyond looking things up.

Lengths are in points (1/72 inch) with the origin at the top left corner of the page *as displayed*
(rotation and crop applied). Offsets are Python string offsets into `Document.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Reading(StrEnum):
    """How a page's text was obtained."""

    TEXT = "text"
    OCR = "ocr"


class TickSign(StrEnum):
    """What a tick was on the page; the reader's confidence depends on it."""

    CONTENT_CONTROL = "content_control"
    LEGACY_FIELD = "legacy_field"
    WIDGET = "widget"
    GLYPH = "glyph"
    BRACKET = "bracket"
    TYPED_X = "typed_x"
    DRAWN = "drawn"
    SCANNED = "scanned"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a displayed page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Cell:
    """Which cell of which table a line stands in; counted from 0 in reading order."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One visual line; `text[start:end]` of the document is its text after normalisation."""

    start: int
    end: int
    box: Box | None = None
    cell: Cell | None = None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """One box that can be ticked.

    `text[start:end]` is its sign, so a tick always stands where the eye meets it. Where the page
    holds a drawn box or a form field the reader puts ☒ or ☐ there itself. `certainty` is the
    reader's probability that `checked` is right; below 0.9 a human looks at the picture.
    """

    start: int
    end: int
    checked: bool
    sign: TickSign
    certainty: float = 1.0
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader wants a human to know. `code` is stable, `text` is Swedish."""

    code: str
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its range in the text, its size, its lines and ticks in reading order."""

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    reading: Reading = Reading.TEXT
    lines: tuple[Line, ...] = ()
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read.

    `text` is the whole text in reading order: running headers, footers and page numbers gone,
    hyphenation joined, wrapped lines joined by a space, paragraphs and cells ended by a newline.
    `name` is the path inside the inbox, containers included (`post.eml/blankett.docx`).
    `meta` holds what the file says about itself: subject, from, date, title.
    """

    name: str
    sha256: str
    format: str
    text: str
    pages: tuple[Page, ...]
    notes: tuple[Note, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()

    def page_at(self, offset: int) -> Page | None:
        """Return the page that holds `offset`, or None outside every page."""
        return next((p for p in self.pages if p.start <= offset < max(p.end, p.start + 1)), None)


@dataclass(frozen=True, slots=True)
class Span:
    """The words something rests on: `document`'s `text[start:end]`, on `page` (1-based)."""

    document: str
    start: int
    end: int
    page: int | None = None


# --- parse: a document as what it says it is ------------------------------------------------


class DocumentKind(StrEnum):
    """What a document is; only forms, accounts and applications become projects."""

    BLANKETT_SLUT = "blankett_slut"
    BLANKETT_DEL = "blankett_del"
    TJANSTEUTLATANDE_ANSOKAN = "tjansteutlatande_ansokan"
    TJANSTEUTLATANDE_REDOVISNING = "tjansteutlatande_redovisning"
    TJANSTEUTLATANDE_OVRIGT = "tjansteutlatande_ovrigt"
    FRI_REDOVISNING = "fri_redovisning"
    RAPPORT = "rapport"
    ANNAT = "annat"


@dataclass(frozen=True, slots=True)
class Header:
    """What identifies a project and its money; every field may be missing.

    `lan` and `kommun` are official names, the codes SCB's (two and four digits as text).
    """

    lan: str | None = None
    lanskod: str | None = None
    kommun: str | None = None
    kommunkod: str | None = None
    titel: str | None = None
    period_start: date | None = None
    period_slut: date | None = None
    beviljat_belopp: Decimal | None = None
    sokt_belopp: Decimal | None = None
    dnr: str | None = None
    datum: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The text given to one question, `text[start:end]` of the document.

    `question` is the form's own id (`mal`, `aktor_rattsvasende`, …). For free-form documents it is
    the form question that the section's heading answers, or `fritext`. The same question may occur
    several times.
    """

    question: str
    start: int
    end: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A box of the form bound to its question and option (`aktor`, `kyrka_samfund`)."""

    question: str
    option: str
    checked: bool
    start: int
    end: int
    sign: TickSign = TickSign.GLYPH
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Submission:
    """What one document says about one project. A document with two projects gives two.

    `form` is the id of the form definition (`redovisning_slut`) or None for free-form documents.
    `kind_confidence` is an uncalibrated score in 0–1; `kind_reason` says in Swedish what decided.
    `empty` is a form that nobody filled in: it never becomes a project.
    """

    document: str
    part: int
    kind: DocumentKind
    kind_confidence: float
    kind_reason: str
    form: str | None = None
    header: Header = field(default_factory=Header)
    answers: tuple[Answer, ...] = ()
    choices: tuple[Choice, ...] = ()
    empty: bool = False
    notes: tuple[Note, ...] = ()
    start: int = 0
    end: int = 0


# --- find and decide ------------------------------------------------------------------------


class Context(StrEnum):
    """What the words around a mention say about it; the gold annotations use the same values."""

    AKTIV = "aktiv"
    INBJUDEN = "inbjuden"
    PLANERAD = "planerad"
    NEJ = "tackat_nej_eller_lamnat"
    ANNAN = "annans_eller_historik"
    OMNAMND = "omnamnd"


class Role(StrEnum):
    """How a partner takes part; tables count the first two and show them apart."""

    AKTIV = "aktiv"
    INBJUDEN = "inbjuden"
    PLANERAD = "planerad"


class Origin(StrEnum):
    """What a coding rests on (`kalla` in the output)."""

    TICK = "kryss"
    RULE = "regel"
    MODEL = "modell"
    REVIEWER = "granskare"


class Status(StrEnum):
    """Whether a human should look, or has looked."""

    AUTO = "auto"
    REVIEW = "granska"
    REVIEWED = "granskad"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that speak for (or against) one category.

    `start:end` are the words themselves, `sent_start:sent_end` the sentence around them.
    `question` is the answer they stand in, `rule` the id of the rule that found them.
    """

    variable: str
    category: str
    start: int
    end: int
    sent_start: int
    sent_end: int
    context: Context
    rule: str
    question: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Coding:
    """One decided cell: does `category` of `variable` hold for this project?

    `confidence` is the probability that `value` is right. `reasons` are Swedish sentences that say
    why a human should look; empty when nobody need. `evidence` is None for ticks without text and
    for values that nothing in the documents speaks for.
    """

    variable: str
    category: str
    value: bool
    role: Role | None
    confidence: float
    status: Status
    origin: Origin
    evidence: Span | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """All submissions about one project, oldest first, and its one header."""

    id: str
    header: Header
    documents: tuple[str, ...]
    omgang: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One row of `dokument.csv`: what became of one file. `error` is Swedish, empty when read."""

    name: str
    sha256: str
    format: str
    pages: int
    kind: DocumentKind | None
    projects: tuple[str, ...]
    reading: Reading | None
    error: str = ""
