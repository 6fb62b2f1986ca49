from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from lxml import etree

from pipeline.export.labelstudio import write_labelstudio
from pipeline.export.passages import portable
from pipeline.export.results import read_results
from tests.export.made_up import BOOK, Place, folder, hostile, texts_with_places


def exported(results: Path, to: Path) -> tuple[list[dict[str, Any]], etree._Element]:
    _, config = write_labelstudio(read_results(results, BOOK), BOOK, to)
    return json.loads(to.read_text("utf-8")), etree.fromstring(config.read_text("utf-8"))


def test_the_golden_tasks(tmp_path: Path) -> None:
    tasks, _ = exported(hostile(tmp_path / "ut"), tmp_path / "a.json")
    first, second = tasks
    assert first["data"]["dokument"] == 'arkiv.zip/=cmd|"A1";\nb<&>\x07.docx'
    assert first["data"]["projekt"] == ['=HYPERLINK("x")\t1']
    assert second["data"]["text"] == ""
    assert second["predictions"][0]["result"] == []
    (prediction,) = first["predictions"]
    assert prediction["score"] == 0.5
    assert prediction["model_version"].startswith("samverkan ")
    jour, role, police, invited = prediction["result"]
    assert jour["from_name"] == "partner"
    assert jour["to_name"] == "text"
    assert jour["type"] == "labels"
    assert jour["value"] == {
        "start": 0,
        "end": 12,
        "text": "Kvinnojouren",
        "labels": ["Kvinnojour eller tjejjour"],
    }
    assert role["id"] == jour["id"] != police["id"]
    assert role["value"]["choices"] == ["Aktiv"]
    assert invited["value"]["choices"] == ["Inbjuden"]


def test_predictions_use_only_what_the_configuration_has(tmp_path: Path) -> None:
    places = [(i, i + 3) for i in range(40)]
    tasks, config = exported(folder(tmp_path / "ut", "x" * 60, places), tmp_path / "a.json")
    controls = {c.get("name"): c for c in config if c.get("toName")}
    texts = {t.get("name"): str(t.get("value")) for t in config.iter("Text")}
    results = tasks[0]["predictions"][0]["result"]
    assert len(results) == 40
    for result in results:
        control = controls[result["from_name"]]
        assert control.tag.lower() == result["type"]
        assert result["to_name"] == control.get("toName")
        assert texts[result["to_name"]].removeprefix("$") in tasks[0]["data"]
        assert set(result["value"]["labels"]) <= {label.get("value") for label in control}
    roles = controls["partner_roll"]
    assert [c.get("value") for c in roles] == ["Aktiv", "Inbjuden", "Planerad"]
    for control in controls.values():
        values = [label.get("value") for label in control]
        assert len(values) == len(set(values))


@settings(max_examples=40, deadline=None)
@given(texts_with_places())
def test_places_come_back_in_code_points(made: tuple[str, list[Place]]) -> None:
    text, places = made
    with tempfile.TemporaryDirectory() as name:
        (task,), _ = exported(folder(Path(name) / "ut", text, places), Path(name) / "a.json")
    assert task["data"]["text"] == portable(text)
    values = [r["value"] for r in task["predictions"][0]["result"]]
    assert sorted((v["start"], v["end"]) for v in values) == sorted(places)
    assert all(portable(text)[v["start"] : v["end"]] == v["text"] for v in values)


def test_no_document_is_an_empty_list(tmp_path: Path) -> None:
    results = folder(tmp_path / "ut", "x", [])
    (results / "text" / "rapport.docx.txt").unlink()
    assert exported(results, tmp_path / "a.json")[0] == []
