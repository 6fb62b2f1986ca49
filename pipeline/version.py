"""What a stored result was made by: digests of the reader's and the rules' own sources and data.

A changed reader re-reads, a changed rule or word list re-analyses, and nobody has to remember to
raise a number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_READER = ("pipeline/ingest",)
_RULES = (
    "pipeline/parse",
    "pipeline/language",
    "pipeline/rules",
    "annotations",
    "corpus/types.py",
    "models/language/lemmas.py",
    "models/trained/sv/sha256",
)
# What reviewers decided comes after the rules: a change there asks for no new analysis.
_NOT_RULES = ("annotations/decisions",)
_SUFFIXES = frozenset({".py", ".yaml", ".csv", ".tsv", ".txt", ".gz"})


@cache
def reader_version(*abilities: str) -> str:
    """Return a digest of the readers and of what the machine can do (`ocr`, `office`).

    The abilities count because a scan that failed for want of OCR must be tried again once there.
    """
    return _digest(_files(_READER), abilities)


@cache
def rules_version() -> str:
    """Return a digest of everything between a Document and its mentions."""
    return _digest(_files(_RULES), ())


def _files(places: tuple[str, ...]) -> Iterable[Path]:
    for place in places:
        path = _ROOT / place
        if path.is_file():
            yield path
        else:
            left_out = tuple(_ROOT / name for name in _NOT_RULES)
            yield from sorted(
                p
                for p in path.rglob("*")
                if p.suffix in _SUFFIXES and p.is_file() and not set(left_out) & set(p.parents)
            )


def _digest(files: Iterable[Path], extra: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\0".join(extra).encode())
    for file in files:
        digest.update(file.relative_to(_ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
