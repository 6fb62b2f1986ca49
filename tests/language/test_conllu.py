"""Reading treebanks."""

from __future__ import annotations

import gzip

import pytest
import spacy

from models.language.conllu import document, documents, read

ROWS = """\
# text = Ingen kom ut, sa hon.
1-2\tIngenkom\t_\t_\t_\t_\t_\t_\t_\t_
1\tIngen\tingen\tPRON\tX\tGender=Com\t2\tnsubj\t_\t_
2\tkom\tkomma\tVERB\tX\t_\t0\troot\t_\t_
3\tut\tut\tADV\tX\t_\t1\tdep\t_\tSpaceAfter=No
4\t,\t,\tPUNCT\tX\t_\t5\tpunct\t_\t_
4.1\t_\t_\t_\t_\t_\t_\t_\t_\t_
5\tsa\tsäga\tVERB\tX\t_\t0\troot\t_\t_
6\thon\thon\tPRON\tX\t_\t5\tnsubj\t_\tSpaceAfter=No
"""


@pytest.mark.parametrize("name", ["a.conllu", "a.conllu.gz"])
def test_words_arcs_and_what_is_unknown(tmp_path, name):
    path = tmp_path / name
    data = ROWS.encode()
    path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    (sentence,) = read(path)
    doc = document([sentence, sentence], spacy.blank("sv").vocab)
    # The last word keeps its space, or two sentences would grow together.
    assert doc.text == "Ingen kom ut, sa hon " * 2
    # A marked arc and a second root are unknown, and cut no sentence in two.
    assert [t.head.text for t in doc[:6] if t.has_head()] == ["kom", "kom", "sa", "sa"]
    assert [t.dep_ for t in doc[:6]] == ["nsubj", "ROOT", "", "punct", "", "nsubj"]
    assert [s.start for s in doc.sents] == [0, 6]
    assert str(doc[0].morph) == "Gender=Com"


def test_sentences_are_gathered_and_counted(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text("\n".join([ROWS] * 5), encoding="utf-8")
    docs = documents(read(path), spacy.blank("sv").vocab, together=2)
    assert [len(list(d.sents)) for d in docs] == [2, 2, 1]


def test_a_damaged_line_is_named(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text("# x\n1\tbara\ttre\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.conllu, line 2: 3 columns, not 10"):
        read(path)
