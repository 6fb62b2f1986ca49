"""The flow as blocks of the report: the steps by county, and why projects dropped out."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.projects.counts import Counts, by_county, count, reasons
from pipeline.projects.types import PairKind, ProjectFlow
from pipeline.projects.words import load_words
from pipeline.report.blocks import Block, Grid, Heading, Paragraph
from pipeline.tables.numbers import whole

_NAMED = 6  # how many projects a reason names
_COLUMNS: tuple[tuple[str, Callable[[Counts], int], bool], ...] = (
    ("Beviljade", lambda c: c.granted, True),
    ("Startade inte", lambda c: c.not_started, False),
    ("Okänt om startade", lambda c: c.unknown, False),
    ("Startade", lambda c: c.started, True),
    ("Inte redovisade", lambda c: c.not_reported, False),
    ("Redovisade", lambda c: c.reported, True),
    ("Pågår", lambda c: c.ongoing, False),
    ("Oklart", lambda c: c.unclear, False),
    ("Avslutade", lambda c: c.ended, True),
)


def flow_blocks(flow: ProjectFlow, level: int = 1) -> tuple[Block, ...]:
    """Return the flow as a chapter; columns of nothing but noughts are left out."""
    if not flow.rows:
        return ()
    return (
        Heading(level, "Från beviljat till avslutat projekt", "projektflode"),
        Paragraph(_told(flow)),
        _steps(flow),
        *_reasons(flow),
    )


def _told(flow: ProjectFlow) -> str:
    c = count(flow.rows)
    basis = (
        "Beviljade projekt är de som står i samordnarens lista."
        if flow.listed
        else "Samordnaren har inte lämnat någon lista över beviljade projekt. Som beviljade räknas "
        "de projekt som har ett beslut, ett beviljat belopp eller en redovisning."
    )
    # Not "148 (3 startade inte)": `samverkan check` would take the 148 for those that did not.
    more = f", medan {whole(c.not_started)} inte startade" if c.not_started else ""
    they = "det" if c.unknown == 1 else "de"
    more += f" (för {whole(c.unknown)} är det okänt om {they} startade)" if c.unknown else ""
    granted = "beviljat" if c.granted == 1 else "beviljade"
    text = f"{basis} Av {whole(c.granted)} {granted} projekt startade {whole(c.started)}{more}."
    if c.reported:
        ended = "avslutat" if c.ended == 1 else "avslutade"
        text += f" {whole(c.reported)} har redovisat. Av dem är {whole(c.ended)} {ended}"
        text += f" och {whole(c.ongoing)} pågår"
        text += f"; för {whole(c.unclear)} är det oklart." if c.unclear else "."
    else:
        text += " Inget har redovisat."
    late = sum(row.late is True for row in flow.rows)
    if late:
        text += f" {_projects(late)} redovisade för sent."
    waiting = sum(p.open and p.kind is not PairKind.GRANT for p in flow.pairs)
    if waiting:
        text += (
            f" I {whole(waiting)} fall är det osäkert om handlingar gäller samma projekt "
            "(sammanslagning.csv)."
        )
    return text


def _steps(flow: ProjectFlow) -> Grid:
    total = count(flow.rows)
    shown = [(label, get) for label, get, always in _COLUMNS if always or get(total)]
    counties = by_county(flow)
    rows = [(name, *(whole(get(c)) for _, get in shown)) for name, c in counties if c.granted]
    rows.append(("Summa", *(whole(get(total)) for _, get in shown)))
    return Grid(
        "projektflode",
        "Projekt från beviljat till avslutat, efter län",
        ("Län", *(label for label, _ in shown)),
        tuple(rows),
        numeric=tuple(range(1, len(shown) + 1)),
        total=True,
    )


def _reasons(flow: ProjectFlow) -> tuple[Block, ...]:
    found = reasons(flow)
    if not found:
        return ()
    words = load_words()
    rows = []
    for id, number, projects in found:
        reason = words.reason(id)
        more = f" och {whole(number - _NAMED)} till" if number > _NAMED else ""
        which = ", ".join(projects[:_NAMED]) + more
        rows.append((reason.label, whole(number), reason.about, which))
    return (
        Grid(
            "projektflode-skal",
            "Varför projekt inte är avslutade",
            ("Skäl", "Projekt", "Vad det betyder", "Vilka"),
            tuple(rows),
            numeric=(1,),
        ),
    )


def _projects(number: int) -> str:
    return "Ett projekt" if number == 1 else f"{whole(number)} projekt"
