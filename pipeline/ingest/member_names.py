"""Names of files inside archives and mails, made safe for any file system and kept readable."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

MAX_NAME = 120
MAX_FOLDERS = 8
_UTF8_FLAG = 0x800
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
# Names that Windows takes for devices, with any suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)


def zip_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name with its Swedish letters, whatever program packed it.

    Without the UTF-8 mark zipfile reads names as cp437; many programs write UTF-8 or CP1252 there.
    """
    name = info.orig_filename
    if info.flag_bits & _UTF8_FLAG or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeError:
        pass
    # å ä ö Å Ä Ö are 86 84 94 8F 8E 99 in cp437 and E5 E4 F6 C5 C4 D6 in CP1252.
    if any(byte >= 0xC0 for byte in raw) and not any(0x80 <= byte < 0xC0 for byte in raw):
        return raw.decode("cp1252", errors="replace")
    return name


def safe_name(name: str) -> Path:
    """Return a relative path without `..`, drives, devices or characters that are not allowed.

    >>> safe_name("../../C:\\\\temp\\\\rapport?.docx").as_posix()
    'C_/temp/rapport_.docx'
    """
    parts = []
    for part in unicodedata.normalize("NFC", name).replace("\\", "/").split("/"):
        part = _UNSAFE.sub("_", part).strip().rstrip(". ")
        if not part or set(part) == {"."}:
            continue
        if _DEVICES.match(part):
            part = "_" + part
        parts.append(_shortened(part))
    return Path(*(parts[:-1][-MAX_FOLDERS:] + parts[-1:])) if parts else Path("bilaga")


@dataclass(slots=True)
class Names:
    """Gives each file its own place under `into`."""

    into: Path
    _taken: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)

    def place(self, name: str) -> Path:
        """Return where to write a file called `name`; its folder exists. Doubles get a number."""
        relative = safe_name(name)
        number = 1
        candidate = relative
        while self._is_taken(candidate):
            number += 1
            candidate = relative.with_name(f"{relative.stem} ({number}){relative.suffix}")
        self._taken.add(candidate.as_posix().lower())
        self._folders.update(p.as_posix().lower() for p in candidate.parents)
        target = self.into / candidate
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _is_taken(self, candidate: Path) -> bool:
        """A file cannot stand where another file or a folder stands, nor below a file."""
        low = candidate.as_posix().lower()
        above = (p.as_posix().lower() for p in candidate.parents)
        return low in self._taken or low in self._folders or any(p in self._taken for p in above)


def _shortened(part: str) -> str:
    if len(part) <= MAX_NAME:
        return part
    stem, dot, suffix = part.rpartition(".")
    if not dot or len(suffix) > 10:
        return part[:MAX_NAME]
    return stem[: MAX_NAME - len(suffix) - 1] + "." + suffix
