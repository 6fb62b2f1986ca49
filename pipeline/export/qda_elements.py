"""The elements of a REFI-QDA project, one thing at a time and without a namespace.

The root that they are written into declares the namespace for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from lxml import etree

from corpus.types import Origin, Project
from pipeline.export.passages import Passage, Source
from pipeline.export.qda_codes import Code, category_guid, guid, role_guid
from pipeline.export.results import Coded
from pipeline.tables.numbers import probability

# What XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NAME = 80
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


def users() -> etree._Element:
    """Return the program and, as one, the people who decided."""
    element = _element("Users")
    for id, name in _USERS.items():
        _add(element, "User", guid=user_guid(id), name=name, id=id)
    return element


def code_book(codes: Iterable[Code]) -> etree._Element:
    """Return the code tree."""
    element = _element("CodeBook")
    inside = _add(element, "Codes")
    for code in codes:
        _code(inside, code)
    return element


def variables() -> etree._Element:
    """Return what a case tells of a project besides its codes."""
    element = _element("Variables")
    for id, name, kind in _FIELDS:
        _add(element, "Variable", guid=guid("fält", id), name=name, typeOfVariable=kind)
    return element


def case(
    project: Project,
    codings: Iterable[Coded],
    placed: Iterable[Passage],
    sources: Collection[str],
) -> etree._Element:
    """Return a project: all its codes, its fields, its documents, its places in them."""
    element = _element("Case", guid=guid("projekt", project.id), name=project.id)
    for coded in codings:
        if (c := coded.coding).value:
            _add(element, "CodeRef", targetGUID=category_guid(c.variable, c.category))
    for id, _, kind in _FIELDS:
        if (value := getattr(project.header, id)) is not None:
            field = _add(element, "VariableValue")
            _add(field, "VariableRef", targetGUID=guid("fält", id))
            _add(field, f"{kind}Value", f"{value:f}" if kind == "Float" else str(value))
    for name in project.documents:
        if name in sources:
            _add(element, "SourceRef", targetGUID=source_guid(name))
    for p in placed:
        c = p.coded.coding
        own = guid("ställe", p.project, c.variable, c.category)
        _add(element, "SelectionRef", targetGUID=own)
    return element


def source(made: Source, when: str) -> etree._Element:
    """Return a document with the places that are coded in it."""
    own = source_guid(made.document.name)
    element = _element(
        "TextSource",
        guid=own,
        name=made.document.name,
        plainTextPath=f"internal://{own}.txt",
        **_made("program", when),
    )
    for passage in made.passages:
        _selection(element, passage, made.text[passage.start : passage.end], when)
    return element


def notes(passages: Iterable[Passage], when: str) -> Iterator[etree._Element]:
    """Yield a note for each place that somebody should look at: why."""
    for p in passages:
        if (c := p.coded.coding).reasons:
            name = f"Skäl: {p.project}, {c.variable}.{c.category}"
            element = _element("Note", guid=_note_guid(p), name=name, **_made("program", when))
            _add(element, "PlainTextContent", "; ".join(c.reasons))
            yield element


def user_guid(id: str) -> str:
    """Return the GUID of `program` or `granskare`."""
    return guid("användare", id)


def source_guid(document: str) -> str:
    """Return the GUID of a document; its text stands in the file of that name."""
    return guid("dokument", document)


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


def _selection(parent: etree._Element, p: Passage, words: str, when: str) -> None:
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
        **_made(user, when),
    )
    _add(element, "Description", _about(p.project, p.coded))
    codes = [("kodning", category_guid(c.variable, c.category))]
    codes += [("rollkodning", role_guid(c.variable, c.role.value))] if c.role else []
    for kind, code in codes:
        coding = _add(element, "Coding", guid=guid(kind, *key), **_made(user, when))
        _add(coding, "CodeRef", targetGUID=code)
    if c.reasons:
        _add(element, "NoteRef", targetGUID=_note_guid(p))


def _made(user: str, when: str) -> dict[str, str]:
    """Who and when. The schema does without, but QualCoder cannot import what has no day."""
    return {"creatingUser": user_guid(user), "creationDateTime": when}


def _note_guid(p: Passage) -> str:
    return guid("anteckning", p.project, p.coded.coding.variable, p.coded.coding.category)


def _about(project: str, coded: Coded) -> str:
    c = coded.coding
    facts = [f"Projekt: {project}"]
    facts += [f"Roll: {c.role.value}"] if c.role else []
    facts += [f"Sannolikhet: {probability(c.confidence)}", f"Källa: {c.origin.value}"]
    facts.append(f"Läge: {c.status.value}")
    facts += [f"Sida: {c.evidence.page}"] if c.evidence and c.evidence.page else []
    return ". ".join(facts)


def _short(words: str) -> str:
    line = " ".join(words.split()) or "–"
    return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 2] + " …"


def _element(tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.Element(tag)
    for name, value in attributes.items():
        element.set(name, clean(value))
    if text:
        element.text = clean(text)
    return element


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = _element(tag, text, **attributes)
    parent.append(element)
    return element


def clean(text: str) -> str:
    """Return a text without what XML cannot hold, sign by sign."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
