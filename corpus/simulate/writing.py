"""Writing a simulated round into a folder: inbox, manifest, gold, and what it is good for."""

from __future__ import annotations

import csv
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

import yaml

from corpus.records import Report, report_line
from corpus.render import render_many
from corpus.simulate.formats import assign
from corpus.simulate.preset import Preset
from corpus.simulate.projects import Project

INBOX, GOLD, MANIFEST, FIGURES, GRANTED, README = (
    "inkorg", "gold.jsonl", "manifest.csv", "siffror.yaml", "beviljade.csv", "README.md",
)  # fmt: skip
_GRANT = ("lan", "kommun", "titel", "beviljat_belopp", "start", "slut", "bortfall")
PURPOSE = (
    "Simulated rounds serve chain tests, demos and load tests. Never quality claims: their texts "
    "are put together from written reports so that they fit the codes."
)
_TITLE = "# A simulated round"
_AT_ONCE = 600  # projects rendered together: LibreOffice starts once for each variant among them


class FolderError(Exception):
    """The folder cannot be written to."""


@dataclass
class Written:
    """How much was written, by family of formats."""

    projects: int = 0
    files: Counter[str] = field(default_factory=Counter)
    carried: Counter[str] = field(default_factory=Counter)

    def lines(self, folder: Path, left_out: tuple[str, ...]) -> list[str]:
        """Return what was done, for a person."""
        files = ", ".join(f"{family} {n}" for family, n in sorted(self.files.items()))
        told = [
            f"{self.projects} projects in {sum(self.files.values())} files ({files})",
            f"{folder / INBOX}, {folder / MANIFEST}, {folder / GOLD}",
        ]
        if left_out:
            told.append(f"Left out, since LibreOffice is not installed: {', '.join(left_out)}")
        return told


def write_round(
    projects: Iterable[Project],
    preset: Preset,
    variants: Mapping[str, tuple[str, ...]],
    folder: Path,
    *,
    count: int,
    seed: int,
    done: Callable[[str], None] = lambda name: None,
) -> Written:
    """Write the projects as they come; what is in memory at once does not depend on how many."""
    written = Written()
    kinds = assign(preset.filer, variants, random.Random(f"formats {seed}"))
    stream = iter(projects)
    (folder / INBOX).mkdir(parents=True, exist_ok=True)
    with (
        (folder / GOLD).open("w", encoding="utf-8") as gold,
        (folder / MANIFEST).open("w", encoding="utf-8", newline="") as table,
        (folder / GRANTED).open("w", encoding="utf-8", newline="") as listed,
    ):
        granted = csv.writer(listed, lineterminator="\n")
        granted.writerow(_GRANT)
        manifest = csv.writer(table, lineterminator="\n")
        manifest.writerow(("fil", "projekt", "lan", "kommun", "omgang"))
        while some := list(islice(stream, _AT_ONCE)):
            files = _files(some, kinds, seed)
            rows = _render(files, folder / INBOX, done, written)
            manifest.writerows((*row, preset.namn) for row in sorted(rows))
            _gold(some, gold, written)
            granted.writerows(map(_grant, some))
    _figures(preset, count, folder / FIGURES)
    text = _readme(preset, count, seed, written)
    (folder / README).write_text(text, encoding="utf-8")
    return written


def make_room(folder: Path, *, force: bool) -> None:
    """See that the folder is free for a round; with `force` an earlier round in it goes.

    Raises FolderError; nothing that a simulation did not write is ever removed.
    """
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file; give a folder")
    if folder.is_dir() and any(folder.iterdir()):
        if not force:
            raise FolderError(f"{folder} is not empty; choose another folder, or add --force")
        readme = folder / README
        ours = readme.is_file() and readme.read_text(encoding="utf-8").startswith(_TITLE)
        if not ours:
            raise FolderError(f"{folder} holds no simulated round, so --force leaves it alone")
        shutil.rmtree(folder / INBOX, ignore_errors=True)
        for name in (GOLD, MANIFEST, FIGURES, GRANTED):
            (folder / name).unlink(missing_ok=True)
    # From the first moment, so that a round that was stopped can be written over.
    folder.mkdir(parents=True, exist_ok=True)
    (folder / README).write_text(f"{_TITLE}\n\nNot finished.\n", encoding="utf-8")


@dataclass(frozen=True)
class _File:
    project: str
    report: Report
    variant: str
    layout: int
    stem: str


