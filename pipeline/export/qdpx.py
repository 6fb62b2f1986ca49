"""REFI-QDA project exchange (`.qdpx`): documents, codes and coded words for QDA programs.

The format is QDA-XML 1.0 as the REFI-QDA standard, version 1.5, describes it (qdasoftware.org): a
ZIP with `project.qde` and the sources. Places are counted in Unicode code points from 0, the end
not included. Texts stand in files of their own, never in the XML, so that no XML parser changes
their newlines and offsets stay true. Everything is dated when the results were written, not when
they were exported: the same results give the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import etree

from annotations.codebook import Codebook
from pipeline.export import qda_elements as qda
from pipeline.export.passages import Passage, sources
from pipeline.export.qda_codes import code_tree
from pipeline.export.results import Results
from pipeline.tables.files import replacing

NAMESPACE = "urn:QDA-XML:project:1.0"
_NAMES: Any = {None: NAMESPACE}  # the stubs of lxml know no default namespace
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: documents, places in them, and codings that no words carry."""

    documents: int
    passages: int
    without_place: int


def write_qdpx(results: Results, codebook: Codebook, path: Path) -> Exported:
    """Write the results as one `.qdpx` file. Raises WriteError.

    Positive codes become codings of the words they rest on; those that rest on a tick alone stand
    on the project's case. Reasons to look closer become notes. One document is held at a time.
    """
    placed: dict[str, list[Passage]] = {}
    named: dict[str, None] = {}
    with (
        replacing(path) as beside,
        zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for source in sources(results):
            name = source.document.name
            text = source.text.encode("utf-8", errors="replace")
            archive.writestr(_entry(f"Sources/{qda.source_guid(name)}.txt"), text)
            named[name] = None
            for passage in source.passages:
                placed.setdefault(passage.project, []).append(passage)
        with (
            archive.open(_entry("project.qde"), "w") as file,
            etree.xmlfile(file, encoding="utf-8") as xml,
        ):
            _write_project(xml, results, codebook, placed, named)
    positive = sum(c.coding.value for codings in results.codings.values() for c in codings)
    found = sum(map(len, placed.values()))
    return Exported(len(named), found, positive - found)


def _write_project(
    xml: Any,
    results: Results,
    codebook: Codebook,
    placed: Mapping[str, list[Passage]],
    named: Mapping[str, None],
) -> None:
    """Write `project.qde` part by part, in the order that the schema wants."""
    when = _when(results)
    rounds = sorted({p.omgang for p in results.projects if p.omgang})
    attributes = {
        "name": qda.clean(" – ".join([codebook.label, *rounds])),
        "origin": f"samverkan {version('samverkan')}",
        "creatingUserGUID": qda.user_guid("program"),
        "creationDateTime": when,
    }
    cases = (
        qda.case(p, results.codings[p.id], placed.get(p.id, ()), named) for p in results.projects
    )
    every = (p for project in results.projects for p in placed.get(project.id, ()))
    xml.write_declaration()
    with xml.element(f"{{{NAMESPACE}}}Project", attributes, nsmap=_NAMES):
        for part in (qda.users(), qda.code_book(code_tree(codebook)), qda.variables()):
            xml.write(part, pretty_print=True)
        _write_list(xml, "Cases", cases)
        _write_list(xml, "Sources", (qda.source(s, when) for s in sources(results)))
        _write_list(xml, "Notes", qda.notes(every, when))


def _write_list(xml: Any, tag: str, elements: Iterable[etree._Element]) -> None:
    """Write elements inside another; nothing where there are none, for the schema wants one."""
    rest = iter(elements)
    first = next(rest, None)
    if first is None:
        return
    with xml.element(tag):
        xml.write(first, pretty_print=True)
        for element in rest:
            xml.write(element, pretty_print=True)


def _when(results: Results) -> str:
    """When kodningar.csv was written, as an XML date and time in UTC."""
    written = (results.folder / "kodningar.csv").stat().st_mtime
    return datetime.fromtimestamp(int(written), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(name: str) -> zipfile.ZipInfo:
    """A file's header in the archive, with nothing that differs between machines or days."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
