"""Writes small OLE compound files (and Outlook messages in them) for the tests."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
Tree = Mapping[str, Any]
_STRING, _BINARY = 0x001F, 0x0102


def cfb(tree: Tree) -> bytes:
    """A compound file; values are bytes (streams) or further trees (storages)."""
    entries: list[dict[str, Any]] = [{"name": "Root Entry", "kind": 5, "child": _NONE, "data": b""}]
    _add(tree, 0, entries)
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return _END
        first = len(sectors)
        count = -(-len(data) // _SECTOR)
        for i in range(count):
            sectors.append(data[i * _SECTOR : (i + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            fat.append(first + i + 1 if i + 1 < count else _END)
        return first

    mini, mini_fat = b"", []
    for entry in entries[1:]:
        data = entry["data"]
        entry["size"] = len(data)
        entry["start"] = _END if entry["kind"] == 2 else 0
        if entry["kind"] == 2 and len(data) >= _CUTOFF:
            entry["start"] = store(data)
        elif entry["kind"] == 2 and data:
            first, count = len(mini) // _MINI, -(-len(data) // _MINI)
            entry["start"] = first
            mini_fat += [first + i + 1 for i in range(count - 1)] + [_END]
            mini += data.ljust(count * _MINI, b"\0")
    entries[0] |= {"start": store(mini), "size": len(mini)}
    mini_start = store(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(_SECTOR, b"\xff"))
    mini_sectors = -(-4 * len(mini_fat) // _SECTOR) if mini_fat else 1
    directory = store(b"".join(_entry(e) for e in entries))
    total = len(sectors)
    fat_sectors = 1
    while (total + fat_sectors) > fat_sectors * 128:
        fat_sectors += 1
    fat += [_FAT] * fat_sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * _SECTOR, b"\xff")
    difat = [total + i for i in range(fat_sectors)] + [_FREE] * (109 - fat_sectors)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, directory, 0,
                          _CUTOFF, mini_start, mini_sectors, _END, 0)  # fmt: skip
    return header + struct.pack("<109I", *difat) + b"".join(sectors) + table


def msg(properties: Mapping[int, Any], attachments: Sequence[Mapping[Any, Any]] = ()) -> bytes:
    """An Outlook message; attachments may hold another message under the key "inner"."""
    return cfb(_message(properties, attachments, 32))


def _message(
    properties: Mapping[int, Any], attachments: Sequence[Mapping[Any, Any]], header: int
) -> dict[str, Any]:
    counts = struct.pack("<8x4I", 0, len(attachments), 0, len(attachments)).ljust(header, b"\0")
    tree = _properties(properties, counts)
    for number, attachment in enumerate(attachments):
        inner = attachment.get("inner")
        plain = {k: v for k, v in attachment.items() if k != "inner"}
        storage = _properties(plain, b"\0" * 8)
        if inner is not None:
            storage["__substg1.0_3701000D"] = _message(inner, (), 24)
        tree[f"__attach_version1.0_#{number:08X}"] = storage
    return tree


def _properties(values: Mapping[int, Any], header: bytes) -> dict[str, Any]:
    table = header
    tree: dict[str, Any] = {}
    for pid, value in values.items():
        kind = _STRING if isinstance(value, str) else _BINARY
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        extra = 2 if kind == _STRING else 0
        table += struct.pack("<HHIII", kind, pid, 6, len(data) + extra, 0)
        tree[f"__substg1.0_{pid:04X}{kind:04X}"] = data
    return {"__properties_version1.0": table, **tree}


def _add(tree: Tree, parent: int, entries: list[dict[str, Any]]) -> None:
    """Children of a storage as a chain of right siblings, in the order the format wants."""
    names = sorted(tree, key=lambda name: (len(name), name.upper()))
    previous = None
    for name in names:
        value = tree[name]
        storage = isinstance(value, Mapping)
        index = len(entries)
        data = b"" if storage else value
        entries.append({"name": name, "kind": 1 if storage else 2, "child": _NONE, "data": data})
        if previous is None:
            entries[parent]["child"] = index
        else:
            entries[previous]["right"] = index
        previous = index
        if storage:
            _add(value, index, entries)


def _entry(entry: Mapping[str, Any]) -> bytes:
    name: bytes = (entry["name"] + "\0").encode("utf-16-le")
    packed = name.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(name), entry["kind"], 1, _NONE, entry.get("right", _NONE), entry["child"]
    )
    return packed + b"\0" * 36 + struct.pack("<IQ", entry["start"], entry["size"])
