"""
Take a message that came by a door: once, whole, and with its answer.

One transaction holds the message, the conversation it moves on and, where it confirms one, the report, so that what was
answered is there and what failed is asked of the sender again. Sent twice, it changes nothing and is answered the same.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from onegrid.cases.public import case_number
from onegrid.channels.actions.add_to_case import add_to_case
from onegrid.channels.actions.sent_files import drop_files, give_files, note_files
from onegrid.channels.models import Correspondent, Door, Filing, Message
from onegrid.channels.readers.offers import world
from onegrid.channels.rules import conversation
from onegrid.channels.rules.arrivals import CHANNELS, Arrived, Event
from onegrid.channels.rules.conversation import Ask, Code, Draft, Reply, Step
from onegrid.channels.rules.keeping import DRAFT_KEPT, forget_on, link_secret
from onegrid.channels.rules.wechat_seal import ForgedMessageError
from onegrid.core.danger import speaks_of_danger
from onegrid.core.errors import DomainError
from onegrid.core.ids import new_id
from onegrid.dispatch.public import ReportedCase, report_case
from onegrid.geography.public import locate

MOST_REPORTS = 10  # of one correspondent in an hour
AN_HOUR = timedelta(hours=1)


@transaction.atomic(durable=True)
def take_message(arrived: Arrived, *, at: datetime) -> tuple[Reply | None, str]:
    """
    Move the conversation on by one message; return the answer, if there is one, and the language to say it in.

    :raises ForgedMessageError: if the message shows a signature that belongs to another one.
    """
    sender = sender_of(arrived, at=at)
    if known := Message.objects.filter(key=arrived.key).first():
        if known.correspondent_id != sender.pk or known.body_hash != arrived.body_hash:
            raise ForgedMessageError
        return _kept(known), sender.language
    if arrived.proof and Message.objects.filter(proof=arrived.proof).exists():
        raise ForgedMessageError
    reply = _answer(sender, arrived, at=at)
    sender.last_at, sender.forget_on = at, forget_on(timezone.localdate(at))
    sender.save(update_fields=["draft", "language", "subscribed_at", "last_at", "forget_on"])
    Message.objects.create(
        correspondent=sender,
        key=arrived.key,
        proof=arrived.proof,
        body_hash=arrived.body_hash,
        reply=msgspec.to_builtins(reply) if reply else {},
        taken_at=at,
    )
    return reply, sender.language


def sender_of(arrived: Arrived, *, at: datetime) -> Correspondent:
    """Return who wrote, held until the transaction ends: one conversation takes one message after the other."""
    own = {"door": arrived.door, "address": arrived.address}
    new = {"language": settings.LANGUAGE_CODE, "last_at": at, "forget_on": forget_on(timezone.localdate(at))}
    Correspondent.objects.bulk_create([Correspondent(**own, **new)], ignore_conflicts=True)
    return Correspondent.objects.select_for_update(of=("self",)).get(**own)


def _kept(known: Message) -> Reply | None:
    return msgspec.convert(known.reply, Reply) if known.reply else None


def _answer(sender: Correspondent, arrived: Arrived, *, at: datetime) -> Reply | None:
    if arrived.event is not Event.NONE:
        return _heard(sender, arrived.event, at=at)
    draft = _draft(sender, at=at)
    if added := add_to_case(sender=sender, draft=draft, arrived=arrived, at=at):
        return added
    step = _step(sender, draft, arrived)
    if step.draft.files < draft.files:
        drop_files(sender)
    if step.draft.files > draft.files:
        note_files(sender, arrived, at=at)
    if step.is_confirmed:
        step = file_draft(sender, step.draft, at=at)
    sender.draft = msgspec.to_builtins(step.draft)
    return step.reply


def _heard(sender: Correspondent, event: Event, *, at: datetime) -> Reply | None:
    """Note that somebody wants to hear from us, or no longer does; then nothing of theirs waits any more."""
    if event is Event.SUBSCRIBED:
        sender.subscribed_at = at
        return Reply(code=Code.WELCOME)
    if event is Event.UNSUBSCRIBED:
        sender.subscribed_at, sender.draft = None, {}
        drop_files(sender)
    return None


def _draft(sender: Correspondent, *, at: datetime) -> Draft:
    draft = msgspec.convert(sender.draft, Draft)
    if draft != Draft() and sender.last_at < at - DRAFT_KEPT:
        drop_files(sender)
        return Draft()
    return draft


def _step(sender: Correspondent, draft: Draft, arrived: Arrived) -> Step:
    if arrived.spot is not None:
        return _hear_spot(draft, arrived)
    if arrived.files:
        step = conversation.hear_file(draft)
        return conversation.hear_text(step.draft, arrived.text, world()) if arrived.text else step
    if command := conversation.command_of(arrived.text):
        return conversation.obey(command, draft)
    if language := conversation.LANGUAGES.get(arrived.text.strip().lower()):
        sender.language = language
        return Step(draft=draft, reply=Reply(code=Code.LANGUAGE))
    if number := case_number(arrived.text):
        return Step(draft=draft, reply=Reply(code=Code.STATUS, number=number))
    return conversation.hear_text(draft, arrived.text, world())


def _hear_spot(draft: Draft, arrived: Arrived) -> Step:
    """Take a place if it is one of the district's; say at once if not, and not only when everything else is told."""
    spot = arrived.spot
    assert spot is not None
    try:
        locate(spot.x, spot.y, spot.system)
    except DomainError as refusal:
        return Step(draft=draft, reply=Reply(code=Code.REFUSED, draft=draft, reason=str(refusal)))
    return conversation.hear_spot(draft, spot)


def file_draft(sender: Correspondent, draft: Draft, *, at: datetime) -> Step:
    """Report what was confirmed, by the one way in for everybody; say so if it is refused."""
    if sender.filings.filter(filed_at__gt=at - AN_HOUR).count() >= MOST_REPORTS:
        return Step(draft=draft, reply=Reply(code=Code.TOO_MANY_REPORTS, draft=draft))
    report_id = new_id()
    try:
        with translation.override(sender.language), transaction.atomic():
            reported = report_case(
                report=_report(draft, report_id), channel=CHANNELS[Door(sender.door)], by=None, at=at
            )
    except DomainError as refusal:
        again = msgspec.structs.replace(draft, spot=None, asked=Ask.PLACE)
        return Step(draft=again, reply=Reply(code=Code.REFUSED, draft=again, reason=str(refusal)))
    receipt = reported.receipt
    Filing.objects.create(correspondent=sender, case_id=receipt.case_id, filed_at=at)
    give_files(sender, receipt.case_id)
    filed = Reply(
        code=Code.FILED, number=receipt.number, report_id=str(report_id), is_danger=speaks_of_danger(draft.text)
    )
    return Step(draft=Draft(), reply=filed)


def _report(draft: Draft, report_id: UUID) -> ReportedCase:
    """Return the report of a draft. The address of its sender is not part of it: nobody at a desk is to read that."""
    assert draft.spot is not None
    return ReportedCase(
        id=report_id,
        text=draft.text,
        x=draft.spot.x,
        y=draft.spot.y,
        system=draft.spot.system,
        accuracy_m=draft.spot.accuracy_m,
        address=draft.spot.address,
        category_code=draft.category,
        link_secret=link_secret(str(report_id), key=settings.SECRET_KEY),
    )
