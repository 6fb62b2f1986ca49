"""How well files are read: `python -m bench.readings OUT [--variants …] [--limit N] [--jobs 2]`.

Takes what `bench.rounds` wrote, reads and parses every file, and compares with expected.jsonl:
ticks right, answers whole at the right question, header fields. Prints a table; writes
OUT/readings.json (figures) and OUT/readings-faults.txt (every case that is not right).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.types import DocumentKind, Submission

_FOLD = str.maketrans({"–": "-", "—": "-", "”": '"', "“": '"', "’": "'", "\u00ad": None})
_NEARLY = 0.95  # OCR drops a letter here and there in an answer that landed right
_REPORTS = (
    DocumentKind.BLANKETT_SLUT,
    DocumentKind.BLANKETT_DEL,
    DocumentKind.FRI_REDOVISNING,
    DocumentKind.TJANSTEUTLATANDE_REDOVISNING,
    DocumentKind.TJANSTEUTLATANDE_ANSOKAN,
)
_HEADER = ("lan", "kommun", "titel", "period", "belopp")


@dataclass(frozen=True, slots=True)
class Reading:
    """One file compared with what it should give. Counts are (right, of)."""

    variant: str
    ticks: tuple[int, int] = (0, 0)
    bound: tuple[int, int] = (0, 0)
    answers: tuple[int, int] = (0, 0)
    nearly: tuple[int, int] = (0, 0)
    similarity: float = 0.0
    strays: int = 0
    header: tuple[int, int] = (0, 0)
    faults: tuple[str, ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    wanted = list(_wanted(options))
    with ProcessPoolExecutor(options.jobs) as pool:
        readings = list(pool.map(compare, [(options.out, line) for line in wanted], chunksize=4))
    rows = _summaries(readings)
    _print(rows)
    (options.out / "readings.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1))
    faults = "".join(f"{fault}\n" for reading in readings for fault in reading.faults)
    (options.out / "readings-faults.txt").write_text(faults, encoding="utf-8")
    return 0


def compare(job: tuple[Path, Mapping[str, Any]]) -> Reading:
    """Read, parse and compare one file; whatever goes wrong is a fault, never an exception."""
    out, expected = job
    try:
        ticks, answers, header, text = _read(out / expected["fil"])
    except Exception as error:
        fault = f"{expected['fil']}\tläsning\t{type(error).__name__}: {error}"
        nothing = (0, len(expected["ticks"])), (0, len(expected["answers"]))
        return Reading(
            expected["variant"],
            nothing[0],
            nothing[0],
            nothing[1],
            nothing[1],
            faults=(fault,),
        )
    if not expected["form"]:
        answers = {"fritext": text}
    return score(expected, ticks, answers, header)


def _read(
    path: Path,
) -> tuple[dict[str, bool], dict[str, str], dict[str, object], str]:
    """Return ticks, answers and header of all submissions in a file, and the text read."""
    from pipeline.ingest import containers, read
    from pipeline.parse import parse

    ticks: dict[str, bool] = {}
    answers: dict[str, list[str]] = defaultdict(list)
    header: dict[str, object] = {}
    text = ""
    with tempfile.TemporaryDirectory() as folder:
        paths = [path]
        if containers.is_container(path):
            paths += containers.unpack(path, Path(folder))
        for part in paths:
            if part.suffix == ".zip":
                continue
            document = read(part)
            text += document.text
            # A covering note is no report; what it says lands nowhere.
            for submission in filter(_reports, parse(document)):
                for choice in submission.choices:
                    key = f"{choice.question}.{choice.option}"
                    ticks[key] = ticks.get(key, False) or choice.checked
                for answer in submission.answers:
                    answers[answer.question].append(document.text[answer.start : answer.end])
                header |= {k: v for k, v in _header(submission.header).items() if v is not None}
    return ticks, {q: " ".join(parts) for q, parts in answers.items()}, header, text


def _reports(submission: Submission) -> bool:
    return submission.kind in _REPORTS


def _header(header: Any) -> dict[str, object]:
    ends = (header.period_start, header.period_slut)
    return {
        "lan": header.lan,
        "kommun": header.kommun,
        "titel": header.titel,
        "period": "–".join(map(str, ends)) if all(ends) else None,
        "belopp": None if header.beviljat_belopp is None else int(header.beviljat_belopp),
    }


def score(
    expected: Mapping[str, Any],
    ticks: Mapping[str, bool],
    answers: Mapping[str, str],
    header: Mapping[str, object],
) -> Reading:
    """Compare one file. A box that was not found counts as unticked, and is counted as unbound."""
    file = expected["fil"]
    faults = [
        f"{file}\tkryss\t{key}\tska vara {on}\tlästes {ticks.get(key, 'saknas')}"
        for key, on in expected["ticks"].items()
        if ticks.get(key, False) != on
    ]
    right = len(expected["ticks"]) - len(faults)
    bound = sum(key in ticks for key in expected["ticks"])
    whole, nearly, alike = 0, 0, 0.0
    for question, want in expected["answers"].items():
        got = answers.get(question, "")
        same = fold(got) == fold(want) if expected["form"] else fold(want) in fold(got)
        whole += same
        like = 1.0 if same else similarity(got, want)
        nearly += like >= _NEARLY
        alike += like
        if not same:
            faults.append(f"{file}\tsvar\t{question}\tska: {fold(want)!r}\tlästes: {fold(got)!r}")
    strays = [q for q, got in answers.items() if fold(got) and q not in expected["answers"]]
    faults += [
        f"{file}\textra\t{q}\tlästes: {fold(answers[q])!r}" for q in strays if expected["form"]
    ]
    fields = {k: v for k in _HEADER if (v := expected["header"].get(k)) not in (None, "")}
    wrong = {k: v for k, v in fields.items() if fold(str(header.get(k))) != fold(str(v))}
    faults += [f"{file}\thuvud\t{k}\tska: {v}\tlästes: {header.get(k)}" for k, v in wrong.items()]
    return Reading(
        expected["variant"],
        (right, len(expected["ticks"])),
        (bound, len(expected["ticks"])),
        (whole, len(expected["answers"])),
        (nearly, len(expected["answers"])),
        alike,
        len(strays) if expected["form"] else 0,
        (len(fields) - len(wrong), len(fields)),
        tuple(faults),
    )


def fold(text: str) -> str:
    """Return the text with white space folded and dashes, quotes and soft hyphens evened out."""
    return " ".join(text.translate(_FOLD).split())


def similarity(got: str, want: str) -> float:
    """Return 0–1: how much of two texts is alike, in order."""
    from rapidfuzz.distance import Indel

    alike: float = Indel.normalized_similarity(fold(got), fold(want))
    return alike


def _summaries(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    by_variant: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_variant[reading.variant].append(reading)
    rows = [_summary(name, group) for name, group in by_variant.items()]
    return [*rows, _summary("alla", list(readings))]


def _summary(name: str, group: Sequence[Reading]) -> dict[str, Any]:
    def share(field: str) -> float | None:
        pairs: list[tuple[int, int]] = [getattr(reading, field) for reading in group]
        whole = sum(p[1] for p in pairs)
        return round(100 * sum(p[0] for p in pairs) / whole, 2) if whole else None

    answers = sum(reading.answers[1] for reading in group)
    return {
        "variant": name,
        "filer": len(group),
        "kryss_ratt_%": share("ticks"),
        "kryss_funna_%": share("bound"),
        "svar_hela_%": share("answers"),
        "svar_95_%": share("nearly"),
        "likhet_%": round(100 * sum(r.similarity for r in group) / max(1, answers), 2),
        "svar_extra": sum(reading.strays for reading in group),
        "huvud_%": share("header"),
        "olästa": sum(any("\tläsning\t" in f for f in reading.faults) for reading in group),
    }


def _print(rows: Sequence[Mapping[str, Any]]) -> None:
    names = list(rows[0])
    print("".join(f"{name:>16}" if n else f"{name:<18}" for n, name in enumerate(names)))
    for row in rows:
        cells = ["–" if row[name] is None else str(row[name]) for name in names]
        print("".join(f"{cell:>16}" if n else f"{cell:<18}" for n, cell in enumerate(cells)))


def _wanted(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the lines of expected.jsonl that were asked for, at most `limit` a variant."""
    names = options.variants.split(",") if options.variants != "all" else None
    seen: dict[str, int] = defaultdict(int)
    for text in (options.out / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        name = line["variant"]
        if names is not None and not any(name == n or name.startswith(f"{n}_") for n in names):
            continue
        seen[name] += 1
        if not options.limit or seen[name] <= options.limit:
            yield line


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.readings", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--variants", default="all", help="names or their beginnings (docx,scan)")
    parser.add_argument("--limit", type=int, default=0, help="at most this many files a variant")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
