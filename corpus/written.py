"""The written reports of corpus/training with their annotations, and the writers' splits.

A report's own part is `corpus.records.Report`; here come the writer, the words each code rests on,
and every mention of a partner with its context.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from corpus.records import RecordError, Report, parse_report
from corpus.types import Context

FOLDER = Path(__file__).with_name("training")
TICK = "KRYSS"
Split = Literal["train", "calibration", "test"]
_OWN = ("skribent", "persona", "omnamnanden")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one answer (`field` is a question id, or "text"): `text[start:end] == quote`."""

    field: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class ActorMention:
    """One place where a partner is named, also where it is not coded."""

    passage: Passage
    actor: str
    context: Context


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report with its annotations. `evidence` is None for a code that rests on a tick alone."""

    report: Report
    writer: str
    persona: str
    evidence: Mapping[str, Passage | None]
    mentions: tuple[ActorMention, ...]

    @property
    def fields(self) -> Mapping[str, str]:
        """The texts by question id; a free-form document has one, "text"."""
        if self.report.text is not None:
            return {"text": self.report.text}
        return self.report.svar or {}

    @property
    def year(self) -> int | None:
        """The first year of the period as it was written, or None where it names none."""
        found = re.search(r"\b(?:19|20)\d\d\b", self.report.period or "")
        return int(found[0]) if found else None

    @property
    def whole(self) -> str:
        """All that was written, one field after the other."""
        return "\n".join(text for text in self.fields.values() if text.strip())


def load_written(folder: Path = FOLDER) -> tuple[WrittenReport, ...]:
    """Return all written reports, by writer and id. Raises RecordError with file, line, field."""
    return tuple(report for file in sorted(folder.glob("s*.jsonl")) for report in read(file))


def read(file: Path) -> Iterator[WrittenReport]:
    """Yield the reports of one writer's file. Raises RecordError with file, line and field."""
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _parse(line, f"{file.name}:{number}")


@cache
def load_splits(folder: Path = FOLDER) -> Mapping[str, Split]:
    """Return the split of each writer. Raises RecordError for a writer in two or in none."""
    file = folder / "splits.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    faults = [f"unknown split {name} @ {file.name}" for name in set(data) - set(get_args(Split))]
    split: dict[str, Split] = {}
    for name in get_args(Split):
        for writer in data.get(name, ()):
            if writer in split:
                faults.append(f"{writer} is in {split[writer]} and {name} @ {file.name}")
            split[writer] = name
    present = {path.stem for path in folder.glob("s*.jsonl")}
    faults += [f"{w} is in no split @ {file.name}" for w in sorted(present - set(split))]
    faults += [f"{w} has no file @ {file.name}" for w in sorted(set(split) - present)]
    if faults:
        raise RecordError(faults)
    return split


def _parse(line: str, place: str) -> WrittenReport:
    try:
        data = json.loads(line)
        own = {key: data.pop(key) for key in _OWN}
        evidence = {code: _evidence(value) for code, value in data["evidens"].items()}
        data["evidens"] = {c: p.quote if p else TICK for c, p in evidence.items()}
        mentions = tuple(
            ActorMention(_passage(m), m["aktor"], Context(m["kontext"])) for m in own["omnamnanden"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError([f"{type(error).__name__}: {error} @ {place}"]) from error
    report = parse_report(json.dumps(data), place)
    return WrittenReport(report, own["skribent"], own["persona"], evidence, mentions)


def _evidence(value: Any) -> Passage | None:
    return None if value == TICK else _passage(value)


def _passage(data: Mapping[str, Any]) -> Passage:
    return Passage(data["falt"], data["start"], data["slut"], data["text"])
