"""Each document read once: what joining and finding copies need of it, without its text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.utils import parsedate_to_datetime

from corpus.types import Answer, Document, Reading, Submission
from pipeline.parse import becomes_project, dates
from pipeline.parse.fold import fold
from pipeline.projects.sketches import Sketch, sketch
from pipeline.projects.types import Key


@dataclass(frozen=True, slots=True)
class Profile:
    """One submission in brief.

    `slim` has the goal's words and a digest of the rest at offsets of `Profiles.texts`: joining by
    it gives what joining by the whole text would. `received` is the day it came in.
    """

    submission: Submission
    slim: Submission
    sketch: Sketch | None
    scanned: bool
    received: date | None

    @property
    def key(self) -> Key:
        """Return what the submission is known by."""
        return key_of(self.submission)


@dataclass(frozen=True, slots=True)
class Profiles:
    """All submissions in brief, and the short texts that `slim` points into, by document."""

    by_key: Mapping[Key, Profile]
    texts: Mapping[str, str]

    def slim(self) -> list[Submission]:
        """Return every submission in brief."""
        return [p.slim for p in self.by_key.values()]


def key_of(submission: Submission) -> Key:
    """Return what a submission is known by."""
    return submission.document, submission.part


def profiles(
    submissions: Mapping[str, Sequence[Submission]],
    documents: Mapping[str, Document],
    noted: Callable[[str], date | None] = lambda name: None,
) -> Profiles:
    """Read each document once. `submissions` are by document; linear in the documents' length.

    `noted` is the day that somebody noted a document as received; it goes before its e-mail's.
    """
    found: dict[Key, Profile] = {}
    texts: dict[str, str] = {}
    sent: dict[str, date] = {}
    for name in sorted(submissions):
        document = documents[name]
        # Attachments are named below their letter, which sorts before them.
        own = _sent(document)
        if own:
            sent[name] = own
        letters = (sent[n] for n in _containers(name) if n in sent)
        received = noted(name) or own or next(letters, None)
        scanned = any(page.reading is Reading.OCR for page in document.pages)
        short = ""
        for submission in submissions[name]:
            words = _words(submission, document.text)
            answers, short = _short(submission, document.text, words, short)
            found[key_of(submission)] = Profile(
                submission,
                replace(submission, answers=answers),
                sketch(words) if _compared(submission) else None,
                scanned,
                received,
            )
        texts[name] = short
    return Profiles(found, texts)


def _compared(submission: Submission) -> bool:
    return becomes_project(submission)


def _words(submission: Submission, text: str) -> str:
    """Return what people wrote: the answers, without the form's own words."""
    return " ".join(" ".join(fold(text[a.start : a.end]).split()) for a in submission.answers)


def _short(
    submission: Submission, text: str, words: str, before: str
) -> tuple[tuple[Answer, ...], str]:
    """Return answers that point into `before` with the goals and a digest of all words added."""
    answers: list[Answer] = []
    parts = [before]
    at = len(before)
    for value, question in _parts(submission, text, words):
        answers.append(Answer(question, at, at + len(value)))
        parts.append(value + "\n")
        at += len(value) + 1
    return tuple(answers), "".join(parts)


def _parts(submission: Submission, text: str, words: str) -> Iterator[tuple[str, str]]:
    for answer in submission.answers:
        if answer.question == "mal":
            yield text[answer.start : answer.end], "mal"
    if words:
        yield hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest(), "allt"


def _sent(document: Document) -> date | None:
    """Return the day a letter says it was sent."""
    value = dict(document.meta).get("date", "")
    if document.format not in ("eml", "msg", "mbox") or not value:
        return None
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError):
        return dates.day(value)


def _containers(name: str) -> Iterable[str]:
    return (name[:i] for i in range(len(name) - 1, 0, -1) if name[i] == "/")
