"""Open ZIP files (and so DOCX and ODT) safely: sizes and ratios are checked before any reading."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from pipeline.errors import ReadError

MAX_MEMBERS = 5_000
"""A report with every page as a picture has hundreds of parts; a county's whole inbox thousands."""

MAX_TOTAL_BYTES = 1024 * 1024 * 1024
"""All members unpacked. A county's inbox with scans is 100–500 MB."""

MAX_PART_BYTES = 48 * 1024 * 1024
"""One XML part. A book of 1,000 pages is 10 MB; lxml's tree takes about ten times the XML."""

MAX_RATIO = 250
"""Unpacked by packed size. Word's XML is packed 5–40 times, a bomb 1,000 times."""

RATIO_FROM_BYTES = 4 * 1024 * 1024
"""Below this a high ratio (a page of equal table rows) does no harm."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ENCRYPTED = 0x1

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    LookupError,
)
"""What zipfile raises on damaged archives."""


def open_zip(path: Path) -> zipfile.ZipFile:
    """Return the opened archive; the caller closes it.

    Raises ReadError: `trasig` for a damaged one, `for_stor` for one that would unpack to more than
    the limits. Nothing has been unpacked then.
    """
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise damaged() from error
    try:
        check(archive.infolist(), path.stat().st_size)
    except BaseException:
        archive.close()
        raise
    return archive


def check(members: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse an archive of `packed` bytes whose table of contents promises too much."""
    if len(members) > MAX_MEMBERS:
        raise ReadError(
            "for_stor",
            f"Filen innehåller för många delar ({len(members)}; gränsen är {MAX_MEMBERS}).",
            "Dela upp den i flera mindre filer.",
        )
    total = sum(info.file_size for info in members)
    bomb = total > RATIO_FROM_BYTES and total > MAX_RATIO * max(packed, 1)
    for info in members:
        bomb |= info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(
            info.compress_size, 1
        )
    if bomb or total > MAX_TOTAL_BYTES:
        raise ReadError(
            "for_stor",
            f"Filen är orimligt hårt packad: den skulle bli {total // 1024**2} MB.",
            "Öppna inte filen. Kontakta avsändaren och be om en ny.",
        )


def is_encrypted(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member is locked with a password."""
    return bool(info.flag_bits & _ENCRYPTED)


def read_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return one part of an office document, None where there is none by that name.

    Raises ReadError where the part is damaged (`trasig`), locked (`krypterad`) or too large.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > MAX_PART_BYTES:
        raise ReadError(
            "for_stor",
            f"Dokumentets text är för stor ({info.file_size // 1024**2} MB).",
            "Dela upp dokumentet i flera filer.",
        )
    if is_encrypted(info):
        raise encrypted()
    if info.compress_type not in _METHODS:
        raise damaged()
    try:
        return archive.read(info)
    except BROKEN as error:
        raise damaged() from error


def damaged() -> ReadError:
    """Return the error for a file that cannot be unpacked or parsed."""
    return ReadError(
        "trasig",
        "Filen är skadad och går inte att öppna.",
        "Be avsändaren skicka den igen, gärna som PDF.",
    )


def encrypted() -> ReadError:
    """Return the error for a file with a password."""
    return ReadError(
        "krypterad",
        "Filen är krypterad och kan inte läsas utan lösenord.",
        "Öppna den med lösenordet, spara en kopia utan lösenord och lägg kopian i inkorgen.",
    )
