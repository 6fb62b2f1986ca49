"""Ids that stay: a project keeps the id it once got, so that what people decided about it follows.

An id is made of municipality and title, and the newest paper's title counts; without this a final
report that words the title in another way would make another project of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from pipeline.parse.identity import Joined
from pipeline.projects.profiles import key_of
from pipeline.tables.files import write_text

FILE_NAME = "projekt-id.json"
Memory = Mapping[str, str]  # paper (content digest and part) → project id


def keep_ids(
    joined: Sequence[Joined], digests: Mapping[str, str], memory: Memory, given: Set[str]
) -> tuple[Joined, ...]:
    """Return the projects by id, each with the id that most of its papers had last time.

    `digests` are the documents' contents, `given` the manifest's ids: they go before memory. Of
    two projects that had one id the one with more of its papers keeps it, then the older id.
    """
    bids: list[tuple[int, str, int]] = []
    for i, one in enumerate(joined):
        if one.id in given:
            continue
        votes = Counter(memory[k] for k in _papers(one, digests) if k in memory)
        bids += [(-n, id, i) for id, n in votes.items() if id not in given]
    ids: dict[int, str] = {i: one.id for i, one in enumerate(joined) if one.id in given}
    used = set(given)
    order = sorted(range(len(joined)), key=lambda i: (min(joined[i].documents), _part(joined[i])))
    place = {i: n for n, i in enumerate(order)}
    for _, id, i in sorted(bids, key=lambda bid: (bid[0], bid[1], place[bid[2]])):
        if i not in ids and id not in used:
            ids[i] = id
            used.add(id)
    for i in order:
        if i not in ids:
            ids[i] = _free(joined[i].id, used)
            used.add(ids[i])
    named = (replace(one, id=ids[i]) for i, one in enumerate(joined))
    return tuple(sorted(named, key=lambda j: j.id))


def remember(
    joined: Sequence[Joined], digests: Mapping[str, str], memory: Memory
) -> dict[str, str]:
    """Return the memory with this run's ids put in; papers that are gone stay remembered."""
    now = {k: one.id for one in joined for k in _papers(one, digests)}
    return dict(sorted({**memory, **now}.items()))


def read_memory(folder: Path) -> dict[str, str]:
    """Return what an earlier run remembered; nothing where there is none or it is damaged."""
    try:
        found = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, str) and v}


def write_memory(memory: Memory, folder: Path) -> None:
    """Write the memory. Raises WriteError."""
    write_text(folder / FILE_NAME, json.dumps(memory, ensure_ascii=False, indent=0) + "\n")


def _papers(one: Joined, digests: Mapping[str, str]) -> list[str]:
    keys = (key_of(s) for s in one.submissions)
    return sorted({f"{digests[name]}:{part}" for name, part in keys if name in digests})


def _part(one: Joined) -> int:
    return one.submissions[0].part


def _free(id: str, used: Set[str]) -> str:
    """Return the id, numbered where another project has it."""
    if id not in used:
        return id
    n = 2
    while f"{id}-{n}" in used:
        n += 1
    return f"{id}-{n}"
