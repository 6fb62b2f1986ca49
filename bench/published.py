"""The published round, simulated: do perfect codes give the printed figures, and what do ours give?

`python -m bench.published` tabulates the gold of `samverkan simulate` and compares every figure of
the published report with it, cell for cell; it ends with 1 if any differs that no misprint
explains. `--ours FOLDER` then writes the same round's files in all formats to FOLDER, lets
`samverkan run` read and code them (minutes; what is there already is used) and writes FILE
(`--out`, docs/publicerad_omgang.md) with truth, our figure and its interval for every cell.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.gold_round import gold_round, gold_tables, simulated
from bench.published_cells import Compared, compare, read_listing
from bench.published_ours import beside, figures_of, page, read_figures, reviewed
from corpus.simulate.preset import load_preset

ROUND, SEED = "2011_39", 1
DOC = Path(__file__).resolve().parents[1] / "docs" / "publicerad_omgang.md"


def main(argv: Sequence[str] | None = None) -> int:
    """Compare; with `--ours` write the page. Return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--ours", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=DOC, metavar="FILE")
    options = parser.parse_args(argv)
    preset = load_preset(ROUND)
    gold = gold_round(simulated(preset, preset.granted, options.seed), preset)
    truth = gold_tables(gold)
    compared = compare(read_listing(), truth, gold)
    for line in told(compared):
        print(line)
    if options.ours:
        results = _run(options.ours, options.seed)
        before = beside(truth, read_figures(results, truth))
        after = beside(truth, figures_of(gold_tables(reviewed(results, gold))))
        text = page(truth, before, after, compared, preset, options.seed)
        options.out.write_text(text, encoding="utf-8")
        print(f"\n{options.out}")
    return int(any(not (c.equal or c.explained) for c in compared))


def told(compared: Sequence[Compared]) -> Iterator[str]:
    """Yield how many cells of each table agree, and every one that does not."""
    cells, equal = Counter(c.printed.table for c in compared), Counter[str]()
    equal.update(c.printed.table for c in compared if c.equal)
    for table, number in cells.items():
        name = f"Table {table}" if table.isdecimal() else "Projects begun or not"
        yield f"{name:<24}{number:4} printed figures,{equal[table]:4} equal"
    yield f"{'All':<24}{len(compared):4} printed figures,{sum(equal.values()):4} equal"
    for c in compared:
        if not c.equal:
            why = f" Known misprint: {c.printed.note}" if c.explained else ""
            where = f"Table {c.printed.table}, {c.printed.row}, {c.printed.column}"
            yield f"  {where}: printed {c.printed.value}, ours {c.ours}.{why}"


def _run(folder: Path, seed: int) -> Path:
    """Simulate and run what is not in the folder yet; return the folder of the results."""
    program = str(Path(sys.executable).parent / "samverkan")
    files, results = folder / "omgang", folder / "resultat"
    if not (files / "gold.jsonl").exists():
        made = [program, "simulate", "--out", str(files), "--seed", str(seed), "--quiet"]
        subprocess.run([*made, "--force"] if files.exists() else made, check=True)
    if not (results / "tabeller").exists():
        run = [program, "run", str(files / "inkorg"), "--out", str(results), "--quiet"]
        given = [
            "--manifest",
            str(files / "manifest.csv"),
            "--figures",
            str(files / "siffror.yaml"),
        ]
        subprocess.run([*run, *given], check=True)
    return results


if __name__ == "__main__":
    sys.exit(main())
