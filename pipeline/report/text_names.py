"""Do the templates name only what there is? Walks the parsed template, so nothing is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import nodes

from pipeline.report.facts_known import KnownFacts
from pipeline.report.near import nearest

_FORBIDDEN = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


def faults_of_names(
    tree: nodes.Template, name: str, known: KnownFacts, filters: Sequence[str]
) -> Iterator[str]:
    """Yield, in Swedish and with its line, each name that is not known and what is."""
    groups, functions = known.groups(), {one.name.partition("(")[0] for one in known.functions}
    firsts = sorted({*groups, *functions})
    names = list(tree.find_all(nodes.Name))
    set_here = {one.name for one in names if one.ctx == "store"}
    for one in names:
        if one.ctx == "load" and one.name not in {*firsts, *set_here}:
            yield _fault(f"okänd uppgift {one.name!r}", one.name, firsts, name, one.lineno)
    for part in tree.find_all(nodes.Getattr):
        inner = part.node
        if not isinstance(inner, nodes.Name) or not groups.get(inner.name):
            continue
        here = sorted(groups[inner.name])
        if part.attr not in here:
            said = f"okänd uppgift '{inner.name}.{part.attr}'"
            yield _fault(said, part.attr, here, name, part.lineno)
    for used in tree.find_all(nodes.Filter):
        if used.name not in filters:
            yield _fault(f"okänt filter {used.name!r}", used.name, filters, name, used.lineno)
    for fetched in tree.find_all(_FORBIDDEN):
        yield f"en text kan inte hämta in en annan fil @ {name}, rad {fetched.lineno}"


def _fault(said: str, written: str, there: Sequence[str], name: str, line: int) -> str:
    likely = nearest(written, there)
    meant = f" Menades {likely}?" if likely else ""
    return f"{said}.{meant} Det finns: {', '.join(there)} @ {name}, rad {line}"
