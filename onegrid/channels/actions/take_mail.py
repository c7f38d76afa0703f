"""
Take an e-mail: a new report, the answer to a question of ours, or more on a case its sender has reported.

One transaction holds all of it with the job that answers; only then is it acknowledged to the mail server. The same
mail taken again changes nothing and is answered once.
"""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from onegrid.channels.actions.add_to_case import add
from onegrid.channels.actions.sent_files import note_files
from onegrid.channels.actions.take_message import file_draft, sender_of
from onegrid.channels.models import Correspondent, Door, Filing, Message
from onegrid.channels.readers.offers import place_named
from onegrid.channels.rules import conversation
from onegrid.channels.rules.arrivals import Arrived, ArrivedFile
from onegrid.channels.rules.conversation import MOST_FILES, Code, Draft, Reply, World
from onegrid.channels.rules.keeping import forget_on, hash_of
from onegrid.channels.rules.mails import Mail, read_mail
from onegrid.channels.rules.threads import message_in

ANSWER = "onegrid.channels.tasks.answer"
_WORLD = World(kinds=lambda _text: (), place=place_named)  # nobody is asked by letter what a desk sees at once


def take_mail(raw: bytes, *, at: datetime) -> bool:
    """
    Take a mail, and tell whether it was new and a person's.

    :raises UnreadableMailError: if it cannot be read; then nothing is kept, and nobody is answered.
    """
    mail = read_mail(raw)
    if mail.is_automatic or mail.sender == settings.MAIL_ADDRESS.lower():
        return False
    return _take(mail, body_hash=hashlib.sha256(raw).hexdigest(), at=at)


@transaction.atomic(durable=True)
def _take(mail: Mail, *, body_hash: str, at: datetime) -> bool:
    key = hash_of("email", mail.sender, mail.message_id or body_hash)
    files = [ArrivedFile(name=file.name, content=file.content) for file in mail.files[:MOST_FILES]]
    arrived = Arrived(door=Door.EMAIL, address=mail.sender, key=key, body_hash=body_hash, text=mail.text, files=files)
    sender = sender_of(arrived, at=at)
    if Message.objects.filter(key=key).exists():
        return False
    before = _before(sender, mail)
    filing = _filing(sender, before) or _asked(sender, mail)
    reply = (
        add(sender=sender, filing=filing, arrived=arrived, text=arrived.text, code=Code.ADDED, at=at)
        if filing
        else _report(sender, arrived, subject=mail.subject, before=before, at=at)
    )
    sender.last_at, sender.forget_on = at, forget_on(timezone.localdate(at))
    sender.save(update_fields=["draft", "last_at", "forget_on"])
    message = Message.objects.create(
        correspondent=sender, key=key, body_hash=body_hash, reply=msgspec.to_builtins(reply), taken_at=at,
        thread=mail.message_id,
        case_id=filing.case_id if filing else (UUID(reply.report_id) if reply.report_id else None),
    )  # fmt: skip
    app.configure_task(ANSWER).defer(message_id=str(message.pk))
    return True


def _before(sender: Correspondent, mail: Mail) -> Message | None:
    """Return which earlier message of the same sender a mail follows: one of ours, or one of theirs."""
    own = sender.messages.order_by("-taken_at")
    ours = _ours(mail)
    theirs = [hash_of("email", sender.address, reference) for reference in mail.references]
    return own.filter(pk__in=ours).first() or own.filter(key__in=theirs).first()


def _filing(sender: Correspondent, before: Message | None) -> Filing | None:
    """
    Return which of the sender's cases a mail is about: by what it answers, which only the two of us know.

    A number in the subject would not do: it is public, and anybody can write anybody's address above a mail.
    """
    if before is None or before.case_id is None:
        return None
    return sender.filings.select_related("case").filter(case=before.case_id).first()


def _asked(sender: Correspondent, mail: Mail) -> Filing | None:
    """Return which of the sender's cases we have asked about, where a mail answers that."""
    return sender.filings.select_related("case").filter(notices__in=_ours(mail)).first()


def _ours(mail: Mail) -> list[UUID]:
    return [pk for reference in mail.references if (pk := message_in(reference))]


def _report(sender: Correspondent, arrived: Arrived, *, subject: str, before: Message | None, at: datetime) -> Reply:
    """Go on with the report that a question of ours was about, or begin one; file it as soon as nothing is missing."""
    draft = msgspec.convert(sender.draft, Draft) if before is not None else Draft()
    if before is None:
        sender.files.filter(case__isnull=True).delete()
    text = arrived.text if before is not None else "\n".join(filter(None, (subject, arrived.text)))
    step = conversation.hear_text(draft, text, _WORLD)
    note_files(sender, arrived, at=at)
    if step.reply.code is Code.CONFIRM:
        step = file_draft(sender, step.draft, at=at)
    sender.draft = msgspec.to_builtins(step.draft)
    return step.reply
