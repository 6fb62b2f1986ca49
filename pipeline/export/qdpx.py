"""REFI-QDA project exchange (`.qdpx`): documents, codes and coded words for QDA programs.

The format is QDA-XML 1.0 as the REFI-QDA standard, version 1.5, describes it (qdasoftware.org): a
ZIP with `project.qde` and the sources. Places are counted in Unicode code points from 0, the end
not included. Texts stand in files of their own, never in the XML, so that no XML parser changes
their newlines and offsets stay true. Nothing in the file tells when it was made: the same results
give the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import etree

from annotations.codebook import Codebook
from corpus.types import Origin, Project
from pipeline.export.passages import Passage, Source, sources
from pipeline.export.qda_codes import Code, category_guid, code_tree, guid, role_guid
from pipeline.export.results import Coded, Results
from pipeline.tables.files import replacing
from pipeline.tables.numbers import decimals

NAMESPACE = "urn:QDA-XML:project:1.0"
_NAMES: Any = {None: NAMESPACE}  # the stubs of lxml know no default namespace
# What XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NAME = 80
_EPOCH = (1980, 1, 1, 0, 0, 0)
_USERS = {"program": "Samverkan (program)", "granskare": "Granskare"}
# The project's own fields as variables of its case: (id, name, type).
_FIELDS = (
    ("lan", "Län", "Text"),
    ("kommun", "Kommun", "Text"),
    ("titel", "Titel", "Text"),
    ("period_start", "Projektet började", "Date"),
    ("period_slut", "Projektet slutade", "Date"),
    ("beviljat_belopp", "Beviljat belopp (kr)", "Float"),
    ("sokt_belopp", "Sökt belopp (kr)", "Float"),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: documents, places in them, and codings that no words carry."""

    documents: int
    passages: int
    without_place: int


