"""Gold from JSON lines: written reports, the corpus's reports, or a gold version of ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from annotations.codebook import Codebook
from annotations.gold import Cell, cells, load_coded
from corpus.records import Gold, RecordError, Report, load_reports
from corpus.written import TICK, read
from models.evaluation.types import EvaluationError, GoldReport


def load_gold(files: Sequence[Path], codebook: Codebook) -> dict[str, GoldReport]:
    """Return gold by project id. Raises EvaluationError with every file's faults."""
    found: dict[str, GoldReport] = {}
    faults: list[str] = []
    for file in files:
        try:
            reports = list(_reports(file, codebook))
        except RecordError as error:
            faults += error.faults
            continue
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            faults.append(f"cannot be read ({error}) @ {file.name}")
            continue
        if not reports:
            faults.append(f"holds no report @ {file.name}")
        for report in reports:
            if report.id in found:
                first = found[report.id].place
                faults.append(f"{report.id} has gold in {first} already @ {report.place}")
            found.setdefault(report.id, report)
    if faults:
        raise EvaluationError(faults)
    return found


def _reports(file: Path, codebook: Codebook) -> Iterator[GoldReport]:
    faults: list[str] = []
    for id, gold, evidence in _parsed(file):
        unknown = _unknown(gold, codebook)
        faults += [f"the codebook has no {name} @ {file.name}, {id}" for name in unknown]
        if not unknown:
            quotes = _quotes(evidence, codebook)
            yield GoldReport(id, cells(gold, codebook), quotes, file.name)
    if faults:
        raise RecordError(faults)


def _parsed(file: Path) -> Iterator[tuple[str, Gold, Mapping[str, str]]]:
    """Yield id, codes and quotes, by the schema that the first line is written in."""
    first = _first_line(file)
    reports: Iterable[Report]
    if "skribent" in first:
        reports = (written.report for written in read(file))
    elif "kodare" in first:
        yield from ((coded.id, coded.gold, {}) for coded in load_coded(file))
        return
    else:
        reports = load_reports(file)
    yield from ((report.id, report.gold, report.evidens) for report in reports)


def _first_line(file: Path) -> Mapping[str, object]:
    with file.open(encoding="utf-8") as lines:
        line = next(filter(str.strip, lines), "{}")
    data = json.loads(line)
    if not isinstance(data, dict):
        raise RecordError([f"not a JSON object @ {file.name}:1"])
    return data


def _unknown(gold: Gold, codebook: Codebook) -> list[str]:
    known = {(c.variable, c.id) for c in codebook.leaves()}
    coded = [("partner", p) for p in gold.partner] + [("malgrupp", g) for g in gold.malgrupp]
    return [".".join(cell) for cell in coded if cell not in known]


def _quotes(evidence: Mapping[str, str], codebook: Codebook) -> dict[Cell, str]:
    """Return the quotes by cell; a yes/no code stands without its variable, as does `status`."""
    alone = {c.id: (c.variable, c.id) for c in codebook.leaves()}
    quotes: dict[Cell, str] = {}
    for code, quote in evidence.items():
        variable, _, category = code.partition(".")
        if not quote or quote == TICK:
            continue
        if category:
            quotes[variable, category] = quote
        elif any(v.id == variable for v in codebook.variables):
            quotes |= {(variable, c.id): quote for c in codebook.variable(variable).categories}
        elif code in alone:
            quotes[alone[code]] = quote
    return quotes
