"""What coding costs beside the bare language pipeline, on the same texts in the same run.

`python -m bench.coding [--rounds N] [--writers s01 …]` prints milliseconds a report of both, the
medians over the rounds, their ratio, and the peak memory of the process. Coding analyses the texts
too, but for their lemmas, which it has no use for; the ratio to an analysis that is spared them as
well stands beside it.
"""

from __future__ import annotations

import argparse
import gc
import resource
import time
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from annotations.codebook import load
from corpus.written import load_written
from models.store import shipped
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.language.swedish import analyse
from pipeline.rules.find import _answers_only, find
from pipeline.written_cases import submission_of

LIMIT = 1.5


def main(argv: Sequence[str] | None = None) -> None:
    """Time both on every report, by turns, so that a busy machine slows both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--writers", nargs="+", default=["s09", "s11"])
    args = parser.parse_args(argv)
    codebook, coder = load(), shipped()
    read = [submission_of(w.report) for w in load_written() if w.writer in args.writers]
    analyse("En mening.", parsed=True)
    for document, submission in read[:1]:  # lexicons and models are loaded once
        decide([Analysed(document, submission, find(document, submission))], codebook, coder)
    gc.freeze()  # as pipeline.engine.processes does, so that neither side pays for the corpus
    gc.set_threshold(20_000, 20, 20)
    bare: list[float] = []
    spared: list[float] = []
    coding: list[float] = []
    for _ in range(args.rounds):
        sums = [0.0, 0.0, 0.0]
        for document, submission in read:
            text = _answers_only(document, submission)
            times = [time.perf_counter()]
            analyse(text, parsed=True)
            times.append(time.perf_counter())
            analyse(text, parsed=True, lemmas=False)
            times.append(time.perf_counter())
            case = Analysed(document, submission, find(document, submission))
            decide([case], codebook, coder)
            times.append(time.perf_counter())
            sums = [s + b - a for s, (a, b) in zip(sums, pairwise(times), strict=True)]
        for found, seconds in zip((bare, spared, coding), sums, strict=True):
            found.append(1e3 * seconds / len(read))
    ratio, other = (
        median(c / b for b, c in zip(alone, coding, strict=True)) for alone in (bare, spared)
    )
    print(f"{len(read)} reports, {args.rounds} rounds")
    print(f"language pipeline alone  {median(bare):7.1f} ms a report")
    print(f"  without lemmas         {median(spared):7.1f}")
    print(f"coding, parse and all    {median(coding):7.1f}")
    print(f"ratio {ratio:.2f} (at most {LIMIT}); without lemmas on either side {other:.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
