"""From raw lines to a Document: running headers out, hyphens joined, paragraphs, offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from corpus.types import Document, Line, Page, Reading, Tick
from pipeline.ingest.base import Raw, RawLine, RawPage
from pipeline.ingest.normalise_margins import Place, running_key, running_lines
from pipeline.ingest.normalise_paragraphs import between, measure, over_the_page
from pipeline.ingest.normalise_text import HYPHEN, clean_line
from pipeline.ingest.normalise_twins import paired


def assemble(raw: Raw, name: str, sha256: str) -> Document:
    """Put the raw pages together into one text in which every line and tick has its offsets.

    Lines of one paragraph are joined by a space, a word hyphenated over two lines by nothing;
    paragraphs, cells and headings end with a newline. An empty raw line separates paragraphs. What
    runs at the edge of the pages is left out of the text and kept in `meta` as `sidhuvud`, once
    each: a journal number often stands only there.
    """
    pages = paired(
        [replace(p, lines=tuple(clean_line(line) for line in p.lines)) for p in raw.pages]
    )
    running = running_lines(pages)
    placed = [
        (page, [line for i, line in enumerate(page.lines) if (p, i) not in running])
        for p, page in enumerate(pages)
    ]
    writer = _Writer()
    for page, lines, joints in _joints(placed):
        writer.page(page, lines, joints)
    meta = raw.meta + tuple(("sidhuvud", text) for text in _once(pages, running))
    return Document(
        name, sha256, raw.format, "".join(writer.text), tuple(writer.pages), raw.notes, meta
    )


def _once(pages: Sequence[RawPage], running: set[Place]) -> list[str]:
    """Return the running lines, those that differ only in digits once."""
    texts: dict[str, str] = {}
    for p, i in sorted(running):
        text = pages[p].lines[i].text.replace(HYPHEN, "-")
        if any(c.isalpha() for c in text):  # Page numbers say nothing.
            texts.setdefault(running_key(text), text)
    return list(texts.values())


def _joints(
    placed: Sequence[tuple[RawPage, list[RawLine]]],
) -> Iterator[tuple[RawPage, list[RawLine], list[str]]]:
    """Yield each page with its filled lines and, for each of them, what comes after it."""
    for p, (page, lines) in enumerate(placed):
        room = measure(lines, ink=page.reading is Reading.OCR)
        filled = [line for line in lines if line.text]
        joints: list[str] = []
        opener: RawLine | None = None
        for line, following in zip_longest(lines, lines[1:]):
            if not line.text:
                opener = None
                continue
            opener = opener or line
            joint = between(line, following, opener, room) if following else "\n"
            if joint == "\n" and following and _new_column(line, following):
                joint = over_the_page(line, following)
            joints.append(joint)
            if joint == "\n":
                opener = None
        after = next((rest[0] for _, rest in placed[p + 1 : p + 2] if rest), None)
        if filled and after and after.text and lines[-1].text:
            joints[-1] = over_the_page(filled[-1], after)
        yield page, filled, joints


def _new_column(line: RawLine, following: RawLine) -> bool:
    return bool(line.box and following.box and following.box.bottom < line.box.top)


@dataclass(slots=True)
class _Writer:
    """The text so far; nothing is ever changed once written, so offsets stay true."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[Page] = field(default_factory=list)

    def page(self, page: RawPage, lines: list[RawLine], joints: list[str]) -> None:
        """Write one page's lines, each followed by its joint."""
        page_start = self.length
        written: list[Line] = []
        ticks: list[Tick] = []
        for line, joint in zip(lines, joints, strict=True):
            start = self.length
            ticks.extend(
                Tick(start + t.at, start + t.at + t.length, t.checked, t.sign, t.certainty, t.box)
                for t in line.ticks
            )
            text = line.text.removesuffix(HYPHEN)
            if text != line.text and joint != "":
                text += "-"
            self._put(text)
            written.append(Line(start, self.length, line.box, line.cell, line.heading))
            self._put("" if joint == "-" else joint)
        self.pages.append(
            Page(
                number=page.number,
                start=page_start,
                end=self.length,
                width=page.width,
                height=page.height,
                reading=page.reading,
                lines=tuple(written),
                ticks=tuple(ticks),
            )
        )

    def _put(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)
