"""Imported by the fork server alone: loads what every child needs, once, before it is forked.

The work is done on import because that is the fork server's only hook.
"""

from __future__ import annotations

from contextlib import suppress

from annotations.strict import DefinitionError
from corpus.types import Document, Page
from pipeline.ingest import readers
from pipeline.worker import analyse

_TEXT = "Slutredovisning\nProjektet har pågått i Luleå kommun. Polisen deltog i gruppen.\n"

readers()
# A definition that cannot be used is told by the first child that needs it, not here.
with suppress(DefinitionError):
    analyse(Document("varm", "", "txt", _TEXT, (Page(1, 0, len(_TEXT)),)))
