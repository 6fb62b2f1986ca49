"""Conversions by LibreOffice: many files in one call, each call with a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_TIMEOUT = 600  # seconds for a whole batch


class OfficeMissing(RuntimeError):
    """LibreOffice is not installed, or did not deliver."""


def convert(files: Sequence[bytes], source: str, target: str) -> list[bytes]:
    """Convert files from one suffix to another (`docx`, `pdf`), in order, in one call.

    Raises OfficeMissing when `soffice` is not there or leaves a file out.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        raise OfficeMissing("LibreOffice (soffice) is not installed; it writes these variants.")
    with tempfile.TemporaryDirectory(prefix="render-") as folder:
        home = Path(folder)
        out = home / "out"
        inputs = [home / f"{n:05d}.{source}" for n in range(len(files))]
        for path, data in zip(inputs, files, strict=True):
            path.write_bytes(data)
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", target, "--outdir", str(out)]
        # Dates in the files then do not depend on the clock.
        calm = os.environ | {"SOURCE_DATE_EPOCH": "1309428000"}
        done = subprocess.run(
            [*command, *map(str, inputs)], capture_output=True, timeout=_TIMEOUT, env=calm
        )
        results = [out / f"{path.stem}.{target}" for path in inputs]
        if missing := [path.name for path in results if not path.exists()]:
            raise OfficeMissing(
                f"LibreOffice wrote no {missing[:3]}: {done.stderr.decode()[-300:]}"
            )
        return [path.read_bytes() for path in results]
