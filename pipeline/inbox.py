"""The inbox on disk: which files there are, by content, and which cannot be read at all."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ReadError

MAX_FILE_BYTES = 200 * 1024 * 1024
# What operating systems and office programs leave behind; never somebody's report.
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `name` is its path inside the inbox with forward slashes.

    `container` is the inbox's own file that it was unpacked from, None for a file of the inbox.
    """

    name: str
    path: Path
    sha256: str
    container: Path | None = None

    @property
    def key(self) -> str:
        """What the store knows the file by: its content, and the suffix that may guide reading."""
        return f"{self.sha256}{self.path.suffix.lower()}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot even be opened, and why."""

    name: str
    error: ReadError


def walk(inbox: Path) -> Iterator[Source | Unreadable]:
    """Yield every file below `inbox` in the order of its name; links are never followed.

    `inbox` may also be a single file.
    """
    if inbox.is_file():
        yield look(inbox, printable(inbox.name))
        return
    taken: set[str] = set()
    for folder, folders, files in os.walk(inbox, followlinks=False):
        folders.sort()
        here = Path(folder)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted([*files, *links]):
            if not _is_litter(name):
                path = here / name
                shown = _unique(printable(path.relative_to(inbox).as_posix()), taken)
                yield look(path, shown)


def look(path: Path, name: str) -> Source | Unreadable:
    """Return the file with its content hash, or why it cannot be read."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            return Unreadable(
                name,
                ReadError(
                    "lank",
                    "Det är en länk, inte en fil; länkar följs inte.",
                    "Lägg själva filen i inkorgen.",
                ),
            )
        if not stat.S_ISREG(status.st_mode):
            return Unreadable(
                name, ReadError("inte_fil", "Det är inte en vanlig fil.", "Ta bort den.")
            )
        if status.st_size > MAX_FILE_BYTES:
            size = status.st_size // (1024 * 1024)
            return Unreadable(
                name,
                ReadError(
                    "for_stor",
                    f"Filen är för stor ({size} MB; gränsen är {MAX_FILE_BYTES // 1024**2} MB).",
                    "Dela upp den eller spara den med lägre bildupplösning.",
                ),
            )
        return Source(name, path, _sha256(path))
    except OSError as error:
        return Unreadable(
            name,
            ReadError(
                "oatkomlig",
                f"Filen kan inte öppnas ({error.strerror or error}).",
                "Kontrollera behörigheten och att ingen annan har den öppen.",
            ),
        )


def printable(name: str) -> str:
    """Return a file name that every result file can hold.

    Bytes that are no UTF-8 (an old disk, a foreign archive) and control characters become �.
    """
    text = os.fsencode(name).decode("utf-8", errors="replace")
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) == "Cc" else c for c in text
    )


def _unique(name: str, taken: set[str]) -> str:
    """Number a name that two files would share once they are printable."""
    shown, n = name, 1
    while shown in taken:
        n += 1
        shown = f"{name} ({n})"
    taken.add(shown)
    return shown


def _is_litter(name: str) -> bool:
    # Word's lock files (~$rapport.docx) look like documents but hold only a user name.
    return name.lower() in _LITTER or name.startswith(("~$", "."))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
