"""One document as a web page: its text page by page, each coded passage marked and explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote as url_quote

from corpus.types import Coding, DocumentRecord, Project, Reading, Span, Status
from pipeline.evidence.links import anchor
from pipeline.evidence.marks import Marked, Marker
from pipeline.tables.contract import text_path
from pipeline.tables.judge import decider
from pipeline.tables.numbers import NBSP, probability
from pipeline.tables.types import Decider
from pipeline.tables.words import Words, county, decided_by, municipality, short

_UP = "../"  # a page lies one folder below the report
_BOXES = frozenset("☒☐☑")
_NO_WORDS = "Inget beslut vilar på ord i det här dokumentet."


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words (or a ticked box) of a document and the coding of a project that rests on them."""

    span: Span
    project: Project
    coding: Coding

    @property
    def anchor(self) -> str:
        """The anchor of the words."""
        return anchor(self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Source:
    """All that a page shows. `starts` are the offsets where its pages begin, empty if unknown."""

    record: DocumentRecord
    text: str
    starts: Sequence[int]
    projects: Sequence[Project]
    evidence: Sequence[Evidence]


def render(source: Source, words: Words) -> str:
    """Return the page as HTML. Nothing of the document's own can become markup or script."""
    known = [e for e in source.evidence if 0 <= e.span.start < e.span.end <= len(source.text)]
    known.sort(key=lambda e: (e.span.start, e.span.end, e.coding.variable, e.coding.category))
    noted: dict[str, list[Evidence]] = {}
    for one in known:
        noted.setdefault(one.anchor, []).append(one)
    marker = Marker(source.text, [_marked(ones) for ones in noted.values()])
    pages = list(_pages(source, marker, noted, words))
    name = escape(source.record.name)
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            # Whatever a report holds: this page runs nothing and asks nobody for anything.
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">\n"
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{name} – kodade ord</title>\n<style>\n{_css()}{_broken(marker)}</style>\n"
            '</head>\n<body>\n<a class="skip" href="#texten">Till texten</a>\n',
            _header(source, name),
            f"<main>\n{_contents(known, source, words)}",
            '<div id="texten">\n',
            *pages,
            "</div>\n</main>\n</body>\n</html>\n",
        )
    )


def _marked(ones: list[Evidence]) -> Marked:
    span = ones[0].span
    return Marked(span.start, span.end, ones[0].anchor, not any(e.coding.value for e in ones))


def _header(source: Source, name: str) -> str:
    record = source.record
    text = _UP + url_quote(text_path(record.name).as_posix(), errors="replace")
    facts = [_project(p) for p in source.projects]
    if record.reading is Reading.OCR:
        facts.append("Inläst från bild: enstaka ord kan vara fel lästa.")
    told = "".join(f"<p>{fact}</p>\n" for fact in facts)
    return (
        f'<header>\n<p class="kind">Dokument med kodade ord markerade</p>\n<h1>{name}</h1>\n{told}'
        f'<p class="links"><a href="{_UP}rapport.html">Till rapporten</a> '
        f'<a href="{escape(text)}">Texten utan markeringar</a></p>\n'
        '<p class="care">Sidan innehåller hela redovisningen. Hantera den som originalet.</p>\n'
        "</header>\n"
    )


def _project(project: Project) -> str:
    title = f" {escape(project.header.titel)}." if project.header.titel else ""
    where = f"{escape(municipality(project))}, {escape(county(project))}"
    return f"Projekt <b>{escape(project.id)}</b>.{title} {where}."


def _contents(evidence: list[Evidence], source: Source, words: Words) -> str:
    """A list of all marked words by what they count for: those who land at the top find them."""
    if not evidence:
        return f'<p class="none">{_NO_WORDS}</p>\n'
    rank = {key: i for i, key in enumerate(words.categories)}
    order = sorted(
        evidence,
        key=lambda e: (not e.coding.value, rank.get((e.coding.variable, e.coding.category), 0)),
    )
    several = len({e.project.id for e in evidence}) > 1
    rows = "".join(
        f'<tr><td>{_label(e, words, several)}</td><td class="who">{_how(e)}</td>'
        f'<td class="cited"><a href="#{e.anchor}">{escape(_cited(e, source))}</a></td>'
        f'<td class="page">{e.span.page or ""}</td></tr>\n'
        for e in order
    )
    return (
        "<details open>\n<summary>Kodade ord i dokumentet "
        f'<span class="count">{len(order)}</span></summary>\n<div class="wide">\n<table>\n'
        "<caption>Ord i dokumentet och vad de räknas som</caption>\n<thead><tr>"
        '<th scope="col">Kodat som</th><th scope="col">Beslutat av</th>'
        '<th scope="col">Ord</th><th scope="col" class="page">Sida</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n</details>\n"
    )


def _cited(evidence: Evidence, source: Source) -> str:
    return short(" ".join(source.text[evidence.span.start : evidence.span.end].split()), 90)


def _pages(
    source: Source, marker: Marker, noted: dict[str, list[Evidence]], words: Words
) -> Iterator[str]:
    starts = list(source.starts) or [0]
    several = len({e.project.id for ones in noted.values() for e in ones}) > 1
    for number, (start, end) in enumerate(
        zip([0, *starts[1:]], [*starts[1:], len(source.text)], strict=True), start=1
    ):
        yield f'<section aria-label="Sida {number}">\n'
        if source.starts:
            yield f'<h2 id="sida-{number}">Sida {number}</h2>\n'
        for line in marker.lines(start, end):
            if not line.ended:
                # A box that the reader put on a line of its own stands before its label.
                kind = ' class="box"' if line.text.strip() in _BOXES else ""
                yield f"<p{kind}>{line.html}</p>\n" if line.text.strip() else ""
                continue
            notes = (n for id in line.ended for n in _notes(noted[id], words, several))
            yield f'<div class="with"><p>{line.html}</p>\n<ul>{"".join(notes)}</ul></div>\n'
        yield "</section>\n"


def _notes(ones: Iterable[Evidence], words: Words, several: bool) -> Iterator[str]:
    for e in ones:
        look = ' <span class="look">Att granska</span>' if e.coding.status is Status.REVIEW else ""
        yield f'<li>{_label(e, words, several)} <span class="how">{_how(e)}</span>{look}</li>'


def _label(evidence: Evidence, words: Words, several: bool) -> str:
    coding = evidence.coding
    role = words.role(coding.role) if coding.value else ""
    label = _named(words.variable(coding), words.category(coding), role, coding.value)
    project = f"{escape(evidence.project.id)}: " if several else ""
    return f"{project}{label}"


@lru_cache(maxsize=1000)
def _named(variable: str, category: str, role: str, value: bool) -> str:
    label = f"{escape(variable)}: <b>{escape(category)}</b>"
    if not value:
        return f"Talar emot {label}"
    return f"{label} ({escape(role.lower())})" if role else label


def _how(evidence: Evidence) -> str:
    coding = evidence.coding
    who = decided_by(coding)
    if decider(coding) is Decider.PERSON:
        return who
    return f"{who}, sannolikhet{NBSP}{escape(probability(coding.confidence))}"


def _broken(marker: Marker) -> str:
    """The rules that let a link light up every piece of a span that is in pieces."""
    return "".join(
        f":root:has(#{id}:target) .{id} {{ background: #ffd54a; outline: 3px solid #7a4b00; }}\n"
        for id in marker.broken
    )


@cache
def _css() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")
