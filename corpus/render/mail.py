"""E-mail files: the form pasted in the body, or attached."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

_SENT = "Tue, 28 Jun 2011 14:07:00 +0200"
_FOOTER = (
    "\n-- \nSkickat från kommunens e-post. Handlingar som kommer in till kommunen diarieförs.\n"
)


def body_mail(subject: str, text: str) -> bytes:
    """Return a mail whose body is the text, with a greeting before and a signature after."""
    message = _message(subject)
    body = f"Hej!\n\nHär kommer vår redovisning.\n\n{text}{_FOOTER}"
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    return bytes(message)


def attachment_mail(subject: str, name: str, data: bytes, kind: str) -> bytes:
    """Return a short mail with one file attached; `kind` is its MIME type."""
    message = _message(subject)
    message.set_content(
        f"Hej,\n\nbifogar redovisningen. Hör av er om något saknas.\n{_FOOTER}",
        charset="iso-8859-1",
        cte="quoted-printable",
    )
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    message.set_boundary("=_redovisning_2011")
    return bytes(message)


def _message(subject: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Socialkontoret <socialkontoret@kommunen.example>"
    message["To"] = "kvinnofrid@lansstyrelsen.example"
    message["Subject"] = subject
    message["Date"] = _SENT
    message["Message-ID"] = "<20110628140700.1@kommunen.example>"
    return message
