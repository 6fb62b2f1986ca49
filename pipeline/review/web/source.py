"""What stands beside the question: the page as a picture with the evidence framed, or all text."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.decisions.types import Item, State
from corpus.types import Page
from pipeline.review.web.boxes import Rect, boxes, placed
from pipeline.review.web.boxes import covers as cover_boxes
from pipeline.review.web.documents import Opened
from pipeline.review.web.extract import Extract, cut, veiled
from pipeline.review.web.pictures import DPI

PICTURE, TEXT = "bild", "text"
FREE = ("", "fritext")
"""The questions of words that answer none: a letter without headings."""
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Turn:
    """Another view of the same: the address of the whole page, and of this side alone."""

    page: str
    part: str


@dataclass(frozen=True, slots=True)
class Source:
    """The right-hand side of a card.

    `picture` is empty where the page must not be shown: it holds personal data without a place.
    `reveal` is then where it is asked for; of a dispute, whose card lies elsewhere, it is not.
    """

    view: str
    document_name: str
    drawable: bool
    no_picture: str = ""
    picture: str = ""
    reveal: str = ""
    width: int = 0
    height: int = 0
    rects: tuple[Rect, ...] = ()
    answer_only: bool = False
    page: int = 0
    pages: int = 0
    whole: Extract | None = None
    other: Turn | None = None
    previous: Turn | None = None
    next: Turn | None = None


def source(item: Item, opened: Opened | None, view: str, number: int | None, clear: bool) -> Source:
    """Return the right-hand side of an item's card.

    `view` is a wish, `number` the page wished for; `clear` shows personal data.
    """
    proposal = item.proposal
    if opened is None:
        return Source(
            TEXT, veiled(proposal.document, clear), False, "Det finns ingen handling att visa."
        )
    page = _page(item, opened, number) if opened.drawable and view != TEXT else None
    other = PICTURE if view == TEXT else TEXT
    common = {
        "document_name": veiled(proposal.document, clear),
        "drawable": opened.drawable,
        "other": _to(item, f"vy={other}", clear),
    }
    if page is None:
        hidden = () if clear else opened.hidden
        text = opened.document.text
        no_picture = "" if opened.drawable else _why_no_picture(opened.document.format)
        whole = cut(text, 0, len(text), evidence(item), hidden)
        return Source(TEXT, no_picture=no_picture, whole=whole, **common)  # type: ignore[arg-type]
    shown = covers(opened, page)
    count = len(opened.document.pages)
    return Source(
        PICTURE,
        picture=picture_address(item, page.number, clear) if clear or shown is not None else "",
        reveal="" if item.state is State.DISPUTED else f"/post/{item.id}/visa",
        width=round(page.width / _POINTS_PER_INCH * DPI),
        height=round(page.height / _POINTS_PER_INCH * DPI),
        rects=boxes(page, evidence(item) or _answer(item)),
        answer_only=not evidence(item),
        page=page.number,
        pages=count,
        previous=_turn(item, page.number - 1, count, clear),
        next=_turn(item, page.number + 1, count, clear),
        **common,  # type: ignore[arg-type]
    )


def evidence(item: Item) -> tuple[tuple[int, int], ...]:
    """Return the range of an item's evidence, as spans to mark."""
    start, end = item.proposal.start, item.proposal.end
    return () if start is None or end is None else ((start, end),)


def _answer(item: Item) -> tuple[tuple[int, int], ...]:
    """Return the range of the answer to a form's question; a letter's is all of it, so none."""
    start, end = item.proposal.answer_start, item.proposal.answer_end
    if start is None or end is None or item.proposal.question in FREE:
        return ()
    return ((start, end),)


def covers(opened: Opened, page: Page) -> tuple[Rect, ...] | None:
    """Return what to paint over on a page, or None where that cannot be told."""
    here = [(m.start, m.end) for m in opened.hidden if m.start < page.end and page.start < m.end]
    return cover_boxes(page, here) if placed(page, here) else None


def first_page(item: Item, opened: Opened) -> Page | None:
    """Return the page that an item's card shows first."""
    return _page(item, opened, None) if opened.drawable else None


def picture_address(item: Item, number: int, clear: bool) -> str:
    """Return the address of a page's picture."""
    return f"/bild/{item.id}/{number}" + ("?klar=1" if clear else "")


def _page(item: Item, opened: Opened, number: int | None) -> Page | None:
    if number is not None:
        return opened.page(number)
    proposal = item.proposal
    at = proposal.start if proposal.start is not None else proposal.answer_start
    found = opened.document.page_at(at) if at is not None else None
    return found or opened.page(proposal.page or 1) or next(iter(opened.document.pages), None)


def _turn(item: Item, number: int, count: int, clear: bool) -> Turn | None:
    if not 1 <= number <= count:
        return None
    return _to(item, f"sida={number}", clear)


def _to(item: Item, query: str, clear: bool) -> Turn:
    shown = f"{query}&klar=1" if clear else query
    return Turn(f"/post/{item.id}?{query}", f"/post/{item.id}/underlag?{shown}")


def _why_no_picture(format: str) -> str:
    kind = {
        "docx": "Ett Word-dokument",
        "doc": "Ett Word-dokument",
        "odt": "En OpenDocument-text",
        "rtf": "Ett RTF-dokument",
        "eml": "Ett e-brev",
        "msg": "Ett e-brev",
        "txt": "En textfil",
    }.get(format, "Handlingen")
    return f"{kind} har ingen bild av sidan. Här är hela texten."
