"""The coordinator's list of granted projects: a CSV, read tolerantly, every fault with its row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from annotations.places.places import Places, load_places
from corpus.types import DocumentKind, Header, Submission
from pipeline.parse import dates, money
from pipeline.parse.fold import fold
from pipeline.parse.identity import slug
from pipeline.parse.place import county, municipality
from pipeline.projects.csv_text import ListError, read, table
from pipeline.projects.words import load_words


@dataclass(frozen=True, slots=True)
class Grant:
    """One row. `name` is what the review list knows it by, `reason` why it dropped out ("")."""

    row: int
    name: str
    header: Header
    project: str = ""
    decided: date | None = None
    reason: str = ""
    dropout: str = ""
    due: date | None = None

    def submission(self) -> Submission:
        """Return the row as a paper that says what a decision says: to be weighed as one."""
        return Submission(self.name, 1, DocumentKind.ANNAT, 1.0, "", header=self.header)


@dataclass(frozen=True, slots=True)
class Grants:
    """The rows that could be used, and what was wrong, by row number (the header is row 1)."""

    rows: tuple[Grant, ...]
    faults: tuple[tuple[int, str], ...] = ()


def template() -> str:
    """Return an example of the list: its header and one row."""
    words = load_words()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(c.id for c in words.columns)
    writer.writerow(words.example[c.id] for c in words.columns)
    return out.getvalue()


def read_grants(path: Path) -> Grants:
    """Read the list: UTF-8 or CP1252; comma, semicolon or tab.

    Raises ListError where it is no such list at all; other faults are given back with their rows.
    """
    return read(path, parse_grants)


def parse_grants(text: str, places: Places | None = None) -> Grants:
    """Parse the text of a list; see `read_grants`."""
    places = places or load_places()
    cells = table(text, "Listan över beviljade projekt")
    names, faults = _columns(cells[0])
    if not {"kommun", "lan"} & set(names):
        known = ", ".join(c.id for c in load_words().columns)
        raise ListError(
            "Listan över beviljade projekt saknar kolumnen kommun. "
            f"Kolumner som känns igen: {known}"
        )
    rows: list[Grant] = []
    taken: Counter[str] = Counter()
    for number, values in enumerate(cells[1:], start=2):
        if not any(v.strip() for v in values):
            continue
        said = dict(zip(names, (" ".join(v.split()) for v in values), strict=False))
        said.pop("", None)
        reader = _Reader(said, number, places)
        grant = reader.grant()
        faults += [(number, fault) for fault in reader.faults]
        if len(values) > len(names) and any(v.strip() for v in values[len(names) :]):
            faults.append((number, "fler värden än kolumner; de sista läses inte"))
        if grant is None:
            continue
        taken[grant.name] += 1
        if taken[grant.name] > 1:
            faults.append((number, f"samma projekt som en tidigare rad ({grant.name})"))
            continue
        rows.append(grant)
    return Grants(tuple(rows), tuple(faults))


def _columns(first: list[str]) -> tuple[list[str], list[tuple[int, str]]]:
    known = {_plain(n): c.id for c in load_words().columns for n in (c.id, c.label, *c.names)}
    names: list[str] = []
    faults: list[tuple[int, str]] = []
    for cell in first:
        word = _plain(cell)
        id = known.get(word, "")
        if id and id in names:
            faults.append((1, f"kolumnen ”{cell.strip()}” står två gånger; den första gäller"))
            id = ""
        elif word and not id:
            faults.append((1, f"okänd kolumn ”{cell.strip()}”; den läses inte"))
        names.append(id)
    return names, faults


def _plain(name: str) -> str:
    return " ".join(fold(name).replace("_", " ").split())


class _Reader:
    """One row; what cannot be understood is put among `faults` and left empty."""

    def __init__(self, said: Mapping[str, str], number: int, places: Places) -> None:
        self.faults: list[str] = []
        self._said = said
        self._number = number
        self._places = places

    def grant(self) -> Grant | None:
        said, places = self._said, self._places
        town = municipality(said.get("kommun", ""), places) if said.get("kommun") else None
        lan = county(said.get("lan", ""), places) if said.get("lan") else None
        if said.get("kommun") and town is None:
            self.faults.append(f"kommunen ”{said['kommun']}” är okänd")
        if said.get("lan") and lan is None:
            self.faults.append(f"länet ”{said['lan']}” är okänt")
        if town is None and lan is None:
            self.faults.append("varken kommun eller län; raden räknas inte")
            return None
        home = places.municipality(town) if town else None
        if home and lan and home.county_code != lan:
            self.faults.append("länet och kommunen hör inte ihop; kommunens län används")
        code = home.county_code if home else lan
        start, end = self._day("start", first=True), self._day("slut", first=False)
        if start and end and end < start:
            self.faults.append("projektet slutar innan det börjar; perioden läses inte")
            start = end = None
        header = Header(
            lan=places.county(code).name if code else None,
            lanskod=code,
            kommun=home.name if home else None,
            kommunkod=town,
            titel=said.get("titel") or None,
            period_start=start,
            period_slut=end,
            beviljat_belopp=self._amount(),
            dnr=said.get("beslut_dnr") or None,
        )
        return Grant(
            row=self._number,
            name=_name(header, said),
            header=header,
            project=said.get("projekt", ""),
            decided=self._day("beslutsdatum", first=True),
            reason=self._reason(),
            dropout=said.get("bortfall", ""),
            due=self._day("sista_dag", first=False),
        )

    def _day(self, column: str, *, first: bool) -> date | None:
        """Read a day; "2010" or "ht 2010" is its first or its last day."""
        value = self._said.get(column, "")
        if not value:
            return None
        found = [w for w in dates.points(value) if not w.yearless]
        if not found:
            self.faults.append(f"{column} ”{value}” är inget datum")
            return None
        return found[0].first if first else found[-1].last

    def _amount(self) -> Decimal | None:
        value = self._said.get("beviljat_belopp", "")
        if not value:
            return None
        amount = _plain_amount(value) or money.granted(value, bare=True)
        if amount is None:
            self.faults.append(f"beviljat_belopp ”{value}” är inget belopp")
        return amount

    def _reason(self) -> str:
        value = fold(self._said.get("bortfall", "")).strip(" .")
        if not value or value in ("nej", "-", "–"):
            return ""
        reasons = load_words().reasons
        for reason in reasons:
            if value.replace(" ", "_") == reason.id or value == fold(reason.label):
                return reason.id
        found = [r.id for r in reasons for word in r.words if word in value]
        if not found:
            known = ", ".join(r.label.lower() for r in reasons if r.words)
            self.faults.append(
                f"bortfall ”{self._said['bortfall']}” känns inte igen (skriv {known})"
            )
        return found[0] if found else ""


def _plain_amount(value: str) -> Decimal | None:
    digits = value.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    return Decimal(digits) if digits.isascii() and digits.isdigit() else None


def _name(header: Header, said: Mapping[str, str]) -> str:
    """Return what the row is known by: the same however the rows are sorted."""
    if said.get("projekt"):
        return f"beviljad/{said['projekt']}"
    what = said.get("titel") or said.get("beslut_dnr") or ""
    more = [] if what else [said.get("beviljat_belopp", ""), said.get("start", "")]
    number = said.get("beslut_dnr", "") if said.get("titel") else ""
    place = header.kommun or header.lan or ""
    return "beviljad/" + "-".join(s for p in (place, what, number, *more) if (s := slug(p)))


def faults_of(grants: Grants) -> Iterator[str]:
    """Yield the faults as lines with their row numbers."""
    yield from (f"Rad {row}: {fault}." for row, fault in grants.faults)
