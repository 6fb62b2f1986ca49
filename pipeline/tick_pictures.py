"""Ticks that a scan left in doubt, each with the picture of its box for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.forms import load_forms
from corpus.types import Box, Choice, Document, Page, Submission, TickSign
from pipeline.engine.processes import Limits, run
from pipeline.reading import Library
from pipeline.tables.types import TickPicture

# The reader's own line: below it a person looks (see `corpus.types.Tick`).
SURE = 0.9


@dataclass(frozen=True, slots=True)
class _Cut:
    """What a child needs to cut one picture, and what the picture is of."""

    path: Path
    page: Page
    box: Box
    about: TickPicture


def tick_pictures(
    submissions: Mapping[str, Sequence[Submission]], library: Library, jobs: int, limits: Limits
) -> tuple[TickPicture, ...]:
    """Return the doubtful scanned ticks in the order of documents, pages and lines.

    The pages are opened again in child processes. A picture that cannot be cut stays empty: the
    tick is listed all the same.
    """
    cuts = [
        cut
        for name, ones in sorted(submissions.items())
        if any(_in_doubt(choice) for one in ones for choice in one.choices)
        for cut in _cuts(library, library.document(name), ones)
    ]
    pictures: dict[int, TickPicture] = {}
    for outcome in run(_cut, list(enumerate(cuts)), jobs=jobs, limits=limits):
        number, cut = outcome.task
        pictures[number] = outcome.result or cut.about
    return tuple(pictures[number] for number in sorted(pictures))


def _in_doubt(choice: Choice) -> bool:
    return choice.sign is TickSign.SCANNED and choice.certainty < SURE


def _cuts(
    library: Library, document: Document, submissions: Sequence[Submission]
) -> Iterator[_Cut]:
    boxes = {
        tick.start: (page, tick.box)
        for page in document.pages
        for tick in page.ticks
        if tick.box is not None
    }
    for submission in submissions:
        for choice in submission.choices:
            if _in_doubt(choice) and choice.start in boxes:
                page, box = boxes[choice.start]
                assert box is not None
                about = TickPicture(
                    document=document.name,
                    page=page.number,
                    label=_label(submission, choice),
                    checked=choice.checked,
                    certainty=choice.certainty,
                )
                # Only the page's size matters for the cut; its lines need not travel.
                bare = Page(page.number, 0, 0, page.width, page.height)
                yield _Cut(library.sources[document.name].path, bare, box, about)


def _label(submission: Submission, choice: Choice) -> str:
    form = next((f for f in load_forms() if f.id == submission.form), None)
    question = form.question(choice.question) if form else None
    options = question.options if question else ()
    option = next((o for o in options if o.id == choice.option), None)
    if option is None:
        return f"{choice.question}: {choice.option}"
    return option.label or option.anchors[0]


def _cut(task: tuple[int, _Cut]) -> TickPicture:
    from dataclasses import replace

    from pipeline.errors import ReadError
    from pipeline.ingest.scan_crop import crop

    _, cut = task
    try:
        return replace(cut.about, picture=crop(cut.path, cut.page, cut.box))
    except ReadError:
        return cut.about
