"""Does a project fulfil a condition, how probable is that, and which coding decides it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

from annotations.codebook import Codebook
from annotations.tables import Condition
from corpus.types import Coding, Role
from pipeline.tables.margins_assumed import role_chance
from pipeline.tables.types import Decider

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition resolved against the codebook.

    Every clause is a set of (variable, category) of which one must hold. `negated` turns the whole
    around. `exclusive` clauses hold categories of which at most one can be true; a `nested` one
    holds a category and its parts, so that whatever holds, the category does.
    """

    clauses: tuple[tuple[Key, ...], ...]
    negated: bool = False
    exclusive: bool = False
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the project counts, the probability (0–1) that it should, and the deciding coding."""

    holds: bool
    probability: float
    coding: Coding | None


@dataclass(frozen=True, slots=True)
class RoleOrder:
    """The roles of the codebook, strongest first, and those that tables count."""

    strongest_first: tuple[Role, ...]
    counted: tuple[Role, ...]

    def stronger(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the roles that rank before every one of `roles`."""
        first = min((self.strongest_first.index(r) for r in roles), default=0)
        return self.strongest_first[:first]


def role_order(codebook: Codebook) -> RoleOrder:
    """Return the roles of the codebook's variables; every role counts where it has none."""
    labels = [role for variable in codebook.variables for role in variable.roles]
    if not labels:
        return RoleOrder(tuple(Role), tuple(Role))
    return RoleOrder(tuple(r.id for r in labels), tuple(r.id for r in labels if r.counted))


def resolve(condition: Condition, codebook: Codebook) -> Criterion:
    """Turn a condition's references into categories. Raises KeyError for unknown references."""
    if condition.all_of:
        clauses = [c for ref in condition.all_of for c in _clauses(ref, codebook)]
        return Criterion(tuple(clauses))
    refs = condition.any_of or condition.none_of
    expanded = [_clauses(ref, codebook) for ref in refs]
    if len(expanded) == 1:
        clauses = expanded[0]
    elif any(len(c) > 1 for c in expanded):
        raise KeyError(
            f"{' / '.join(refs)}: en härledd kategori kan inte stå tillsammans med andra"
        )
    else:
        clauses = [tuple(dict.fromkeys(key for c in expanded for key in c[0]))]
    variables = {variable for clause in clauses for variable, _ in clause}
    exclusive = len(variables) == 1 and codebook.variable(next(iter(variables))).kind == "one"
    nested = len(refs) == 1 and any(
        len(clause) > 1 and tuple(refs[0].split(".")) in clause for clause in clauses
    )
    return Criterion(tuple(clauses), bool(condition.none_of), exclusive, nested)


def judge(
    codings: Mapping[Key, Coding], criterion: Criterion, roles: tuple[Role, ...], order: RoleOrder
) -> Verdict:
    """Judge one project. Only categories held in one of `roles` count.

    Where a clause has several parts the project has its strongest role among them, so that
    "aktiv" and "inbjuden" never both hold for the same group.
    """
    verdicts = [_any(codings, clause, criterion, roles, order) for clause in criterion.clauses]
    verdict = verdicts[0] if len(verdicts) == 1 else _all(verdicts)
    if criterion.negated:
        return Verdict(not verdict.holds, 1.0 - verdict.probability, verdict.coding)
    return verdict


def decider(coding: Coding) -> Decider:
    """Tell who decided a coding.

    What a person has looked at and could not tell is still the machine's: its origin says so.
    """
    return Decider(coding.origin.value)


def _clauses(ref: str, codebook: Codebook) -> list[tuple[Key, ...]]:
    variable_id, _, id = ref.partition(".")
    variable = codebook.variable(variable_id)
    for derived in variable.derived:
        if derived.id == id:
            return [
                c for part in derived.all_of for c in _clauses(f"{variable_id}.{part}", codebook)
            ]
    ids = [c.id for c in variable.categories if id in (c.id, c.part_of)]
    if not ids:
        raise KeyError(ref)
    return [tuple((variable_id, i) for i in ids)]


def _any(
    codings: Mapping[Key, Coding],
    clause: tuple[Key, ...],
    criterion: Criterion,
    roles: tuple[Role, ...],
    order: RoleOrder,
) -> Verdict:
    parts = [codings[key] for key in clause if key in codings]
    if len(parts) == 1:
        return _leaf(parts[0], roles)
    stronger = order.stronger(roles)
    outranked = [v for v in (_leaf(c, stronger) for c in parts)] if stronger else []
    verdicts = [_leaf(c, roles) for c in parts]
    probability = _union(verdicts, criterion) * (1.0 - _union(outranked, criterion))
    holding = [v for v in verdicts if v.holds]
    if holding and not any(v.holds for v in outranked):
        return Verdict(True, probability, _surest(holding))
    return Verdict(False, probability, _least_sure(verdicts))


def _all(verdicts: list[Verdict]) -> Verdict:
    holds = all(v.holds for v in verdicts)
    weakest = _least_sure(verdicts if holds else [v for v in verdicts if not v.holds])
    return Verdict(holds, prod(v.probability for v in verdicts), weakest)


def _leaf(coding: Coding, roles: tuple[Role, ...]) -> Verdict:
    # A partner without a role is a tick without text: the domain says it takes part actively.
    holds = coding.value and (coding.role or Role.AKTIV) in roles
    if decider(coding) is Decider.PERSON:
        return Verdict(holds, float(holds), coding)
    return Verdict(holds, role_chance(coding, roles), coding)


def _union(verdicts: Iterable[Verdict], criterion: Criterion) -> float:
    """The probability that at least one holds: independent parts, unless the criterion says more.

    A category and its parts rest on the same words: together they are as sure as the surest.
    """
    if criterion.exclusive:
        return min(1.0, sum(v.probability for v in verdicts))
    if criterion.nested:
        return max((v.probability for v in verdicts), default=0.0)
    return 1.0 - prod(1.0 - v.probability for v in verdicts)


def _surest(verdicts: list[Verdict]) -> Coding | None:
    return max(verdicts, key=_sureness).coding


def _least_sure(verdicts: list[Verdict]) -> Coding | None:
    return min(verdicts, key=_sureness).coding if verdicts else None


def _sureness(verdict: Verdict) -> tuple[bool, float]:
    coding = verdict.coding
    if coding is None:
        return False, 0.0
    return decider(coding) is Decider.PERSON, coding.confidence
