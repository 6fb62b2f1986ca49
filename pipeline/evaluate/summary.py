"""What the command prints: the figures of the whole and of each variable, in English."""

from __future__ import annotations

from collections.abc import Iterator

from models.evaluation import Estimate, Evaluation
from pipeline.evaluate.tables import TableSum
from pipeline.evaluate.texts import Evidence

_NAMED = 5


def lines(
    evaluation: Evaluation, evidence: Evidence, tables: tuple[TableSum, ...] = ()
) -> Iterator[str]:
    """Yield the lines of the summary."""
    e, o = evaluation, evaluation.overall
    yield f"{e.projects} projects with gold, {o.cells} decisions, {o.gold} codes in gold"
    yield ""
    yield f"{'':24}{'figure':>8}   95 % interval"
    for name, figure in (
        ("micro precision", o.precision),
        ("micro recall", o.recall),
        ("micro F1", o.f1),
        ("macro F1", o.macro_f1),
        ("role accuracy", o.role_accuracy),
        ("automatic: coverage", o.coverage),
        ("automatic: error", o.auto_error),
        ("table error", o.table_error),
        ("calibration: ECE", e.calibration.ece),
    ):
        yield f"{name:24}{_number(figure.value, 8)}   {_interval(figure)}"
    if evidence.positives:
        share = evidence.verbatim / evidence.positives
        yield f"{'verbatim quotes':24}{share:8.3f}   of {evidence.positives} codes from text"
    for t in (t for t in tables if t.cells):
        held = f"{t.inside} of {t.intervals} intervals hold gold's count" if t.intervals else ""
        yield f"{f'table {t.table}: error':24}{_number(t.error, 8)}   {held}".rstrip()
    yield ""
    yield (
        f"{'variable':16}{'P':>7}{'R':>7}{'F1':>7}   {'95 % interval':15}"
        f"{'gold':>5}{'auto':>7}{'error':>8}{'ECE':>7}"
    )
    ece = {c.variable: c.ece.value for c in e.calibrations}
    for v in e.variables:
        own = "".join(_number(f.value, 7) for f in (v.precision, v.recall, v.f1))
        automatic = f"{_number(v.coverage.value, 7)}{_number(v.auto_error.value, 8, 4)}"
        yield (
            f"{v.variable:16}{own}   {_interval(v.f1):15}{v.gold:5}"
            f"{automatic}{_number(ece.get(v.variable), 7)}"
        )


def warnings(evaluation: Evaluation) -> Iterator[str]:
    """Yield what a reader of the figures must know about projects and cells that do not match."""
    e = evaluation
    if e.missing:
        yield (
            f"Warning: {len(e.missing)} of {e.projects} gold projects are not in the results "
            f"and count as not coded: {_named(e.missing)}"
        )
    if e.missing_cells:
        yield f"Warning: {e.missing_cells} cells are not in the results and count as not coded"
    if e.others:
        yield f"Note: {len(e.others)} projects of the results have no gold: {_named(e.others)}"


def _named(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _number(value: float | None, width: int, places: int = 3) -> str:
    return f"{'–':>{width}}" if value is None else f"{value:{width}.{places}f}"


def _interval(figure: Estimate) -> str:
    if figure.low is None or figure.high is None:
        return "–"
    return f"{figure.low:.3f}–{figure.high:.3f}"
