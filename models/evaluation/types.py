"""The types of an evaluation: what is compared, and what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotations.gold import Cell

YES = "ja"
GROUPS = "partnergrupp"


class EvaluationError(ValueError):
    """Input that cannot be evaluated; `faults` lists every fault and its place."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One project's true codes; `values` are "" (not coded), "ja" or a role, for every cell.

    `quotes` are the words a code rests on, where the coder kept them.
    """

    id: str
    values: Mapping[Cell, str]
    quotes: Mapping[Cell, str] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class CodedCell:
    """One row of kodningar.csv. `value` is "" (0), "ja" or a role; `confidence` is in 0–1."""

    value: str
    status: str = "auto"
    confidence: float | None = None
    origin: str = ""
    reasons: str = ""
    document: str = ""
    page: str = ""
    start: int | None = None
    end: int | None = None
    quote: str = ""

    @property
    def automatic(self) -> bool:
        """Whether no person is asked to look."""
        return self.status != "granska"


@dataclass(frozen=True, slots=True)
class Codings:
    """The codes of the projects that gold knows, and the names of those that it does not."""

    projects: Mapping[str, Mapping[Cell, CodedCell]]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % bootstrap interval; None where there was nothing to count."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of everything (`variable` ""), of a variable (`category` "") or of a category.

    `gold` and `coded` count positive cells (planned partners do not count), `cells` all of them.
    `at_most` is the exact 97.5 % upper bound of `auto_error`, as if cells were independent.
    """

    variable: str
    category: str
    gold: int
    coded: int
    tp: int
    fp: int
    fn: int
    cells: int
    automatic: int
    automatic_wrong: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    macro_f1: Estimate
    role_accuracy: Estimate
    coverage: Estimate
    auto_error: Estimate
    at_most: float | None
    table_error: Estimate


@dataclass(frozen=True, slots=True)
class Bin:
    """Cells of about the same confidence: mean confidence and the share that was right."""

    low: float
    high: float
    cells: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far a confidence is the probability that the counted value is right.

    `ece` has ten bins of equal width, `ece_equal_mass` ten of equal size; `ece_by_chance` is the
    mean `ece` that confidences which are exactly right would get from so few cells. `variable`
    is empty for all variables together.
    """

    variable: str
    cells: int
    confidence: float | None
    right: float | None
    ece: Estimate
    ece_equal_mass: float | None
    ece_by_chance: float | None
    brier: float | None
    bins: tuple[Bin, ...]


class Kind(StrEnum):
    """In what way a cell differs from gold; `PLANNED` is no error in any count."""

    MISSED = "missad"
    EXTRA = "för mycket"
    ROLE = "fel roll"
    PLANNED = "planerad, räknas inte"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that differs from gold. `coded` is None where the results lack the cell."""

    project: str
    variable: str
    category: str
    kind: Kind
    gold: str
    value: str
    gold_quote: str
    coded: CodedCell | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Differences of one sort: gold says `gold` where the results say `value`.

    Both are (category, value); None stands for no code. `projects` counts where it happened,
    `of` in how many projects it could have: those with the gold code, or those without.
    """

    variable: str
    gold: tuple[str, str] | None
    value: tuple[str, str] | None
    projects: int
    of: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that is known about one run against gold.

    `roles` counts partner cells by (gold, coded) value, "" for not coded.
    """

    projects: int
    missing: tuple[str, ...]
    others: tuple[str, ...]
    missing_cells: int
    reviewed_cells: int
    seed: int
    resamples: int
    overall: Scores
    variables: tuple[Scores, ...]
    categories: tuple[Scores, ...]
    roles: Mapping[tuple[str, str], int]
    calibration: Calibration
    calibrations: tuple[Calibration, ...]
    differences: tuple[Difference, ...]
    confusions: tuple[Confusion, ...]