def _files(projects: Iterable[Project], kinds: Iterator[str], seed: int) -> list[_File]:
    files = []
    for project in projects:
        for report in filter(None, (project.before, project.report)):
            rng = random.Random(f"file {seed} {report.id}")
            form = rng.choice((0, 0, *range(1, 9))) and rng.randrange(1, 10_000)
            kind, what = next(kinds), _what(project, report, rng)
            files.append(_File(project.id, report, kind, form, f"{what} {report.id}"))
    return files


def _what(project: Project, report: Report, rng: random.Random) -> str:
    """Return what somebody calls such a file."""
    if not project.slot.started:
        return f"Ansökan {report.kommun}"
    interim = report.blankett == "del"
    names = ("Delredovisning", "delrapport") if interim else ("Slutredovisning", "Slutrapport")
    return rng.choice(
        (f"{rng.choice(names)} {report.kommun}", f"{report.kommun} {names[0].lower()}")
    )


def _render(
    files: list[_File], inbox: Path, done: Callable[[str], None], written: Written
) -> list[tuple[str, str, str, str]]:
    """Write the files, a variant at a time; return the rows of the manifest."""
    from corpus.render.variants import VARIANTS

    by_variant: dict[str, list[_File]] = {}
    for file in files:
        by_variant.setdefault(file.variant, []).append(file)
    rows = []
    for name, some in sorted(by_variant.items()):
        contents = render_many([(f.report, f.layout) for f in some], name)
        for file, content in zip(some, contents, strict=True):
            path = f"{file.report.lan}/{file.stem}.{VARIANTS[name].suffix}"
            (inbox / path).parent.mkdir(exist_ok=True)
            (inbox / path).write_bytes(content)
            rows.append((path, file.project, file.report.lan, file.report.kommun))
            written.files[VARIANTS[name].family] += 1
            if file.report.id == file.project:
                done(path)
    return rows


def _gold(projects: Iterable[Project], out: IO[str], written: Written) -> None:
    for project in projects:
        written.projects += 1
        if project.woven is not None:
            out.write(report_line(project.report) + "\n")
            quotes = project.report.evidens.values()
            written.carried["tick"] += sum(q == "KRYSS" for q in quotes)
            written.carried["added"] += project.woven.added["egen"]
            written.carried["borrowed"] += project.woven.added["lån"]
            written.carried["all"] += len(quotes)


def _grant(project: Project) -> tuple[object, ...]:
    """Return the project's row in the coordinator's list of grants."""
    report, slot = project.report, project.slot
    start, _, end = (report.period or "").partition("–")
    dropped = f"senarelagt till {slot.begins}" if slot.begins else "startade aldrig"
    return (
        report.lan,
        report.kommun,
        report.titel or "",
        slot.amount,
        start,
        end,
        "" if slot.started else dropped,
    )


def _figures(preset: Preset, count: int, path: Path) -> None:
    """Write what a run takes as --figures: the round's money and its last count, to scale."""
    scale = count / preset.granted
    money = preset.medel
    figures = {
        "medel": {
            "att_fordela": round(money.att_fordela * scale),
            "rekvirerat": round(money.rekvirerat * scale),
            "administration": round(money.administration * scale),
        },
        "forra_omgangen": {
            "namn": preset.forra_namn,
            "projekt": {c.namn: round(c.forra * scale) for c in preset.lan},
        },
    }
    text = yaml.safe_dump(figures, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def _readme(preset: Preset, count: int, seed: int, written: Written) -> str:
    files = ", ".join(f"{family} {n}" for family, n in sorted(written.files.items()))
    carried = written.carried
    return f"""{_TITLE}

{PURPOSE}

{count} projects after the margins of round `{preset.id}`, seed {seed}. All in them is invented.
{sum(written.files.values())} files: {files}.

| what | |
| --- | --- |
| `{INBOX}/` | the files, a folder for each county |
| `{MANIFEST}` | which project each file belongs to |
| `{GOLD}` | a line for each project that began: its last report with its codes |
| `{FIGURES}` | the round's money and last count |
| `{GRANTED}` | the granted projects, and why some never began |

Of {carried["all"]} codes {carried["borrowed"]} stand in words borrowed from another report, \
{carried["added"]} in sentences made for the purpose, {carried["tick"]} in a tick alone; the rest \
in the report that the project was made from. Granted projects that never began have sent an \
application only: they are in the manifest, not in the gold.

    samverkan run {INBOX} --manifest {MANIFEST} --figures {FIGURES} \\
      --granted {GRANTED} --out ut
"""
