"""What is known of the projects' way from grant to end, and of their papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Key = tuple[str, int]  # a submission: its document and its part


class Answer(StrEnum):
    """Whether a project has come to a step."""

    YES = "ja"
    NO = "nej"
    UNKNOWN = "okant"


class Step(StrEnum):
    """The steps, in the order that a project takes them."""

    GRANTED = "beviljat"
    STARTED = "startat"
    REPORTED = "redovisat"
    ENDED = "avslutat"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands at one step. `evidence` is Swedish, `document` the paper it is in."""

    answer: Answer
    evidence: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project's way: its standing at each step, in the order of `Step`.

    `reason` is the id of why it goes no further ("" where it has ended). `row` is its row in the
    coordinator's list of granted projects (None: not there). `late` is None where it cannot be
    told. `replaced` are older versions of its reports, `copies` papers that came more than once.
    `contradicted` is what the list says of its dropping out, where a report says otherwise.
    """

    project: str
    standings: tuple[Standing, Standing, Standing, Standing]
    reason: str
    lan: str = ""
    lanskod: str = ""
    kommun: str = ""
    titel: str = ""
    amount: Decimal | None = None
    row: int | None = None
    interim: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    received: date | None = None
    due: date | None = None
    late: bool | None = None
    replaced: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    contradicted: str = ""

    def at(self, step: Step) -> Standing:
        """Return the project's standing at a step."""
        return self.standings[list(Step).index(step)]

    def holds(self, step: Step) -> bool:
        """Whether the project is known to have come to a step."""
        return self.at(step).answer is Answer.YES


class PairKind(StrEnum):
    """Why two papers stand in the review list."""

    JOINED = "sammanförda"
    APART = "åtskilda"
    GRANT = "beviljande"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that a person should say are one project or two.

    `points` is how much speaks for one (annotations/identity.yaml); `proposal` and `decision` are
    "samma" or "olika". For a grant `a` is the row of the coordinator's list. `content` are digests
    of the papers, by which they are known again under other names. `unclear` is what stands instead
    of a decision, as somebody wrote it; `settled` says that nobody is asked any longer.
    """

    kind: PairKind
    a: Key
    b: Key
    points: float
    reasons: tuple[str, ...]
    proposal: str
    decision: str = ""
    remark: str = ""
    projects: tuple[str, str] = ("", "")
    content: tuple[str, str] = ("", "")
    town: str = ""
    unclear: str = ""
    settled: bool = False

    @property
    def open(self) -> bool:
        """Whether a person is yet to answer."""
        return not self.decision and not self.settled


@dataclass(frozen=True, slots=True)
class Copy:
    """A paper that came twice; `likeness` (0–1) is that of the words people wrote."""

    copy: Key
    of: Key
    likeness: float


@dataclass(frozen=True, slots=True)
class Version:
    """A report that a newer one of the same kind and period replaces; `changed` are questions.

    `sure` is False where nothing told which of the two is the newer but their names.
    """

    older: Key
    newer: Key
    changed: tuple[str, ...]
    why: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ProjectFlow:
    """The flow of a round. `listed` says whether the coordinator gave a list of grants."""

    rows: tuple[ProjectRow, ...]
    listed: bool
    pairs: tuple[Pair, ...] = ()
    due: date | None = None
