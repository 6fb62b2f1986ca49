"""Attachments of Outlook's MSG: files as they are, attached messages as EML."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

_SHORT_NAME, _CONTENT_ID = 0x3704, 0x3712
_EMBEDDED = "__substg1.0_3701000D"
_EMBEDDED_HEADER = 24  # bytes; a message file of its own has 32
_MAX_NESTED = 3


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One attachment: its name, MIME type, bytes, and whether the letter shows it inline."""

    name: str
    kind: str
    data: bytes
    inline: bool


def attachment_file(attachment: Any, number: int, depth: int = 0) -> AttachedFile | None:
    """Return the file of an oxmsg attachment, None where there is nothing that can be saved."""
    try:
        properties = attachment.properties
        name = attachment.file_name or properties.str_prop_value(_SHORT_NAME) or ""
        data = attachment.file_bytes
        if data:
            inline = bool(properties.str_prop_value(_CONTENT_ID))
            return AttachedFile(
                name or f"bilaga {number}", attachment.mime_type or "", data, inline
            )
        data = _embedded(attachment, depth)
    except Exception:  # one damaged attachment must not cost the others
        return None
    stem = name.removesuffix(".msg") or f"vidarebefordrat {number}"
    return AttachedFile(f"{stem}.eml", "message/rfc822", data, False) if data else None


def _embedded(attachment: Any, depth: int) -> bytes | None:
    """Return an attached Outlook message, which lies in a storage of its own, as EML."""
    from oxmsg.attachment import Attachment
    from oxmsg.domain import constants
    from oxmsg.properties import Properties

    storages = attachment._storage.storages
    storage = next((s for s in storages if s.name == _EMBEDDED), None)
    if storage is None or depth >= _MAX_NESTED:
        return None
    properties = Properties(storage, _EMBEDDED_HEADER)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join((properties.str_prop_value(constants.PID_SUBJECT) or "").split())
    mail.set_content(properties.str_prop_value(constants.PID_BODY) or "")
    for number, inner in enumerate(storage.iter_attachment_storages(), start=1):
        if file := attachment_file(Attachment(inner), number, depth + 1):
            main, _, sub = (file.kind or "application/octet-stream").partition("/")
            if main in ("message", "multipart", "text"):
                main, sub = "application", "octet-stream"
            mail.add_attachment(file.data, main, sub or "octet-stream", filename=file.name)
    return mail.as_bytes()
