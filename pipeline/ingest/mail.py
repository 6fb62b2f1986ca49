"""Read the body of an e-mail (EML, MSG) as a document; its attachments are `containers`' matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_binary_file, policy
from email.message import EmailMessage, Message
from pathlib import Path

from corpus.types import Note
from pipeline.errors import ReadError
from pipeline.ingest.base import Raw, RawPage, Reader
from pipeline.ingest.ole import is_ole, ole_kind
from pipeline.ingest.text import decode, text_pages
from pipeline.ingest.text_html import html_pages
from pipeline.ingest.zipguard import damaged

_HEADERS = re.compile(
    rb"(?:\s*|From [^\n]*\r?\n)(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Date"
    rb"|Subject|From|To|DKIM-Signature|Content-Type|Thread-\w+|References|In-Reply-To|X-[\w-]+):",
    re.IGNORECASE,
)
_SHORT = 20  # letters: a plain part like "Se HTML-versionen" stands for the real one


@dataclass(frozen=True, slots=True)
class Body:
    """What an e-mail says: its plain and HTML texts and what its header says about it."""

    plain: str
    html: str
    meta: tuple[tuple[str, str], ...]
    outlook_only: bool = False


def accepts(head: bytes, suffix: str) -> str | None:
    """Take Outlook's MSG by suffix and OLE mark, EML by the header lines at its beginning."""
    if suffix == ".msg" and is_ole(head):
        return "msg"
    if suffix in (".eml", ".msg", "") and _HEADERS.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "eml"
    return None


def read_mail(path: Path, fmt: str) -> Raw:
    """Return the body's lines; a mail with attachments only has none. Raises ReadError."""
    body = msg_body(path) if fmt == "msg" else eml_body(load_eml(path))
    pages = _pages(body)
    notes = []
    if body.outlook_only:
        notes.append(
            Note(
                "winmail",
                "Brevet har en bilaga (winmail.dat) som bara Outlook kan öppna; den är inte läst.",
            )
        )
    if not any(page.lines for page in pages):
        notes.append(Note("tomt_brev", "Brevet har ingen egen text, bara eventuella bilagor."))
    return Raw(fmt, pages or (RawPage(1, ()),), tuple(notes), body.meta)


def load_eml(path: Path) -> EmailMessage:
    """Return the parsed message. Raises ReadError (`trasig`)."""
    try:
        with path.open("rb") as file:
            message = message_from_binary_file(file, policy=policy.default)
    except Exception as error:  # the parser lets many kinds of errors out on damaged headers
        raise damaged() from error
    if not message.keys():
        raise damaged()
    return message


def eml_body(message: EmailMessage) -> Body:
    """Return the body of a message; attached files and attached messages are no part of it."""
    plain: list[str] = []
    html: list[str] = []
    outlook_only = False
    for part in own_parts(message):
        kind = part.get_content_type()
        outlook_only |= kind == "application/ms-tnef"
        if kind in ("text/plain", "text/html") and not is_attachment(part):
            (plain if kind == "text/plain" else html).append(part_text(part))
    meta = [(name, header(message, name)) for name in ("subject", "from", "date")]
    return Body(
        "\n".join(plain), "\n".join(html), tuple((k, v) for k, v in meta if v), outlook_only
    )


def own_parts(message: Message) -> list[Message]:
    """Return the parts of a message without going into attached messages."""
    found: list[Message] = []
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        payload = part.get_payload()
        if part.get_content_type() != "message/rfc822" and isinstance(payload, list):
            stack.extend(p for p in reversed(payload) if isinstance(p, Message))
        else:
            found.append(part)
    return found


def is_attachment(part: Message) -> bool:
    """Tell whether a part is a file rather than the letter itself."""
    try:
        return part.get_content_disposition() == "attachment" or part.get_filename() is not None
    except Exception:  # a damaged header must not cost the rest of the mail
        return False


def part_text(part: Message) -> str:
    """Return a text part's words, by its own charset if that fits, else by its bytes."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        charset = part.get_content_charset() or "ascii"
        text = data.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        text = decode(data) if data else ""
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _unflowed(text, spaces_go=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def header(message: Message, name: str) -> str:
    """Return a header as text, "" where it is missing or damaged."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # the header parser lets many kinds of errors out
        return ""


def msg_body(path: Path) -> Body:
    """Return the body of an Outlook message. Raises ReadError (`trasig`)."""
    from oxmsg import Message as OutlookMessage

    if ole_kind(path) != "msg":
        raise damaged()
    try:
        message = OutlookMessage.load(str(path))
        sent: datetime | None = message.sent_date
        meta = {
            "subject": message.subject,
            "from": message.sender or "",
            "date": sent.isoformat() if sent else message.message_headers.get("Date", ""),
        }
        plain, html = message.body or "", message.html_body or ""
    except Exception as error:  # struct, key and index errors on damaged files
        raise damaged() from error
    return Body(plain, html, tuple((k, " ".join(v.split())) for k, v in meta.items() if v))


def _pages(body: Body) -> tuple[RawPage, ...]:
    """The plain text is what the sender wrote; the HTML text where there is none to speak of."""
    if body.html and len(body.plain.strip()) < _SHORT:
        try:
            pages = html_pages(body.html)
        except ReadError:
            pages = ()
        if any(page.lines for page in pages):
            return pages
    return text_pages(body.plain)


def _unflowed(text: str, *, spaces_go: bool) -> str:
    """Join the soft line ends of format=flowed: a line that ends with a space goes on."""
    lines: list[str] = []
    open_line = False
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.removeprefix(" ") if line.startswith(" ") else line
        if open_line and not line.startswith(">") and line != "-- ":
            lines[-1] += line
        else:
            lines.append(line)
        open_line = line.endswith(" ") and line != "-- "
        if open_line and spaces_go:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


READER = Reader("mail", accepts, read_mail, priority=20)
