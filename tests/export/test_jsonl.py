from __future__ import annotations

import json
import tempfile
from pathlib import Path

import fastjsonschema
import pytest
from hypothesis import given, settings

from pipeline.export.jsonl import SCHEMA_NAME, json_schema, write_jsonl
from pipeline.export.results import read_results
from tests.export.made_up import BOOK, LEAVES, Place, folder, hostile, texts_with_places

CHECK = fastjsonschema.compile(json_schema(BOOK))


def exported(results: Path, to: Path) -> list[dict[str, object]]:
    write_jsonl(read_results(results, BOOK), BOOK, to)
    return [json.loads(line) for line in to.read_bytes().split(b"\n") if line]


def test_the_golden_line(tmp_path: Path) -> None:
    (line,) = exported(hostile(tmp_path / "ut"), tmp_path / "a.jsonl")
    CHECK(line)
    codes = line.pop("koder")
    assert isinstance(codes, list)
    assert line == {
        "projekt": '=HYPERLINK("x")\t1',
        "omgang": "2008–2010",
        "lan": "Skåne",
        "kommun": "Åstad",
        "titel": '+Trygg; "hemma"\nnu',
        "period_start": "2009-01-01",
        "period_slut": None,
        "beviljat_belopp": "150000.50",
        "sokt_belopp": None,
        "dokument": ['arkiv.zip/=cmd|"A1";\nb<&>\x07.docx', "b; c.txt"],
    }
    assert [(c["variabel"], c["kategori"]) for c in codes] == LEAVES
    by_key = {c["kategori"]: c for c in codes if c["galler"]}
    assert by_key["kvinnojour"] == {
        "variabel": "partner",
        "kategori": "kvinnojour",
        "galler": True,
        "roll": "aktiv",
        "sannolikhet": 0.5,
        "lage": "granska",
        "kalla": "regel",
        "skal": ['Orden "=1+1" säger\nolika saker \x00.'],
        "belagg": {
            "dokument": 'arkiv.zip/=cmd|"A1";\nb<&>\x07.docx',
            "sida": 1,
            "start": 0,
            "slut": 12,
            "citat": "Kvinnojouren",
        },
    }
    assert by_key["kvinnor"]["belagg"] is None
    assert by_key["kvinnor"]["kalla"] == "kryss"


@settings(max_examples=40, deadline=None)
@given(texts_with_places())
def test_each_line_fulfils_the_schema_and_quotes_stand_where_it_says(
    made: tuple[str, list[Place]],
) -> None:
    text, places = made
    with tempfile.TemporaryDirectory() as name:
        (line,) = exported(folder(Path(name) / "ut", text, places), Path(name) / "a.jsonl")
    CHECK(line)
    codes = line["koder"]
    assert isinstance(codes, list)
    evidence = [c["belagg"] for c in codes if c["belagg"]]
    assert [(e["start"], e["slut"]) for e in evidence] == places
    assert all(text[e["start"] : e["slut"]] == e["citat"] for e in evidence)


def test_the_schema_is_written_beside(tmp_path: Path) -> None:
    exported(hostile(tmp_path / "ut"), tmp_path / "a.jsonl")
    assert json.loads((tmp_path / SCHEMA_NAME).read_text("utf-8")) == json_schema(BOOK)


@pytest.mark.parametrize(
    "change", [{"roll": "chef"}, {"sannolikhet": 2}, {"kategori": "påhittad"}, {"extra": 1}]
)
def test_the_schema_refuses_what_is_wrong(tmp_path: Path, change: dict[str, object]) -> None:
    (line,) = exported(hostile(tmp_path / "ut"), tmp_path / "a.jsonl")
    codes = line["koder"]
    assert isinstance(codes, list)
    codes[0] |= change
    with pytest.raises(fastjsonschema.JsonSchemaException):
        CHECK(line)
