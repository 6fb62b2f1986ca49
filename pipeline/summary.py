"""What a run did and what to do next: the closing words in Swedish, and the exit code."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.types import Status
from pipeline.errors import ExitCode
from pipeline.tables.types import Round


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one run. `failed` and `partly` hold (document, reason with advice).

    `decided` counts the questions that people have answered, `reopened` those asked again. `aside`
    is where a filled-in workbook now lies that had not been read in.
    """

    documents: int
    new: int
    failed: tuple[tuple[str, str], ...]
    partly: tuple[tuple[str, str], ...]
    not_projects: int
    projects: int
    codings: int
    flagged: int
    out: Path
    seconds: float
    decided: int = 0
    reopened: int = 0
    aside: Path | None = None

    @property
    def exit_code(self) -> ExitCode:
        """Done, done but some documents failed, or nothing could be read."""
        if len(self.failed) == self.documents:
            return ExitCode.NOTHING_READ
        return ExitCode.SOME_FAILED if self.failed else ExitCode.DONE

    def as_dict(self) -> dict[str, Any]:
        """Return the summary for programs; paths as text."""
        return {
            "dokument": self.documents,
            "nylasta": self.new,
            "fel": [{"dokument": name, "fel": reason} for name, reason in self.failed],
            "delvis": [{"dokument": name, "fel": reason} for name, reason in self.partly],
            "inte_projekt": self.not_projects,
            "projekt": self.projects,
            "kodningar": self.codings,
            "att_granska": self.flagged,
            "avgjorda_av_granskare": self.decided,
            "oppnade_igen": self.reopened,
            "ut": str(self.out),
            "sekunder": round(self.seconds, 2),
            "slutkod": int(self.exit_code),
        }

    def lines(self, command: str = "samverkan") -> list[str]:
        """Return the closing words: what was done, what failed, what to do next.

        `command` is how the reader calls this program.
        """
        if self.documents == 0:
            return ["Inkorgen är tom: det finns inget att läsa."]
        read = self.documents - len(self.failed)
        lines = [
            "",
            f"{read} av {self.documents} dokument lästa på {_seconds(self.seconds)}"
            + (f" ({self.new} nya eller ändrade)." if self.new < read else "."),
            f"{self.projects} projekt kodade; {self.not_projects} dokument är inga redovisningar.",
        ]
        if self.decided or self.reopened:
            lines.append(_reviewed(self))
        if self.failed:
            lines += ["", "Kunde inte läsas (står också i dokument.csv):"]
            lines += [f"  {name}: {reason}" for name, reason in self.failed]
        if self.partly:
            lines += ["", "Delvis lästa:"]
            lines += [f"  {name}: {reason}" for name, reason in self.partly]
        if not self.projects:
            return [*lines, "", f"Dokumentlistan finns i {self.out / 'dokument.csv'}"]
        share = self.flagged / self.codings
        lines += [
            "",
            f"  Tabeller    {self.out / 'sammanstallning.xlsx'}",
            f"  Rapport     {self.out / 'rapport.html'}",
            f"    i Word    {self.out / 'rapport.docx'}",
            f"  Granskning  {command} review serve {shlex.quote(str(self.out))}"
            f"  ({self.flagged} av {self.codings} kodningar, {share:.0%})",
            f"    i Excel   {self.out / 'granskning.xlsx'}",
        ]
        if self.aside:
            lines.append(
                f"              Den ifyllda arbetsboken som låg där heter nu {self.aside.name}; "
                f"läs in den med {command} review import."
            )
        lines += ["", _next_step(self)]
        return lines


def summarise(round_: Round, new: int, out: Path, seconds: float) -> Summary:
    """Count what a round holds; `new` is how many files were really read this time."""
    codings = [coding for ones in round_.codings.values() for coding in ones]
    read = [record for record in round_.documents if record.kind is not None]
    return Summary(
        documents=len(round_.documents),
        new=new,
        failed=tuple((r.name, r.error) for r in round_.documents if r.kind is None),
        partly=tuple((r.name, r.error) for r in read if r.error),
        not_projects=sum(not record.projects for record in read),
        projects=len(round_.projects),
        codings=len(codings),
        flagged=sum(coding.status is Status.REVIEW for coding in codings),
        out=out,
        seconds=seconds,
        decided=round_.decided,
        reopened=round_.reopened,
    )


def _reviewed(summary: Summary) -> str:
    told = f"Granskare har avgjort {_questions(summary.decided)}; svaren är inräknade."
    if summary.reopened:
        told += f" {_questions(summary.reopened)} har öppnats igen: texten bakom har ändrats."
    return told


def _questions(number: int) -> str:
    return "1 fråga" if number == 1 else f"{number} frågor"


def _next_step(summary: Summary) -> str:
    if summary.failed:
        return (
            "Gör så här: rätta eller ersätt filerna ovan och kör samma kommando igen; "
            "bara det nya läses. Granska sedan, på sidan eller i Excel."
        )
    if summary.flagged:
        return (
            "Gör så här: granska på sidan eller i Excel och kör samma kommando igen; då räknas "
            "besluten in i tabellerna."
        )
    return "Inget behöver granskas."


def _seconds(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s".replace(".", ",")
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"