def write_qdpx(results: Results, codebook: Codebook, path: Path) -> Exported:
    """Write the results as one `.qdpx` file. Raises WriteError.

    Positive codes become codings of the words they rest on; those that rest on a tick alone stand
    on the project's case. Reasons to look closer become notes.
    """
    placed: dict[str, list[Passage]] = {}
    found = 0
    with (
        replacing(path) as beside,
        zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        texts = _element("Sources")
        notes = _element("Notes")
        for source in sources(results):
            _put(archive, f"Sources/{_source_guid(source.document.name)}.txt", source.text)
            texts.append(_source(source, notes))
            found += len(source.passages)
            for passage in source.passages:
                placed.setdefault(passage.project, []).append(passage)
        root = _project(results, codebook, texts, notes, placed)
        xml = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
        _put(archive, "project.qde", xml.decode())
    positive = sum(c.coding.value for codings in results.codings.values() for c in codings)
    return Exported(len(texts), found, positive - found)


def _project(
    results: Results,
    codebook: Codebook,
    texts: etree._Element,
    notes: etree._Element,
    placed: dict[str, list[Passage]],
) -> etree._Element:
    rounds = sorted({p.omgang for p in results.projects if p.omgang})
    root = etree.Element(f"{{{NAMESPACE}}}Project", nsmap=_NAMES)
    root.set("name", _clean(" – ".join([codebook.label, *rounds])))
    root.set("origin", f"samverkan {version('samverkan')}")
    root.set("creatingUserGUID", guid("användare", "program"))
    users = _add(root, "Users")
    for id, name in _USERS.items():
        _add(users, "User", guid=guid("användare", id), name=name, id=id)
    codes = _add(_add(root, "CodeBook"), "Codes")
    for code in code_tree(codebook):
        _code(codes, code)
    variables = _add(root, "Variables")
    for id, name, kind in _FIELDS:
        _add(variables, "Variable", guid=guid("fält", id), name=name, typeOfVariable=kind)
    named = {d.get("guid") for d in texts}
    # An empty list is no valid element: the schema wants at least one in each.
    if results.projects:
        cases = _add(root, "Cases")
        for project in results.projects:
            _case(cases, project, results.codings[project.id], placed.get(project.id, ()), named)
    root.extend(part for part in (texts, notes) if len(part))
    return root


def _code(parent: etree._Element, code: Code) -> None:
    element = _add(
        parent,
        "Code",
        guid=code.guid,
        name=code.name,
        isCodable="true" if code.codable else "false",
        color=code.colour,
    )
    if code.description:
        _add(element, "Description", code.description)
    for child in code.children:
        _code(element, child)


def _source(source: Source, notes: etree._Element) -> etree._Element:
    own = _source_guid(source.document.name)
    element = _element(
        "TextSource", guid=own, name=source.document.name, plainTextPath=f"internal://{own}.txt"
    )
    for passage in source.passages:
        _selection(element, passage, source.text[passage.start : passage.end], notes)
    return element


def _selection(parent: etree._Element, p: Passage, words: str, notes: etree._Element) -> None:
    """Add the words with their code, the code of the role, and a note where there are reasons."""
    c = p.coded.coding
    key = (p.project, c.variable, c.category)
    user = "granskare" if c.origin is Origin.REVIEWER else "program"
    element = _add(
        parent,
        "PlainTextSelection",
        guid=guid("ställe", *key),
        name=_short(words),
        startPosition=str(p.start),
        endPosition=str(p.end),
        creatingUser=guid("användare", user),
    )
    _add(element, "Description", _about(p.project, p.coded))
    codes = [("kodning", category_guid(c.variable, c.category))]
    codes += [("rollkodning", role_guid(c.variable, c.role.value))] if c.role else []
    for kind, code in codes:
        coding = _add(
            element, "Coding", guid=guid(kind, *key), creatingUser=guid("användare", user)
        )
        _add(coding, "CodeRef", targetGUID=code)
    if c.reasons:
        own = guid("anteckning", *key)
        _add(element, "NoteRef", targetGUID=own)
        note = _add(notes, "Note", guid=own, name=f"Skäl: {p.project}, {c.variable}.{c.category}")
        _add(note, "PlainTextContent", "; ".join(c.reasons))


def _case(
    parent: etree._Element,
    project: Project,
    codings: Iterable[Coded],
    placed: Iterable[Passage],
    sources: Iterable[str | None],
) -> None:
    """Add a project: all its codes, its fields, its documents, its places in them."""
    element = _add(parent, "Case", guid=guid("projekt", project.id), name=project.id)
    for coded in codings:
        if (c := coded.coding).value:
            _add(element, "CodeRef", targetGUID=category_guid(c.variable, c.category))
    for id, _, kind in _FIELDS:
        if (value := getattr(project.header, id)) is not None:
            field = _add(element, "VariableValue")
            _add(field, "VariableRef", targetGUID=guid("fält", id))
            _add(field, f"{kind}Value", f"{value:f}" if kind == "Float" else str(value))
    for name in project.documents:
        if (own := _source_guid(name)) in sources:
            _add(element, "SourceRef", targetGUID=own)
    for p in placed:
        c = p.coded.coding
        own = guid("ställe", p.project, c.variable, c.category)
        _add(element, "SelectionRef", targetGUID=own)


def _about(project: str, coded: Coded) -> str:
    c = coded.coding
    facts = [f"Projekt: {project}"]
    facts += [f"Roll: {c.role.value}"] if c.role else []
    facts += [f"Sannolikhet: {decimals(c.confidence)}", f"Källa: {c.origin.value}"]
    facts.append(f"Läge: {c.status.value}")
    facts += [f"Sida: {c.evidence.page}"] if c.evidence and c.evidence.page else []
    return ". ".join(facts)


def _source_guid(document: str) -> str:
    return guid("dokument", document)


def _short(words: str) -> str:
    line = " ".join(words.split()) or "–"
    return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 2] + " …"


def _element(tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap=_NAMES)
    for name, value in attributes.items():
        element.set(name, _clean(value))
    if text:
        element.text = _clean(text)
    return element


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = _element(tag, text, **attributes)
    parent.append(element)
    return element


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """Add a file with nothing in its header that differs between machines or days."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, text.encode("utf-8", errors="replace"))
