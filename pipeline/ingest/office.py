"""Old formats (DOC, RTF) become DOCX through LibreOffice, many files with one start.

Never used for DOCX itself: LibreOffice prints tracked deletions as if they were text.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.ingest.base import Raw, Reader
from pipeline.ingest.ole import is_ole, ole_kind
from pipeline.ingest.word import read_docx
from pipeline.ingest.zipguard import encrypted

PROGRAMS = ("soffice", "libreoffice")
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
SINGLE_TIMEOUT_S = 60.0
BATCH = 50
"""Files for one start: a command line has room for them, and a crash costs few second tries."""

# No macro runs and no picture is fetched from the net while a stranger's file is opened.
_SAFE_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_FILTER = "docx:MS Word 2007 XML"
_SUFFIXES = {"doc": ".doc", "rtf": ".rtf"}


def accepts(head: bytes, suffix: str) -> str | None:
    """Take RTF by its first bytes, and OLE files that are no Outlook mail and no locked DOCX."""
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rt"):
        return "rtf"
    if is_ole(head) and suffix not in (".docx", ".docm", ".dotx", ".dotm", ".msg"):
        return "doc"
    return None


def read_old(path: Path, fmt: str) -> Raw:
    """Convert one file and read it. Raises ReadError, `libreoffice_saknas` among others."""
    with tempfile.TemporaryDirectory(prefix="samverkan-") as folder:
        result = convert([path], Path(folder), SINGLE_TIMEOUT_S)[path]
        if isinstance(result, ReadError):
            raise result
        return read_converted(result, fmt)


def read_converted(docx: Path, original_format: str) -> Raw:
    """Read a DOCX that `convert` made; the document keeps the format it came in."""
    return read_docx(docx, original_format)


def convert(paths: Sequence[Path], into: Path, timeout_s: float) -> dict[Path, Path | ReadError]:
    """Convert DOC and RTF files to DOCX under `into`, all with one start of LibreOffice.

    What a batch did not give is tried again alone, so one broken file costs no other. `timeout_s`
    is for a batch of up to `BATCH` files; a single try has at most `SINGLE_TIMEOUT_S`.
    """
    results: dict[Path, Path | ReadError] = {}
    wanted: dict[Path, Path] = {}
    program = find_soffice()
    staged = into / "original"
    staged.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(dict.fromkeys(paths)):
        if (reason := _refuse(path)) is not None:
            results[path] = reason
        elif program is None:
            results[path] = _missing()
        else:
            # Own names: two files called redovisning.doc, and any name LibreOffice dislikes.
            wanted[path] = staged / f"{number:05d}{_suffix(path)}"
            shutil.copyfile(path, wanted[path])
    if program is not None and wanted:
        copies = list(wanted.values())
        ended = True
        for first in range(0, len(copies), BATCH):
            ended &= _run(program, copies[first : first + BATCH], into, timeout_s)
        for path, copy in wanted.items():
            made = into / f"{copy.stem}.docx"
            well = ended
            if not made.exists() and len(wanted) > 1:
                well = _run(program, [copy], into, min(timeout_s, SINGLE_TIMEOUT_S))
            results[path] = made if made.exists() else _failed() if well else _broke_down()
    shutil.rmtree(staged, ignore_errors=True)
    return {path: results[path] for path in paths}


def needs_office(path: Path) -> str | None:
    """Return "doc" or "rtf" for a file that must be converted first, None for any other."""
    with path.open("rb") as file:
        head = file.read(64)
    return accepts(head, path.suffix.lower())


def find_soffice() -> str | None:
    """Return where LibreOffice is, on the PATH or in the usual places; None where it is not."""
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    return next((place for place in USUAL_PLACES if Path(place).is_file()), None)


def _run(program: str, files: list[Path], into: Path, timeout_s: float) -> bool:
    """Run LibreOffice once; what it made lies in `into`. Return whether it ended well by itself.

    A profile of its own: an office program that is already open would otherwise take the job and
    end this one without a result.
    """
    with tempfile.TemporaryDirectory(
        prefix="samverkan-profil-", ignore_cleanup_errors=True
    ) as home:
        (Path(home) / "user").mkdir()
        (Path(home) / "user" / "registrymodifications.xcu").write_text(_SAFE_PROFILE)
        command = [
            program,
            f"-env:UserInstallation={Path(home).as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", _FILTER, "--outdir", str(into), *map(str, files)),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
        )
        try:
            return process.wait(timeout_s) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program with its children: `soffice` is a script that starts the real one."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.05)


def _refuse(path: Path) -> ReadError | None:
    """Return why a file is not worth LibreOffice's time, None where it is."""
    with path.open("rb") as file:
        head = file.read(64)
    if not is_ole(head):
        return None
    kind = ole_kind(path)
    if kind == "krypterad":
        return encrypted()
    if kind in ("xls", "ppt"):
        return ReadError(
            "okant_format",
            "Det är ett kalkylark eller en presentation, inte ett textdokument.",
            "Spara om filen som PDF och lägg den i inkorgen igen.",
        )
    return None if kind == "doc" else _failed()


def _suffix(path: Path) -> str:
    with path.open("rb") as file:
        return _SUFFIXES["doc" if is_ole(file.read(8)) else "rtf"]


def _missing() -> ReadError:
    return ReadError(
        "libreoffice_saknas",
        "Äldre Word-filer (.doc) och RTF kräver LibreOffice, som inte finns på den här datorn.",
        "Installera LibreOffice, eller öppna filen i Word och spara den som .docx.",
    )


def _broke_down() -> ReadError:
    return ReadError(
        "libreoffice_misslyckades",
        "LibreOffice avbröts innan filen var omvandlad.",
        "Kör igen; går det inte då heller, öppna filen i Word och spara den som .docx.",
    )


def _failed() -> ReadError:
    return ReadError(
        "trasig",
        "Filen kunde inte öppnas av LibreOffice; den är troligen skadad.",
        "Öppna den i Word, spara den som .docx och lägg den i inkorgen igen.",
    )


READER = Reader("office", accepts, read_old, priority=5)
