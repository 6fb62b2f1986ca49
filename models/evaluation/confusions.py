"""What was coded wrongly: every cell that differs from gold, and the sorts of them, worst first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from annotations.codebook import Codebook, Variable
from models.evaluation.tally import Cells, uncounted_values
from models.evaluation.types import Confusion, Difference, GoldReport, Kind

Value = tuple[str, str] | None
Sort = tuple[str, Value, Value]


def differences(
    gold: Sequence[GoldReport], coded: Mapping[str, Cells], codebook: Codebook
) -> tuple[Difference, ...]:
    """Return every cell whose value is not gold's, project by project."""
    uncounted = uncounted_values(codebook)
    found: list[Difference] = []
    for report in gold:
        cells = coded.get(report.id, {})
        for cell, true in report.values.items():
            mine = cells.get(cell)
            value = mine.value if mine else ""
            if true != value:
                kind = _kind(true not in uncounted, value not in uncounted)
                quote = report.quotes.get(cell, "") if true else ""
                found.append(Difference(report.id, *cell, kind, true, value, quote, mine))
    return tuple(found)


def confusions(
    gold: Sequence[GoldReport], found: Sequence[Difference], codebook: Codebook
) -> tuple[Confusion, ...]:
    """Sort the differences by what stands for what, the most frequent sort first.

    Planned partners that no table counts come last.
    """
    held = Counter(
        (*cell, value) for report in gold for cell, value in report.values.items() if value
    )
    sorts: dict[Sort, dict[str, list[Difference]]] = defaultdict(lambda: defaultdict(list))
    by_project: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for difference in found:
        by_project[difference.project, difference.variable].append(difference)
    for (project, variable), own in by_project.items():
        for sort, pair in _sorted(own, codebook.variable(variable)):
            sorts[sort][project] += pair
    result = []
    for (variable, true, value), projects in sorts.items():
        of = held[(variable, *true)] if true else len(gold) - _with(gold, variable, value)
        those = tuple(d for ds in projects.values() for d in ds)
        result.append(Confusion(variable, true, value, len(projects), of, those))
    return tuple(sorted(result, key=_rank))


def _rank(c: Confusion) -> tuple[bool, int, int, str, str, str]:
    planned = all(d.kind is Kind.PLANNED for d in c.differences)
    return planned, -c.projects, c.of, c.variable, str(c.gold), str(c.value)


def _kind(holds: bool, held: bool) -> Kind:
    if holds and held:
        return Kind.ROLE
    if holds:
        return Kind.MISSED
    return Kind.EXTRA if held else Kind.PLANNED


def _sorted(
    own: Sequence[Difference], variable: Variable
) -> Iterator[tuple[Sort, list[Difference]]]:
    """Pair what stands for what in one project: in a variable of one value, or in one group.

    A pair needs exactly one code too few and one too many; all else stands alone.
    """
    alone: dict[str, list[Difference]] = defaultdict(list)
    for d in own:
        group = variable.group_of(d.category) if variable.groups else None
        alone[group.id if group else "" if variable.kind == "one" else d.category].append(d)
    for together in alone.values():
        few = [d for d in together if d.kind is Kind.MISSED]
        many = [d for d in together if d.kind is Kind.EXTRA]
        paired = len(few) == len(many) == 1 and few[0].category != many[0].category
        if paired:
            true, value = (few[0].category, few[0].gold), (many[0].category, many[0].value)
            yield (variable.id, true, value), [*few, *many]
        for d in together:
            if not (paired and d in (few[0], many[0])):
                yield (variable.id, _value(d.category, d.gold), _value(d.category, d.value)), [d]


def _value(category: str, value: str) -> Value:
    return (category, value) if value else None


def _with(gold: Sequence[GoldReport], variable: str, value: Value) -> int:
    assert value is not None, "a difference has a value on one side"
    return sum(bool(report.values[variable, value[0]]) for report in gold)
