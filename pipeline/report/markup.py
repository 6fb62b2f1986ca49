"""Plain text with simple marks → blocks: # heading, - point, 1. step, [[inset]], paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from annotations.strict import DefinitionError
from pipeline.report.blocks import Block, Heading, Listing, Paragraph
from pipeline.report.near import nearest

Insets = Mapping[str, tuple[Block, ...]]
_LITERAL = "\ue000"  # of the private use area: what follows is a fact, never a mark
_HEADING = re.compile(r"(#{1,3})\s+(.+)")
_POINT = re.compile(r"[-*•]\s+(.+)")
_STEP = re.compile(r"\d+[.)]\s+(.+)")
_INSET = re.compile(r"\[\[\s*(.+?)\s*\]\]")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_NOT_ANCHOR = re.compile(r"[^a-z0-9]+")


class InsetError(DefinitionError):
    """A text asks for an inset that there is not."""


def literal(value: Any) -> Any:
    """Make a fact safe to stand anywhere: on one line, and at its start no mark."""
    if not isinstance(value, str):
        return value
    told = _SPACES.sub(" ", value)
    return f"{_LITERAL}{told}" if told[:1] and not told[0].isalnum() else told


def blocks_of(text: str, insets: Insets, name: str) -> Iterator[Block]:
    """Yield a chapter's blocks; an inset without anything to show leaves no trace.

    Raises InsetError, naming the file and what insets there are.
    """
    for kind, pieces in _gathered(text):
        match kind:
            case "heading":
                marks, said = pieces
                yield Heading(len(marks), said, _anchor(said))
            case "points":
                yield Listing(tuple(pieces))
            case "steps":
                yield Listing(tuple(pieces), ordered=True)
            case "inset":
                yield from _inset(pieces[0], insets, name)
            case _:
                yield Paragraph(" ".join(pieces))


def _gathered(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield kinds with their pieces: paragraphs' lines, lists' points, a heading's marks and text.

    A line indented below a point goes on with it.
    """
    kind, pieces = "", list[str]()
    for line in text.split("\n"):
        stripped = line.strip(" \t")
        here, said = _kind(stripped)
        goes_on = here == "text" and line[:1] in " \t" and kind in ("points", "steps")
        if goes_on:
            pieces[-1] = f"{pieces[-1]} {said[0]}"
            continue
        if pieces and (here != kind or here in ("heading", "inset")):
            yield kind, pieces
            pieces = []
        kind = here
        if here:
            pieces += said
    if pieces:
        yield kind, pieces


def _kind(line: str) -> tuple[str, list[str]]:
    if not line:
        return "", []
    for kind, pattern in _KINDS:
        if found := pattern.fullmatch(line):
            return kind, [_plain(g) for g in found.groups()]
    return "text", [_plain(line)]


_KINDS = (("heading", _HEADING), ("points", _POINT), ("steps", _STEP), ("inset", _INSET))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace(_LITERAL, "")).strip(" ")


def _inset(named: str, insets: Insets, name: str) -> tuple[Block, ...]:
    wanted = " ".join(named.split()).lower()
    if wanted not in insets:
        likely = nearest(wanted, list(insets))
        meant = f" Menades [[{likely}]]?" if likely else ""
        raise InsetError(
            [f"okänt inslag [[{named}]].{meant} Det finns: {', '.join(insets)} @ {name}"]
        )
    return insets[wanted]


def _anchor(text: str) -> str:
    """Return an anchor of a heading's letters: "Så läses tabellerna" → sa-lases-tabellerna."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_ANCHOR.sub("-", plain).strip("-") or "avsnitt"
