"""A coder on disk: plain arrays and JSON, so that loading runs no code; with a card beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from models.calibration import Calibration
from models.coder import Coder
from models.linear import Linear
from models.sentences import Readers
from models.trees import Trees

SHIPPED = Path(__file__).with_name("trained") / "coder"
ARRAYS, PARTS, CARD = "arrays.npz", "parts.json", "card.json"
FORMAT = 5


class ArtefactError(Exception):
    """A folder that holds no coder this version can use; the message says why and what to do."""


def save(coder: Coder, folder: Path, card: Mapping[str, Any]) -> dict[str, Any]:
    """Write the coder and its card; return the card. The same coder gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    parts = {
        "format": FORMAT,
        "contexts": _put(coder.contexts, "contexts", arrays),
        "sentences": _put(coder.readers.sentences, "sentences", arrays),
        "wholes": _put(coder.readers.wholes, "wholes", arrays),
        "partners": _put_trees(coder.partners, "partners", arrays),
        "statements": {
            name: _put(one, f"heard.{name}", arrays) for name, one in coder.statements.items()
        },
        "boosted": {name: _put_trees(one, name, arrays) for name, one in coder.boosted.items()},
        "calibrations": {name: asdict(one) for name, one in coder.calibrations.items()},
        "silent": {name: asdict(one) for name, one in coder.silent.items()},
        "threshold": coder.threshold,
    }
    # numpy gives every member of the archive the same date, so equal arrays are equal bytes.
    np.savez_compressed(folder / ARRAYS, **arrays)  # type: ignore[arg-type]
    _dump(folder / PARTS, parts)
    told = {**card, "sha256": digest(folder)}
    _dump(folder / CARD, told)
    return told


def load(folder: Path = SHIPPED) -> Coder:
    """Read a coder. Raises ArtefactError where files are missing, damaged or of another format."""
    try:
        parts = json.loads((folder / PARTS).read_text(encoding="utf-8"))
        if parts["format"] != FORMAT:
            raise ArtefactError(
                f"{folder.name}: format {parts['format']}, not {FORMAT}; train again"
            )
        with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
            return Coder(
                _take(parts["contexts"], arrays),
                Readers(_take(parts["sentences"], arrays), _take(parts["wholes"], arrays)),
                _take_trees(parts["partners"], arrays),
                {name: _take(one, arrays) for name, one in parts["statements"].items()},
                {name: _take_trees(one, arrays) for name, one in parts["boosted"].items()},
                {name: _calibration(one) for name, one in parts["calibrations"].items()},
                {name: _calibration(one) for name, one in parts["silent"].items()},
                float(parts["threshold"]),
            )
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise ArtefactError(
            f"{folder.name}: no usable model ({error}); run samverkan train"
        ) from error


@cache
def shipped() -> Coder | None:
    """Return the coder that ships with the product, or None where it has not been trained.

    Raises ArtefactError where it is there but cannot be used.
    """
    return load(SHIPPED) if (SHIPPED / PARTS).is_file() else None


def load_card(folder: Path) -> dict[str, Any]:
    """Return the card of a coder. Raises ArtefactError where there is none."""
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtefactError(f"{folder.name}: no model card ({error})") from error
    return card


def digest(folder: Path) -> str:
    """Return the hash of a coder's arrays and parts: the same for the same training."""
    parts = (folder / ARRAYS).read_bytes() + (folder / PARTS).read_bytes()
    return hashlib.sha256(parts).hexdigest()


def _put(model: Linear, key: str, arrays: dict[str, np.ndarray[Any, Any]]) -> dict[str, Any]:
    arrays[f"{key}.names"] = np.array(model.names, dtype=np.str_)
    arrays[f"{key}.weights"] = model.weights.astype(np.float16)
    bias = [float(b) for b in model.bias]
    return {"outputs": list(model.outputs), "arrays": key, "bias": bias}


def _take(part: Mapping[str, Any], arrays: Mapping[str, Any]) -> Linear:
    key = part["arrays"]
    return Linear(
        tuple(part["outputs"]),
        tuple(arrays[f"{key}.names"].tolist()),
        arrays[f"{key}.weights"].astype(np.float32),
        np.array(part["bias"], np.float32),
    )


_TREES = ("start", "roots", "feature", "limit", "left", "right", "value")


def _put_trees(model: Trees, key: str, arrays: dict[str, np.ndarray[Any, Any]]) -> dict[str, Any]:
    arrays |= {f"{key}.{name}": getattr(model, name) for name in _TREES}
    return {"outputs": list(model.outputs), "names": list(model.names), "arrays": key}


def _take_trees(part: Mapping[str, Any], arrays: Mapping[str, Any]) -> Trees:
    flat = {name: arrays[f"{part['arrays']}.{name}"] for name in _TREES}
    return Trees(tuple(part["outputs"]), tuple(part["names"]), **flat)


def _calibration(data: Mapping[str, Any]) -> Calibration:
    return Calibration(**{**data, "scores": tuple(data["scores"]), "values": tuple(data["values"])})


def _dump(file: Path, data: Mapping[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    file.write_text(text + "\n", encoding="utf-8")
