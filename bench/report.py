"""The whole report of a round of 10,000 projects: seconds and memory, step by step.

`python -m bench.report [--projects 2500,5000,10000]`: each size in a process of its own. CPU
seconds stand beside those of the clock, since other work on the machine does not touch them.
Peaks are of the whole process: the bench's own round, which a run holds as well, is the first row.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotations.codebook import load
from annotations.tables import load_tables
from bench.report_round import large_round
from pipeline.report import write
from pipeline.tables.tabulate import tabulate

MOST_SECONDS, MOST_MB = 60.0, 1024.0
_WORTH_TELLING = 0.05  # seconds


@dataclass
class Steps:
    """Seconds by the clock, CPU seconds and the process's peak (MB) after each step."""

    taken: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    deep: bool = False

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure one step; a step within another is part of it."""
        if self.deep:
            yield
            return
        self.deep = True
        clock, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.deep = False
            before = self.taken.get(name, (0.0, 0.0, 0.0))
            clock = before[0] + time.perf_counter() - clock
            cpu = before[1] + time.process_time() - cpu
            self.taken[name] = (clock, cpu, _peak_mb())

    def measured(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that is measured whenever it is called."""

        def wrapped(*args: object, **options: object) -> object:
            with self.step(name):
                return call(*args, **options)

        return wrapped


def main(argv: Sequence[str] | None = None) -> None:
    """Print a table for each size and whether it holds what is asked of the largest round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", default="2500,5000,10000", help="sizes, with commas")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.one:
        print(json.dumps(_one(options.one)))
        return
    found = {}
    for size in map(int, options.projects.split(",")):
        command = [sys.executable, "-m", "bench.report", "--one", str(size)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        found[size] = json.loads(told.splitlines()[-1])
        _print(size, found[size])
    print(json.dumps(found))


def _one(size: int) -> dict[str, Any]:
    """Make, tabulate and write one round; return its steps and the size of each file."""
    steps = Steps()
    with steps.step("the bench's round"):
        round_ = large_round(size)
    codebook, definitions = load(), load_tables()
    with steps.step("tabulate"):
        tables = tabulate(round_, definitions, codebook)
    for name, call in vars(write).items():
        own = getattr(call, "__module__", "").startswith("pipeline.") and not isinstance(call, type)
        if callable(call) and own and name != "write_all":
            setattr(write, name, steps.measured(name, call))
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as folder:
        out = Path(folder)
        clock, cpu = time.perf_counter(), time.process_time()
        write.write_all(round_, tables, out)
        rest = [sum(step[i] for name, step in steps.taken.items()) for i in (0, 1)]
        whole = (time.perf_counter() - clock, time.process_time() - cpu)
        before = [steps.taken["the bench's round"][i] + steps.taken["tabulate"][i] for i in (0, 1)]
        other = [whole[i] - (rest[i] - before[i]) for i in (0, 1)]
        steps.taken["write_all, the rest"] = (other[0], other[1], _peak_mb())
        files = {
            f.name: f.stat().st_size for f in out.iterdir() if f.is_file() and f.suffix != ".yaml"
        }
        total = sum(f.stat().st_size for f in out.rglob("*") if f.is_file())
    return {"steps": steps.taken, "files": files, "bytes": total}


def _print(size: int, found: dict[str, Any]) -> None:
    print(f"\n{size} projects{'':22}{'seconds':>9}{'CPU s':>9}{'peak MB':>9}")
    steps: dict[str, list[float]] = found["steps"]
    for name, (clock, cpu, peak) in steps.items():
        if clock >= _WORTH_TELLING:
            print(f"  {name:<36}{clock:9.1f}{cpu:9.1f}{peak:9.0f}")
    report = [step for name, step in steps.items() if name != "the bench's round"]
    clock, cpu = (sum(step[i] for step in report) for i in (0, 1))
    peak = max(step[2] for step in report)
    held = "holds" if clock <= MOST_SECONDS and peak <= MOST_MB else "does NOT hold"
    print(f"  {'the report':<36}{clock:9.1f}{cpu:9.1f}{peak:9.0f}")
    print(f"  {held}: at most {MOST_SECONDS:.0f} s and {MOST_MB:.0f} MB for 10,000 projects")
    largest = sorted(found["files"].items(), key=lambda f: -f[1])[:6]
    print("  " + ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in largest))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
