"""Answer an e-mail, once, in its thread, and in a way that no program answers back."""

from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from onegrid.channels.models import Message
from onegrid.channels.readers.words import in_words
from onegrid.channels.rules.conversation import Reply
from onegrid.channels.rules.threads import id_for
from onegrid.core.installation import district_name
from onegrid.notifications.public import send_email


def answer_mail(*, message_id: UUID, at: datetime) -> bool:
    """
    Send the answer to a mail, and tell whether it left now.

    Sent again after a worker died, it has the same id, by which mail programs show it once.

    :raises TransportError: if no server took it; it is tried again.
    """
    message = Message.objects.select_related("correspondent").filter(pk=message_id, answered_at=None).first()
    if message is None or not settings.EMAIL_HOST:
        return False
    reply, to = msgspec.convert(message.reply, Reply), message.correspondent
    with translation.override(to.language):
        subject = (
            _("About your report %(number)s") % {"number": reply.number} if reply.number else _("About your report")
        )
    send_email(
        to=to.address,
        subject=f"[{district_name(to.language) or 'OneGrid'}] {subject.strip()}",
        text=in_words(reply, language=to.language, at=at),
        headers=headers_for(message.pk, thread=message.thread, submitted="auto-replied"),
    )
    Message.objects.filter(pk=message.pk).update(answered_at=at)
    return True


def headers_for(name: UUID, *, thread: str, submitted: str) -> dict[str, str]:
    """Return what a mail of ours says to programs: its id, by which an answer leads back, and the thread it is in."""
    home = settings.MAIL_ADDRESS or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    headers = {
        "Message-ID": id_for(name, domain=home.rpartition("@")[2] or "localhost"),
        "Auto-Submitted": submitted,
        "X-Auto-Response-Suppress": "All",
        "Reply-To": home,
    }
    return headers | ({"In-Reply-To": thread, "References": thread} if thread else {})
