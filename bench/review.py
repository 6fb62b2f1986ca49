"""The speed of review on 50,000 items: `python -m bench.review [--items N] [--keep FOLDER] …`.

Each figure stands beside a floor of the same minutes: a key to the next painted card beside the
browser putting the same cards in place alone; the workbook written and read beside the bare
libraries writing and reading as many cells. Prints a table, and JSON on the last line.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from annotations.decisions.database import Database
from annotations.decisions.items import Items
from bench.review_page import page_figures, served
from bench.review_round import BigRound, small_round
from pipeline.review.labels import UNDECIDABLE
from pipeline.review.workbook.columns import COLUMNS, DECISION, HEADER_ROW

PAUSES = {"": 0.0, "_after_1_s": 1.0}
LIMITS = {
    "key_to_painted_p95_ms": 100,
    "list_first_max_ms": 100,
    "list_last_max_ms": 100,
    "list_probability_max_ms": 100,
    "list_probability_last_max_ms": 100,
    "list_all_by_probability_max_ms": 100,
    "list_all_last_max_ms": 100,
    "export_all_s": 8,
    "import_part_dry_s": 8,
    "import_part_apply_s": 8,
    "import_all_dry_s": 8,
    "import_all_apply_s": 8,
    "server_mb_after": 150,
}
_BARE_WRITE = """
import sys, xlsxwriter
rows, columns = int(sys.argv[2]), int(sys.argv[3])
book = xlsxwriter.Workbook(sys.argv[1], {"constant_memory": True, "strings_to_urls": False})
sheet = book.add_worksheet()
for row in range(rows):
    for column in range(columns):
        sheet.write_string(row, column, "Närpolisen satt med i gruppen")
book.close()
"""
_BARE_READ = """
import sys, python_calamine
python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_name("Granska").to_python()
"""


def main(argv: Sequence[str] | None = None) -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.review", description=__doc__)
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--part", type=int, default=5_000, help="decisions in the smaller import")
    parser.add_argument("--decisions", type=int, default=60, help="keys pressed in the browser")
    parser.add_argument("--projects", type=int, default=40, help="of the round that is multiplied")
    parser.add_argument("--keep", type=Path, help="folder to work in, and to leave as it is")
    parser.add_argument("--only", choices=("page", "workbook"))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        figures = measure(folder, options)
    for key, value in figures.items():
        limit = LIMITS.get(key)
        told = "" if limit is None else f"   at most {limit}{'' if value <= limit else '  MISSED'}"
        print(f"{key:<40}{value:>10.2f}{told}")
    print(json.dumps({key: round(value, 2) for key, value in figures.items()}))


def measure(folder: Path, options: argparse.Namespace) -> dict[str, float]:
    """Return every figure by name: milliseconds, seconds and megabytes as the name says."""
    results = folder / "liten"
    if not (results / "arbetsyta" / "granskning.sqlite").is_file():
        results = small_round(folder, options.projects)
    big = folder / "stor.sqlite"
    figures = _publish(BigRound(results, options.items), big)
    if options.only != "page":
        figures |= _workbook(results, big, folder, options.part)
    if options.only != "workbook":
        with served(results, big) as server:
            figures |= page_figures(server, options.decisions, PAUSES)
    return figures


def _publish(round: BigRound, path: Path) -> dict[str, float]:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    database = Database(path)
    figures: dict[str, float] = {}
    for what in ("publish_s", "publish_again_s"):
        start = time.perf_counter()
        round.publish(database)
        figures[what] = time.perf_counter() - start
    database.close()
    return figures


def _workbook(results: Path, big: Path, folder: Path, part: int) -> dict[str, float]:
    """Export everything, decide in the workbook, and take it in, each time in a fresh database."""
    out, bare = folder / "granskning.xlsx", folder / "naken.xlsx"
    where = ["--decisions", str(big)]
    figures = {"export_all_s": _seconds("export", results, "--all", "--to", out, *where)}
    rows = _rows(out)
    figures["floor_xlsxwriter_s"] = _python(_BARE_WRITE, bare, rows, len(COLUMNS))
    for name, count in (("part", part), ("all", rows)):
        decided, copy = folder / f"beslutad-{name}.xlsx", folder / f"kopia-{name}.sqlite"
        decide(out, decided, count)
        for old in folder.glob(f"{copy.name}*"):
            old.unlink()
        shutil.copy(big, copy)
        there = [decided, "--as", "Ada", "--decisions", copy]
        figures[f"import_{name}_dry_s"] = _seconds("import", results, *there)
        figures[f"import_{name}_apply_s"] = _seconds("import", results, *there, "--apply")
        figures[f"import_{name}_again_s"] = _seconds("import", results, *there, "--apply")
        figures[f"floor_calamine_{name}_s"] = _python(_BARE_READ, decided)
        database = Database(copy)
        settled = Items(database).progress(Items(database).rounds()[0], "Ada").own
        database.close()
        if settled != count:
            raise SystemExit(f"{settled} of {count} decisions came in")
    return figures


def decide(workbook: Path, to: Path, count: int) -> None:
    """Fill in the first rows of an exported workbook: one in ten undecidable, else as proposed."""
    with ZipFile(workbook) as source, ZipFile(to, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = _decided(content.decode(), count).encode()
            target.writestr(member, content)


def _decided(sheet: str, count: int) -> str:
    letters = {name: chr(ord("A") + place) for place, name in enumerate(COLUMNS)}
    proposed = rf'<c r="{letters["Förslag"]}(\d+)"[^>]*><is><t[^>]*>([^<]*)</t>'
    words = {int(row): word for row, word in re.findall(proposed, sheet)}

    def fill(cell: re.Match[str]) -> str:
        row = int(cell.group(1))
        if not HEADER_ROW < row <= HEADER_ROW + count:
            return cell.group()
        word = words[row] if row % 10 else UNDECIDABLE
        start = f'<c r="{letters[DECISION]}{row}"{cell.group(2)} t="inlineStr">'
        return f"{start}<is><t>{word}</t></is></c>"

    return re.sub(rf'<c r="{letters[DECISION]}(\d+)"([^>]*)/>', fill, sheet)


def _rows(workbook: Path) -> int:
    with ZipFile(workbook) as archive:
        text = archive.read("xl/worksheets/sheet1.xml")
    return max(map(int, re.findall(rb'<row r="(\d+)"', text))) - HEADER_ROW


def _seconds(command: str, *args: object) -> float:
    program = str(Path(sys.executable).parent / "samverkan")
    return _time([program, "review", command, *map(str, args)])


def _python(code: str, *args: object) -> float:
    return _time([sys.executable, "-c", code, *map(str, args)])


def _time(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ})
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
