"""spaCy `DocBin`: each document as a Doc, the coded words as one span group a variable.

A span's label is the category. `spans.attrs` holds, span by span, the project, the role and the
probability. Tokens are those of spaCy's Swedish tokenizer, cut further where a passage begins or
ends inside one, so that every span is exactly the words that were coded.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, SpanGroup

from annotations.codebook import Codebook
from pipeline.export.passages import Passage, Source, sources
from pipeline.export.results import Results
from pipeline.tables.files import replacing


def write_docbin(results: Results, codebook: Codebook, path: Path) -> int:
    """Write every document that has any text; returns how many. Raises WriteError."""
    nlp = spacy.blank("sv")
    box = DocBin(attrs=["ORTH"], store_user_data=True)
    for source in sources(results):
        if source.text:
            box.add(doc_of(source, codebook, nlp))
    with replacing(path) as beside:
        beside.write_bytes(box.to_bytes())
    return len(box)


def doc_of(source: Source, codebook: Codebook, nlp: Language) -> Doc:
    """Return a document with its span groups; `doc.text` is the text, sign by sign."""
    starts = {p.start for p in source.passages}
    ends = {p.end for p in source.passages}
    words, spaces = _tokens(nlp.tokenizer(source.text), starts, ends)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    doc.user_data = {"dokument": source.document.name, "projekt": list(source.document.projects)}
    for variable in codebook.variables:
        own = [p for p in source.passages if p.coded.coding.variable == variable.id]
        doc.spans[variable.id] = _group(doc, variable.id, own)
    return doc


def _tokens(
    doc: Doc, starts: Collection[int], ends: Collection[int]
) -> tuple[list[str], list[bool]]:
    """Cut tokens at the places' ends.

    The space after a token is part of it in spaCy; it becomes a token where a place begins or ends
    with it.

    ```
    "på grund av det", place 3:9 ("grund ")  →  "på " "grund" " " "av " "det"
    ```
    """
    words: list[str] = []
    spaces: list[bool] = []
    text = doc.text  # spaCy puts it together anew each time it is asked
    cuts = sorted({*starts, *ends})
    next_cut = 0
    for token in doc:
        begin, end = token.idx, token.idx + len(token)
        while next_cut < len(cuts) and cuts[next_cut] <= begin:
            next_cut += 1
        at = next_cut
        while at < len(cuts) and cuts[at] < end:
            words.append(text[begin : cuts[at]])
            spaces.append(False)
            begin = cuts[at]
            at += 1
        words.append(text[begin:end])
        alone = bool(token.whitespace_) and (end in starts or end + 1 in ends)
        spaces.append(bool(token.whitespace_) and not alone)
        if alone:
            words.append(" ")
            spaces.append(False)
    return words, spaces


def _group(doc: Doc, variable: str, passages: list[Passage]) -> SpanGroup:
    cut = (
        doc.char_span(p.start, p.end, label=p.coded.coding.category, span_id=p.project)
        for p in passages
    )
    spans = [span for span in cut if span is not None]  # none is, for the tokens were cut so
    codings = [p.coded.coding for p in passages]
    attrs = {
        "projekt": [p.project for p in passages],
        "roll": [c.role.value if c.role else None for c in codings],
        "sannolikhet": [c.confidence for c in codings],
    }
    return SpanGroup(doc, name=variable, attrs=attrs, spans=spans)
