"""Digests of the words a decision rests on: a decision stands while its words still stand.

Of words in an older document the newer documents are part of what a decision rests on: when a
project's final report arrives, what was decided from the interim one is asked again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from corpus.types import Answer, Document, Span, Submission

_SIZE = 16  # bytes


def basis(
    evidence: Span, submissions: Sequence[Submission], documents: Mapping[str, Document]
) -> str:
    """Return the digest of the answer around the evidence, else of all its submission says.

    `submissions` are the project's, oldest first.
    """
    for i, submission in enumerate(submissions):
        if submission.document != evidence.document:
            continue
        for answer in submission.answers:
            if answer.start <= evidence.start and evidence.end <= answer.end:
                newer = _texts(submissions[i + 1 :], documents)
                return _digest(answer.question, _text(answer, submission, documents), *newer)
    for i, submission in enumerate(submissions):
        start, end = part(submission, documents)
        if submission.document == evidence.document and start <= evidence.start < end:
            return _digest(*_texts(submissions[i:], documents))
    return whole(submissions, documents)


def whole(submissions: Sequence[Submission], documents: Mapping[str, Document]) -> str:
    """Return the digest of all that a project's submissions say: what a silence rests on."""
    return _digest(*_texts(submissions, documents))


class Bases(Mapping[str, Set[str]]):
    """Every digest that a decision on a project may rest on today, by project.

    Made when asked for: only projects that somebody has decided something about are ever asked.
    """

    def __init__(
        self,
        submissions: Mapping[str, Sequence[Submission]],
        documents: Mapping[str, Document],
    ) -> None:
        self._submissions = submissions
        # Asked for decision by decision, project after project.
        self._of = lru_cache(maxsize=16)(lambda id: frozenset(_all(submissions[id], documents)))

    def __getitem__(self, project: str) -> Set[str]:
        return self._of(project)

    def __iter__(self) -> Iterator[str]:
        return iter(self._submissions)

    def __len__(self) -> int:
        return len(self._submissions)


def part(submission: Submission, documents: Mapping[str, Document]) -> tuple[int, int]:
    """Return the stretch of its document that a submission is; all of it where none is given."""
    if submission.end > submission.start:
        return submission.start, submission.end
    return 0, len(documents[submission.document].text)


def _all(submissions: Sequence[Submission], documents: Mapping[str, Document]) -> Iterator[str]:
    for i, submission in enumerate(submissions):
        newer = list(_texts(submissions[i + 1 :], documents))
        for answer in submission.answers:
            yield _digest(answer.question, _text(answer, submission, documents), *newer)
        yield _digest(*_texts(submissions[i:], documents))


def _text(answer: Answer, submission: Submission, documents: Mapping[str, Document]) -> str:
    return documents[submission.document].text[answer.start : answer.end]


def _texts(submissions: Sequence[Submission], documents: Mapping[str, Document]) -> Iterator[str]:
    for submission in submissions:
        start, end = part(submission, documents)
        yield documents[submission.document].text[start:end]


def _digest(*texts: str) -> str:
    """Return a digest of words: how lines are broken and spaced says nothing."""
    digest = hashlib.blake2b(digest_size=_SIZE)
    for text in texts:
        digest.update(" ".join(text.split()).encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
