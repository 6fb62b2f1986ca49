"""What a run has read, as mappings by document name that fetch one document at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from corpus.types import Document
from pipeline.reading import Library


class Documents(Mapping[str, Document]):
    """Documents by name, fetched from the store as they are asked for: memory stays flat."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._document = lru_cache(maxsize=32)(library.document)

    def __getitem__(self, name: str) -> Document:
        return self._document(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._library.readable)

    def __len__(self) -> int:
        return len(self._library.readable)


class Texts(Mapping[str, str]):
    """The documents' texts by name."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._text = lru_cache(maxsize=128)(lambda name: documents[name].text)

    def __getitem__(self, name: str) -> str:
        return self._text(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class PageStarts(Mapping[str, tuple[int, ...]]):
    """The offsets at which the documents' pages begin, by name."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def __getitem__(self, name: str) -> tuple[int, ...]:
        return tuple(page.start for page in self._documents[name].pages)

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
