"""Reports with gold codes as JSON lines: `load_reports` and `dump_reports`, strict about every key.

The schema is the development rounds' own; this module knows nothing of files municipalities send.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import cattrs
from cattrs.gen import make_dict_structure_fn

Kind = Literal["slut", "del", "fri"]
Structure = Literal["befintlig", "ny", "utvardering", "annat"]
Actor = Literal[
    "kommuner",
    "halso_sjukvard",
    "rattsvasende",
    "kyrka_samfund",
    "forsakringskassa",
    "frivilligorganisation",
    "ovriga",
]
Area = Literal["kvinnor", "barn", "heder", "skyddat_boende", "utovare", "sarskilt_utsatta"]
Integration = Literal["har_integrerats", "ska_integreras", "konkret_plan", "ej_relevant"]

# Every box of the form by question. The shipped coder was trained with the boxes in this order.
BOXES: Mapping[str, tuple[str, ...]] = {
    "redovisning": ("del", "slut"),
    "struktur": ("ny", "befintlig", "utvardering", "annat"),
    "aktor": get_args(Actor),
    "omrade": get_args(Area),
    "integrering": get_args(Integration),
}

QUESTIONS = (
    "mal",
    "insatser",
    "struktur_annat",
    "belopp",
    "aktor_kommuner",
    "aktor_halso_sjukvard",
    "aktor_rattsvasende",
    "aktor_kyrka_samfund",
    "aktor_forsakringskassa",
    "aktor_frivilligorganisation",
    "aktor_ovriga",
    "nya_aktorer",
    "sarskilt_utsatta",
    "nya_omraden",
    "maluppfyllelse",
    "integrering",
    "forutsattningar",
    "ovrigt",
)


class RecordError(ValueError):
    """A line that is not a report; `faults` lists every fault and its place (`file:line.field`)."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Ticks:
    """The boxes ticked on the form, by question."""

    redovisning: Literal["slut", "del"] | None = None
    struktur: tuple[Structure, ...] = ()
    aktor: tuple[Actor, ...] = ()
    omrade: tuple[Area, ...] = ()
    integrering: tuple[Integration, ...] = ()

    def ticked(self, question: str) -> tuple[str, ...]:
        """Return the ticked options of one question."""
        value = getattr(self, question)
        if isinstance(value, str):
            return (value,)
        return tuple(value or ())


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful coder codes from the whole report; ids are the codebook's."""

    struktur: tuple[Structure, ...]
    partner: Mapping[str, Literal["aktiv", "inbjuden", "planerad"]]
    malgrupp: tuple[str, ...]
    maluppfyllelse: Literal["helt", "delvis", "ej", "oklart"]
    integrering: tuple[Literal["integrerad", "plan", "ej"], ...]
    utbildning: bool
    reell_samverkan: bool
    status: Literal["avslutat", "pagar", "oklart"]
    tillfallig: bool = False
    lansstyrelsen_aktiv: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One submitted report. `svar` and `kryss` are None, and `text` is set, for free-form ones.

    `period` is `YYYY-MM-DD–YYYY-MM-DD` or what was written instead, `belopp` the granted sum in kr.
    """

    id: str
    lan: str
    kommun: str
    blankett: Kind
    gold: Gold
    titel: str | None = None
    period: str | None = None
    belopp: int | None = None
    stil: str = ""
    kryss: Ticks | None = None
    svar: Mapping[str, str] | None = None
    text: str | None = None
    evidens: Mapping[str, str] = field(default_factory=dict)

    def answer(self, question: str) -> str:
        """Return the answer to one question, stripped; empty when there is none."""
        return (self.svar or {}).get(question, "").strip()


def load_reports(path: Path) -> Iterator[Report]:
    """Yield the reports of a JSONL file. Raises RecordError naming file, line and field."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield parse_report(line, f"{path.name}:{number}")


def parse_report(line: str, place: str) -> Report:
    """Return the report on one JSON line. Raises RecordError; `place` begins each fault."""
    try:
        report = _CONVERTER.structure(json.loads(line), Report)
    except json.JSONDecodeError as error:
        raise RecordError([f"not JSON ({error.msg}) @ {place}"]) from error
    except cattrs.BaseValidationError as error:
        raise RecordError(cattrs.transform_error(error, path=place)) from error
    if faults := _shape_faults(report, place):
        raise RecordError(faults)
    return report


def parse_gold(data: Mapping[str, Any], place: str) -> Gold:
    """Return the codes of one report. Raises RecordError; `place` begins each fault."""
    try:
        return _CONVERTER.structure(data, Gold)
    except cattrs.BaseValidationError as error:
        raise RecordError(cattrs.transform_error(error, path=place)) from error


def dump_reports(reports: Iterable[Report], path: Path) -> None:
    """Write reports as JSON lines that `load_reports` reads back as they were."""
    with path.open("w", encoding="utf-8") as out:
        for report in reports:
            out.write(report_line(report) + "\n")


def report_line(report: Report) -> str:
    """Return a report as one line of JSON that `parse_report` reads back as it was."""
    data = _CONVERTER.unstructure(report)
    if report.text is None:
        del data["text"]
    return json.dumps(data, ensure_ascii=False)


def _shape_faults(report: Report, place: str) -> list[str]:
    """Return what is missing for the report's own kind, and answers to unknown questions."""
    needed = ("text",) if report.blankett == "fri" else ("svar", "kryss")
    faults = [
        f"required field missing @ {place}.{name}"
        for name in needed
        if getattr(report, name) is None
    ]
    unknown = set(report.svar or {}) - set(QUESTIONS)
    return faults + [f"unknown question @ {place}.svar.{key}" for key in sorted(unknown)]


def _exactly(kind: type) -> Any:
    def check(value: object, _: object) -> object:
        if type(value) is not kind:
            raise ValueError(f"must be {kind.__name__}, not {value!r}")
        return value

    return check


def _converter() -> cattrs.Converter:
    """Return a converter that refuses unknown keys and never turns one type into another."""
    converter = cattrs.Converter(
        forbid_extra_keys=True, unstruct_collection_overrides={tuple: list}
    )
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    for cls in (Ticks, Gold, Report):
        hook = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)
        converter.register_structure_hook(cls, hook)
    return converter


_CONVERTER = _converter()
