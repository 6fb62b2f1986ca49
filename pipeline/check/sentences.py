"""From a document's running text to sentences, each with its section and what time it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.types import Document
from pipeline.check.types import Scope, Sentence
from pipeline.check.words import Words

_END = re.compile(
    r"(?<=[\wåäö)”\"%>][.!?])(?<!\bt\.ex\.)(?<!\bbl\.a\.)(?<!\bca\.)(?<!\bnr\.)(?<!\bkap\.)"
    r"(?<!\bs\.)(?<!\bex\.)(?<!\bresp\.)(?<!\bdvs\.)(?<!\bst\.)\s+(?=[A-ZÅÄÖ\d”\"*–-])"
)
_YEARS = re.compile(
    r"(?<![\d:/.,-])((?:19|20)\d\d)(?:-\d\d-\d\d|(?:\s?[–—-]\s?|/)((?:19|20)?\d\d))?(?![\d:,]\d|\d)"
)
_CONTENTS = re.compile(r"\.{4,}\s*\d+\s*$|^\d+(?:\.\d+)*\s+\S.*\s\d{1,3}$")
_LONG = 60
# "1 Utvärdering räknas bara …": the mark of a note or a point counts nothing.
_MARK = re.compile(r"^(?:[•·]\s*)?\d{1,3}[ \t]+(?=[A-ZÅÄÖ])")
_TAG = re.compile(r"<sup>.*?</sup>|</?\w+[^>]*>")


def sentences_of(document: Document, words: Words) -> tuple[Sentence, ...]:
    """Return the sentences outside tables, in order. Broken paragraphs are put together again."""
    return tuple(_sentences(document, words))


def scope_of(text: str, words: Words) -> Scope:
    """Say what years a text names and whether it is about an earlier report or round."""
    return Scope(years_in(text), re.search(words.period.earlier, text, re.IGNORECASE) is not None)


def years_in(text: str) -> frozenset[int]:
    """Return the years a text names; a span of years (2008–2010) gives both its ends."""
    years: set[int] = set()
    for match in _YEARS.finditer(text):
        first = int(match[1])
        years.add(first)
        if last := match[2]:
            years.add(int(last) if len(last) == 4 else first // 100 * 100 + int(last))
    return frozenset(years)


def _sentences(document: Document, words: Words) -> Iterator[Sentence]:
    several = len(document.pages) > 1
    section, earlier, appendix, after_heading = "", False, False, False
    for page, text, heading in _paragraphs(document):
        if heading:
            # A heading of two lines; one that stops and another that begins are two.
            section = f"{section} {text}" if after_heading and text[0].islower() else text
            after_heading = True
            text = section
            earlier = re.search(words.period.earlier_heading, text, re.IGNORECASE) is not None
            appendix = appendix or bool(re.match(words.period.appendix, text, re.IGNORECASE))
            continue
        after_heading = False
        for part in _END.split(text):
            part = part.strip()
            if len(part) < 8 or _CONTENTS.search(part):
                continue
            scope = scope_of(part, words)
            yield Sentence(
                part,
                page if several else None,
                section,
                Scope(scope.years, scope.earlier or earlier),
                appendix,
            )


def _paragraphs(document: Document) -> Iterator[tuple[int, str, bool]]:
    """Yield page, text and whether it is a heading; one that goes on after a break is joined."""
    held: tuple[int, str] | None = None
    for page, raw, heading, cell in _lines(document):
        text = _TAG.sub("", raw).replace("*", "").strip()
        if not text or set(text) <= set("-–—_ "):
            continue
        if heading or cell:
            if held and not cell:
                yield (*held, False)
                held = None
            if heading:
                yield page, text, True
            continue
        text = _MARK.sub("", text)
        if held and _goes_on(held[1], text):
            held = (held[0], f"{held[1]} {text}")
            continue
        if held:
            yield (*held, False)
        held = (page, text)
    if held:
        yield (*held, False)


def _lines(document: Document) -> Iterator[tuple[int, str, bool, bool]]:
    """Yield paragraphs (lines up to the next newline), headings and cells of tables."""
    for page in document.pages:
        start: int | None = None
        for line in page.lines:
            apart = line.cell is not None or line.heading
            if apart and start is not None:
                yield page.number, document.text[start : line.start].strip(), False, False
                start = None
            if apart:
                text = document.text[line.start : line.end]
                yield page.number, text, line.cell is None, line.cell is not None
                continue
            start = line.start if start is None else start
            if document.text[line.end : line.end + 1] in ("\n", ""):
                yield page.number, document.text[start : line.end], False, False
                start = None
        if start is not None:
            yield page.number, document.text[start : page.end].strip(), False, False


def _goes_on(first: str, second: str) -> bool:
    """A long paragraph that ends in no stop, before one that begins small or with a figure."""
    begins = second[0].islower() or (second[0].isdigit() and not re.match(r"\d+[.)]", second))
    return len(first) >= _LONG and first[-1] not in ".!?:;" and begins
