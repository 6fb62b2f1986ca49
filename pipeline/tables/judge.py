"""What a project must fulfil to count, as categories, and who decided that it does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotations.codebook import Codebook
from annotations.tables import Condition
from corpus.types import Coding, Origin, Role
from pipeline.tables.types import Decider

Key = tuple[str, str]
_DECIDERS = {origin: Decider(origin.value) for origin in Origin}


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition resolved against the codebook.

    Every clause is a set of (variable, category) of which one must hold. `negated` turns the whole
    around; `also` is what must hold besides. `exclusive` clauses hold categories of which at most
    one can be true; a `nested` one holds a category and its parts, so that whatever holds, the
    category does.
    """

    clauses: tuple[tuple[Key, ...], ...]
    negated: bool = False
    exclusive: bool = False
    nested: bool = False
    also: Criterion | None = None


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
    parts = (
        Condition(any_of=condition.any_of),
        Condition(all_of=condition.all_of),
        Condition(none_of=condition.none_of),
    )
    first, *rest = (_resolve(part, codebook) for part in parts if part.given)
    for also in rest:
        first = _with(first, also)
    return first


def _with(criterion: Criterion, also: Criterion) -> Criterion:
    """Hang what must hold besides on the end of a criterion."""
    last = also if criterion.also is None else _with(criterion.also, also)
    return replace(criterion, also=last)


def _resolve(condition: Condition, codebook: Codebook) -> Criterion:
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


def decider(coding: Coding) -> Decider:
    """Tell who decided a coding.

    What a person has looked at and could not tell is still the machine's: its origin says so.
    """
    return _DECIDERS[coding.origin]


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
