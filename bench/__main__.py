"""Speed and memory against named peers, all in one run on this machine: `make bench`.

Times on a shared machine are noisy, so every figure stands beside its peer's from the same minutes,
each the best of three.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.records import load_reports
from corpus.render import render

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "corpus" / "samples" / "reports.jsonl"
TRIES = 3
# As they come in: four of ten are PDF. What needs LibreOffice or OCR is left out.
MIX = (
    "pdf_drawn_cross",
    "docx_control",
    "pdf_form",
    "docx_legacy",
    "odt_glyph",
    "pdf_drawn_check",
    "docx_x",
    "txt_utf8",
    "pdf_form_flat",
    "docx_wingdings",
)
_PDFPLUMBER = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
"""


def main() -> None:
    """Print the figures as a table, and as JSON on the last line."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as name:
        folder = Path(name)
        figures |= _help()
        pdfs = _inbox(folder / "100", 100)
        figures |= _run(folder, pdfs)
        _inbox(folder / "400", 400)
        figures |= _memory(folder)
    for key, value in figures.items():
        print(f"{key:<34}{value:>10.2f}")
    print(json.dumps(figures))


def _help() -> dict[str, float]:
    peer = _best([sys.executable, "-c", "import typer, rich"])
    ours = _best([_program(), "--help"])
    return {"help_s": ours, "import_typer_rich_s": peer, "help_ratio": ours / peer}


def _run(folder: Path, pdfs: Sequence[str]) -> dict[str, float]:
    peer = _best([sys.executable, "-c", _PDFPLUMBER, *pdfs])
    ours = _best(lambda n: _command(folder / "100", folder / f"ut{n}"))
    again = _best(_command(folder / "100", folder / "ut0"))
    return {
        "run_100_mixed_s": ours,
        "pdfplumber_their_pdfs_s": peer,
        "run_ratio": ours / peer,
        "run_100_unchanged_s": again,
    }


def _memory(folder: Path) -> dict[str, float]:
    """Peak resident megabytes of the parent for 100 and for 400 reports."""
    return {
        f"parent_peak_mb_{n}": _peak_mb(_command(folder / str(n), folder / f"minne{n}"))
        for n in (100, 400)
    }


def _inbox(folder: Path, count: int) -> list[str]:
    """Write `count` reports in the mix's formats; return the paths of the PDFs."""
    folder.mkdir()
    reports = [r for r in load_reports(REPORTS) if r.blankett != "fri"]
    pdfs = []
    for n in range(count):
        variant = MIX[n % len(MIX)]
        suffix = variant.split("_")[0]
        path = folder / f"{n:03d}-{variant}.{suffix}"
        path.write_bytes(render(reports[n % len(reports)], variant, n))
        if suffix == "pdf":
            pdfs.append(str(path))
    return pdfs


def _program() -> str:
    return str(Path(sys.executable).parent / "samverkan")


def _command(inbox: Path, out: Path) -> list[str]:
    return [_program(), "run", str(inbox), "--out", str(out), "--jobs", "2", "--quiet"]


def _best(command: list[str] | Callable[[int], list[str]]) -> float:
    """Return the best wall-clock seconds of some tries; a callable gets the try's number."""
    times = []
    for n in range(TRIES):
        args = command(n) if callable(command) else command
        start = time.perf_counter()
        subprocess.run(args, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times)


def _peak_mb(command: list[str]) -> float:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
