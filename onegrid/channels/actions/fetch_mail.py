"""
Fetch mail from a mailbox over TLS, and mark it as read once it is kept.

Whoever dies in between finds it unread again; taken twice, it changes nothing.
"""

import imaplib
import ssl
from datetime import datetime

from django.conf import settings

from onegrid.channels.actions.take_mail import take_mail
from onegrid.channels.rules.mails import LARGEST, UnreadableMailError

TIMEOUT = 20  # seconds, for each answer we wait for
AT_ONCE = 50  # of one visit; the rest is for the next
READ, READ_AND_FLAGGED = r"(\Seen)", r"(\Seen \Flagged)"


class MailboxError(Exception):
    """The mailbox was not reached, or answered what it should not."""


def fetch_mail(*, at: datetime, trusted: ssl.SSLContext | None = None) -> int:
    """
    Take what is unread, and return how much that was; nothing where no mailbox is set.

    :raises MailboxError: if the mailbox was not reached. What was taken until then is kept.
    """
    if not settings.IMAP_HOST:
        return 0
    context = trusted or ssl.create_default_context()
    try:
        with imaplib.IMAP4_SSL(settings.IMAP_HOST, settings.IMAP_PORT, ssl_context=context, timeout=TIMEOUT) as mailbox:
            mailbox.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
            mailbox.select("INBOX")
            [found] = mailbox.uid("SEARCH", "UNSEEN")[1]
            unread = (found or b"").split()[:AT_ONCE]
            for uid in unread:
                _take(mailbox, uid.decode(), at=at)
            return len(unread)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(type(error).__name__) from None


def _take(mailbox: imaplib.IMAP4, uid: str, *, at: datetime) -> None:
    """Take one mail. No more of it is read than a mail may have: what is longer is refused as such."""
    mark = READ
    try:
        take_mail(_raw(mailbox, uid), at=at)
    except UnreadableMailError:
        mark = READ_AND_FLAGGED
    mailbox.uid("STORE", uid, "+FLAGS.SILENT", mark)


def _raw(mailbox: imaplib.IMAP4, uid: str) -> bytes:
    answer = mailbox.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")[1]
    return next((part[1] for part in answer if isinstance(part, tuple)), b"")
