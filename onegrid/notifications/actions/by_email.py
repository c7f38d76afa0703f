"""Send messages as plain-text e-mail by SMTP, several over one connection."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from onegrid.core.installation import district_name
from onegrid.notifications.rules.messages import Message, said
from onegrid.notifications.rules.transport import Send, TransportError

_NOT_US = (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected, smtplib.SMTPAuthenticationError)
PERMANENT = 500  # from here on a server's answer says that it will not change its mind
_REACH = (OSError, smtplib.SMTPException)  # a name that is not found, a connection refused or broken off, a refusal


@contextmanager
def by_email() -> Iterator[Send]:
    """Give a function that sends one message; it raises TransportError. The connection is made when first needed."""
    connection = get_connection()

    def send(message: Message) -> None:
        words = said(message, site=settings.SITE_URL)
        send_email(
            to=message.address,
            subject=f"[{district_name(message.language) or 'OneGrid'}] {words.title}",
            text=words.text,
            headers=headers_of(message.id),
            over=connection,
        )

    try:
        yield send
    finally:
        with suppress(*_REACH):
            connection.close()


def send_email(
    *, to: str, subject: str, text: str, headers: dict[str, str] | None = None, over: BaseEmailBackend | None = None
) -> None:
    """
    Send one e-mail.

    :raises TransportError: if the server was not reached or did not take it.
    """
    mail = EmailMessage(subject, text, to=[to], headers=headers, connection=over)
    try:
        mail.send()
    except _REACH as error:
        if over is not None:
            over.close()  # what comes next begins with a fresh one
        raise TransportError(_said(error), is_final=_is_final(error), is_outage=_is_outage(error)) from None


def headers_of(name: UUID, *, stop_url: str = "") -> dict[str, str]:
    """Return what a mail says of itself to programs: one id however often it is tried, and how it is stopped."""
    headers = {"Message-ID": f"<{name.hex}@{_domain()}>", "Auto-Submitted": "auto-generated"}
    if stop_url:  # RFC 8058: mail programs show a button that posts to it
        headers |= {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _said(error: Exception) -> str:
    """Name an error without what the server said: it repeats addresses."""
    code = _code(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _is_final(error: Exception) -> bool:
    """Tell whether this recipient or mail is refused for good, and not we: a wrong password can be mended."""
    is_about_it = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return is_about_it and _code(error) >= PERMANENT


def _is_outage(error: Exception) -> bool:
    return not isinstance(error, smtplib.SMTPException) or isinstance(error, _NOT_US)


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
