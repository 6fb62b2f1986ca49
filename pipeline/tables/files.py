"""Writing one file so that a crash or an open workbook never leaves half of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TEMPORARY = ".skrivs"


class WriteError(Exception):
    """A result file that cannot be written. The text is Swedish and says what to do."""


class ContradictionError(WriteError):
    """A publication whose own figures contradict one another. Nothing of it is written."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; it takes the place of `path` when all went well.

    Raises WriteError where the file is open elsewhere or the disk refuses; the old file stays.
    """
    refuse_if_open(path)
    beside = path.with_name(f".{path.name}{_TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        beside.replace(path)
    except PermissionError as error:
        raise WriteError(
            f"{path.name} kan inte skrivas: filen är skrivskyddad eller öppen i ett annat program. "
            "Stäng den och kör igen."
        ) from error
    except OSError as error:
        raise WriteError(
            f"{path.name} kan inte skrivas ({error.strerror}). Se efter att disken inte är full "
            "och att ingen fil har samma namn som en mapp."
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def write_text(path: Path, text: str) -> Path:
    """Write text as UTF-8 without BOM, byte for byte: no newline is changed."""
    with replacing(path) as beside:
        # A lone surrogate cannot be written; one sign in its place keeps all offsets true.
        beside.write_bytes(text.encode("utf-8", errors="replace"))
    return path


def can_write(folder: Path) -> bool:
    """Tell whether files can be written in a folder, which is made where there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def refuse_if_open(path: Path) -> None:
    """Raise WriteError where Office's or LibreOffice's lock file says that somebody has it open."""
    for lock in (f"~${path.name}", _word_lock(path), f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            raise WriteError(
                f"{path.name} är öppen i ett annat program. Stäng den och kör igen. "
                f"Är den inte öppen: ta bort låsfilen {lock}."
            )


def _word_lock(path: Path) -> str:
    """Return Word's lock file: of a name with more than six letters it leaves out one or two."""
    return "~$" + path.name[min(max(len(path.stem) - 6, 0), 2) :]
