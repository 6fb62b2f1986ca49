"""Codings with honest errors for `bench.margins`: judged by who has not seen the writer.

For the calibration writers neither the coder nor its calibration has seen the writer (both fitted
on the other parts of a cross-fitting by writer); the test writers are judged by the shipped coder.
`python -m bench.margins_pool [FILE]` writes one JSON line a report, zipped; about as long as a
training. Codes and figures only, no text.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.codebook import Codebook, load
from corpus.types import Coding, Origin, Role, Status
from corpus.written import Split, load_splits, load_written
from models.case import Example
from models.coder import Coder
from models.fitting import in_folds
from models.store import shipped
from models.training import Spoken, calibrated, fit_without
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.train import JOBS, example

POOL = Path(__file__).with_name("margins_pool.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Judged:
    """A report with what the machine coded and, cell by cell ("", "ja" or a role), the gold."""

    id: str
    writer: str
    split: str
    codings: tuple[Coding, ...]
    gold: tuple[str, ...]


def main(argv: Sequence[str] | None = None) -> None:
    """Write the pool, the test writers first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=POOL)
    file: Path = parser.parse_args(argv).file
    codebook, splits = load(), load_splits()
    by_split: dict[Split, list[Example]] = {"train": [], "calibration": [], "test": []}
    for written in load_written():
        by_split[splits[written.writer]].append(example(written, codebook))
    told = [
        json.dumps(_told(split, e, coder, codebook), ensure_ascii=False) + "\n"
        for split, e, coder in _coders(by_split, codebook)
    ]
    with file.open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as out:
        out.write("".join(told).encode())


def read_pool(file: Path = POOL) -> tuple[Judged, ...]:
    """Return the reports of a pool that `main` wrote."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return tuple(_judged(json.loads(line)) for line in lines)


def _coders(
    by_split: dict[Split, list[Example]], codebook: Codebook
) -> Iterator[tuple[str, Example, Coder]]:
    """Yield each report with a coder that has not seen its writer, nor was calibrated on them."""
    coder = shipped()
    assert coder is not None, "no coder is shipped; run samverkan train"
    yield from (("test", e, coder) for e in by_split["test"])
    held_out = by_split["calibration"]
    folds = in_folds([e.writer for e in held_out])
    spoken, coders = [], []
    examples = [*by_split["train"], *held_out]
    for coder, writers in zip(fit_without(folds, examples, codebook, JOBS), folds, strict=True):
        coders.append(coder)
        spoken.append(Spoken())
        spoken[-1].hear(coder, [e for e in held_out if e.writer in writers], codebook)
        print(f"part {len(coders)} of {len(folds)}", flush=True)
    for i, writers in enumerate(folds):
        others_spoke = Spoken()
        for one in (s for j, s in enumerate(spoken) if j != i):
            for kept, new in ((others_spoke.cells, one.cells), (others_spoke.silent, one.silent)):
                for variable, cells in new.items():
                    kept[variable].extend(cells)
        coder = calibrated(coders[i], others_spoke)
        yield from (("calibration", e, coder) for e in held_out if e.writer in writers)


def _told(split: str, e: Example, coder: Coder, codebook: Codebook) -> dict[str, object]:
    assert isinstance(e.case, Analysed)
    cells = [
        (c.variable, c.category, c.value, c.role, round(c.confidence, 6), c.status, c.origin)
        for c in decide([e.case], codebook, coder)
    ]
    gold = [e.gold[variable, category] for variable, category, *_ in cells]
    return {"id": e.id, "writer": e.writer, "split": split, "cells": cells, "gold": gold}


def _judged(line: dict[str, list[list[object]]]) -> Judged:
    codings = tuple(
        Coding(v, c, value, Role(role) if role else None, p, Status(status), Origin(origin))  # type: ignore[arg-type]
        for v, c, value, role, p, status, origin in line["cells"]
    )
    return Judged(line["id"], line["writer"], line["split"], codings, tuple(line["gold"]))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
