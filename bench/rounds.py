"""Write reports as files: `python -m bench.rounds OUT --variants all|name,… --rounds FILE.jsonl …`.

OUT/<variant>/<id>.<suffix>, with manifest.csv (fil, projekt) and expected.jsonl (what a perfect
reader gets). Seed 0 goes to OUT itself, every other seed to OUT/seed<N>.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.records import Report, load_reports
from corpus.render import VARIANTS, Expected, expected_for, render_many, variant


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    names = list(VARIANTS) if options.variants == "all" else options.variants.split(",")
    reports = [report for path in options.rounds for report in load_reports(path)]
    for seed in (int(part) for part in options.seeds.split(",")):
        write_rounds(options.out / f"seed{seed}" if seed else options.out, reports, names, seed)
    return 0


def write_rounds(out: Path, reports: Sequence[Report], names: Sequence[str], seed: int) -> None:
    """Write every report in every variant below `out`, and the two lists of what lies there.

    Variants written before and not asked for now stay, in the lists too.
    """
    out.mkdir(parents=True, exist_ok=True)
    lines = _kept(out / "expected.jsonl", names)
    for name in names:
        started = time.perf_counter()
        jobs = [(report, layout_seed(report, seed)) for report in reports]
        suffix = variant(name).suffix
        (out / name).mkdir(exist_ok=True)
        for (report, number), data in zip(jobs, render_many(jobs, name), strict=True):
            file = f"{name}/{report.id}.{suffix}"
            (out / file).write_bytes(data)
            lines.append(_line(file, report, name, number, expected_for(report, name, number)))
        print(f"{name}: {len(jobs)} files, {time.perf_counter() - started:.1f} s", file=sys.stderr)
    with (out / "manifest.csv").open("w", encoding="utf-8", newline="") as file_:
        rows = [(line["fil"], line["projekt"]) for line in map(json.loads, lines)]
        csv.writer(file_).writerows([("fil", "projekt"), *rows])
    (out / "expected.jsonl").write_text("".join(lines), encoding="utf-8")


def _kept(path: Path, names: Sequence[str]) -> list[str]:
    """Return the lines of an earlier expected.jsonl about variants not in `names`."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [line for line in lines if json.loads(line)["variant"] not in names]


def layout_seed(report: Report, seed: int) -> int:
    """Return the layout seed of one report: 0 for seed 0, else its own, so layouts are many."""
    if seed == 0:
        return 0
    return int(hashlib.sha256(f"{seed} {report.id}".encode()).hexdigest()[:6], 16) + 1


def _line(file: str, report: Report, name: str, seed: int, expected: Expected) -> str:
    """Return one line of expected.jsonl; ticks are keyed `question.option`."""
    data = asdict(expected) | {
        "ticks": {f"{q}.{o}": on for (q, o), on in expected.ticks.items()},
        "fil": file,
        "projekt": report.id,
        "variant": name,
        "layout": seed,
    }
    return json.dumps(data, ensure_ascii=False) + "\n"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.rounds", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--variants", default="all", help="all, or names with commas")
    parser.add_argument("--rounds", type=Path, nargs="+", required=True)
    parser.add_argument("--seeds", default="0", help="layout seeds with commas; 0 as published")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
