"""Unpack what holds other files: ZIP archives and the attachments of e-mails (EML, MSG).

One level at a time: an archive inside an archive is one of the files that come out. The caller
limits how deep it goes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.ingest import mail, odt, word
from pipeline.ingest.member_names import Names, zip_name
from pipeline.ingest.ole import MAGIC, ole_kind
from pipeline.ingest.zipguard import (
    BROKEN,
    MAX_TOTAL_BYTES,
    damaged,
    encrypted,
    is_encrypted,
    open_zip,
)

MAX_ATTACHMENTS = 500
LOGO_BYTES = 20_000
"""An inline picture below this is a logo in somebody's signature."""

# Stands for a locked member among open ones: the readers say of it that it is encrypted, so the
# file is listed as unreadable instead of vanishing.
_LOCKED = MAGIC + "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096
_CHUNK = 1024 * 1024
_OFFICE_SUFFIXES = (
    *(".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".ods", ".odp"),
    *(".xlsx", ".xlsm", ".pptx", ".pptm", ".epub", ".jar", ".pages"),
)
# Attachments that no person added: signatures, calendar entries, Outlook's wrapping.
_MACHINE_TYPES = frozenset(
    {
        "application/ms-tnef",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
        "text/x-amp-html",
        "message/delivery-status",
        "message/disposition-notification",
    }
)
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def is_container(path: Path) -> bool:
    """Tell by content whether other files may come out of this one."""
    return container_kind(path) is not None


def unpack(path: Path, into: Path) -> tuple[Path, ...]:
    """Write the files inside `path` under `into` and return them in order.

    Names are made safe, so nothing is written outside `into`. Raises ReadError: `krypterad` where
    every member is locked, `for_stor` beyond the limits, `trasig`.
    """
    kind = container_kind(path)
    into.mkdir(parents=True, exist_ok=True)
    if kind == "zip":
        return _unpack_zip(path, into)
    files = _eml_files(path) if kind == "eml" else _msg_files(path)
    names = Names(into)
    written: list[Path] = []
    total = 0
    for name, data in files:
        total += len(data)
        if len(written) >= MAX_ATTACHMENTS or total > MAX_TOTAL_BYTES:
            raise ReadError(
                "for_stor",
                "Brevet har orimligt många eller stora bilagor.",
                "Spara de bilagor som är redovisningar och lägg dem i inkorgen.",
            )
        target = names.place(name)
        target.write_bytes(data)
        written.append(target)
    return tuple(written)


def container_kind(path: Path) -> str | None:
    """Return "zip", "eml" or "msg" by content, None for what holds no other files."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    suffix = path.suffix.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if word.accepts(head, suffix) or odt.accepts(head, suffix):
            return None
        return None if suffix in _OFFICE_SUFFIXES or head[30:38] == b"mimetype" else _zip_kind(path)
    return mail.accepts(head, suffix)


def _zip_kind(path: Path) -> str | None:
    """Office files whose first parts do not tell are told by their table of contents."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except BROKEN:
        return "zip"
    return None if "[Content_Types].xml" in names else "zip"


def _unpack_zip(path: Path, into: Path) -> tuple[Path, ...]:
    written: list[Path] = []
    names = Names(into)
    with open_zip(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        members = [info for info in members if not _is_litter(info.filename)]
        if members and all(is_encrypted(info) for info in members):
            raise encrypted()
        for info in members:
            target = names.place(zip_name(info))
            if is_encrypted(info):
                target.write_bytes(_LOCKED)
            else:
                _copy(archive, info, target)
            written.append(target)
    return tuple(written)


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    """Write one member; never more than its table of contents promised and was checked."""
    left = info.file_size
    try:
        with archive.open(info) as source, target.open("wb") as sink:
            while left > 0 and (chunk := source.read(min(_CHUNK, left))):
                sink.write(chunk)
                left -= len(chunk)
    except BROKEN as error:
        target.unlink(missing_ok=True)
        raise damaged() from error


def _eml_files(path: Path) -> Iterator[tuple[str, bytes]]:
    message = mail.load_eml(path)
    for number, part in enumerate(mail.own_parts(message), start=1):
        kind = part.get_content_type()
        if kind in _MACHINE_TYPES:
            continue
        name = _file_name(part)
        if kind == "message/rfc822":
            yield name or f"vidarebefordrat {number}.eml", _attached_message(part)
            continue
        if not mail.is_attachment(part) and part.get_content_maintype() == "text":
            continue
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        inline = part.get("Content-ID") is not None and part.get_content_maintype() == "image"
        if not data or (inline and len(data) < LOGO_BYTES):
            continue
        yield name or f"bilaga {number}{_suffix_of(kind)}", data


def _file_name(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except Exception:  # a damaged header must not cost the attachment
        return ""


def _attached_message(part: Message) -> bytes:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if not isinstance(inner, Message):
        return str(payload or "").encode("utf-8", "replace")
    try:
        return inner.as_bytes()
    except Exception:  # the generator fails on headers that the parser let through
        return str(inner.get_payload()).encode("utf-8", "replace")


def _suffix_of(kind: str) -> str:
    import mimetypes

    return mimetypes.guess_extension(kind) or ""


def _msg_files(path: Path) -> Iterator[tuple[str, bytes]]:
    from oxmsg import Message as OutlookMessage

    from pipeline.ingest.mail_msg import attachment_file

    if ole_kind(path) != "msg":
        raise damaged()
    try:
        attachments = OutlookMessage.load(str(path)).attachments
    except Exception as error:  # struct, key and index errors on damaged files
        raise damaged() from error
    for number, attachment in enumerate(attachments, start=1):
        found = attachment_file(attachment, number)
        if found is None or found.kind in _MACHINE_TYPES:
            continue
        logo = found.inline and found.kind.startswith("image/") and len(found.data) < LOGO_BYTES
        if not logo:
            yield found.name, found.data


def _is_litter(name: str) -> bool:
    low = name.lower().replace("\\", "/")
    last = low.rsplit("/", 1)[-1]
    return low.startswith(_LITTER[0]) or last in _LITTER[1:] or last.startswith(("._", "~$"))
