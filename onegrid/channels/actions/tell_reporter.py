"""
Tell reporters on WeChat of the steps that the public page shows, and all whom a desk asks something by their own door.

Each once, on WeChat while they follow the account.

A notice is written in the transaction of the job that the step itself put into the queue. It is marked before it
leaves, and what is marked is not sent again: a worker that dies, or an answer that is lost, may cost a notice, which
stands on the public page anyway, but tells nobody twice. Only what WeChat has certainly not taken is tried again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from onegrid.cases.public import ASKS, EntryAdded, EntryKind, TimelineEntry, Visibility, is_question, strangers
from onegrid.channels.actions.answer_mail import headers_for
from onegrid.channels.actions.wechat_api import WechatError, send_template, send_text
from onegrid.channels.models import Door, Filing, Notice, NoticeState
from onegrid.channels.readers.words import address, asked_in_words, link_of
from onegrid.core.installation import district_name
from onegrid.core.moments import in_full
from onegrid.notifications.public import TransportError, send_email

TELL, SEND = "onegrid.channels.tasks.tell", "onegrid.channels.tasks.send"
LONGEST = 20  # characters of a field in WeChat's templates
ANSWERED_FOR = timedelta(days=7)  # for so long what a reporter on WeChat writes answers a question
SILENT = {45015, 45047}  # WeChat's codes for: they have not written for two days, or enough was said
_A_WHILE = timedelta(minutes=5)  # longer than any sending takes
GIVEN_UP_AFTER = timedelta(days=1)  # nobody wants to hear tomorrow what stands on the page today


def have_told(fact: EntryAdded) -> None:
    """Put the telling of a question, or of a step where there is a template for it, into the queue. One statement."""
    is_step = settings.WECHAT_TEMPLATE and fact.kind == EntryKind.MOVE and not fact.is_reporters
    if is_step or fact.data.get(ASKS):
        app.configure_task(TELL).defer(entry_id=str(fact.entry_id))


@transaction.atomic(durable=True)
def tell_reporter(*, entry_id: UUID, at: datetime) -> int:
    """Write the notice of a public step or a question for its reporter, if they can be told; return how many."""
    entry = TimelineEntry.objects.filter(pk=entry_id).first()
    if entry is None or not (is_question(entry) or entry.visibility == Visibility.PUBLIC):
        return 0
    found = _reachable(is_asked=is_question(entry)).filter(case=entry.case_id).first()
    if found is None:
        return 0
    if is_question(entry):
        found.answers_until = at + ANSWERED_FOR
        found.save(update_fields=["answers_until"])
    notice, is_new = Notice.objects.get_or_create(filing=found, entry_id=entry_id, defaults={"made_at": at})
    if is_new:
        app.configure_task(SEND).defer(notice_id=str(notice.pk))
    return int(is_new)


def send_notice(*, notice_id: UUID, at: datetime) -> bool:
    """
    Send a notice, and tell whether it left.

    :raises WechatError: if WeChat has not taken it; it is tried again.
    :raises TransportError: if no mail server took it; it is tried again.
    """
    notice = _claim(notice_id, at=at)
    if notice is None:
        return False
    try:
        put_question(notice) if is_question(_entry(notice)) else send_template(_message(notice))
    except (WechatError, TransportError) as error:
        is_over = error.is_final or getattr(error, "is_lost", False)
        _settle(notice, NoticeState.GIVEN_UP if is_over else NoticeState.WAITING, why=str(error))
        if is_over:
            return False
        raise
    _settle(notice, NoticeState.SENT)
    return True


def look_after_notices(*, at: datetime) -> int:
    """Have sent what still waits, give up what has grown old or whose worker is gone; return how many wait."""
    waiting = Notice.objects.filter(state=NoticeState.WAITING)
    waiting.filter(made_at__lt=at - GIVEN_UP_AFTER).update(state=NoticeState.GIVEN_UP)
    left_behind = Notice.objects.filter(state=NoticeState.SENDING, tried_at__lt=at - _A_WHILE)
    left_behind.update(state=NoticeState.GIVEN_UP)
    left = [str(pk) for pk in waiting.values_list("pk", flat=True)]
    for notice_id in left:
        app.configure_task(SEND).defer(notice_id=notice_id)
    return len(left)


@transaction.atomic(durable=True)
def _claim(notice_id: UUID, *, at: datetime) -> Notice | None:
    """Mark a notice as under way; one that is so already is another worker's, or nobody knows whether it left."""
    rows = Notice.objects.select_for_update(of=("self",), skip_locked=True)
    notice = rows.filter(pk=notice_id, state=NoticeState.WAITING).first()
    if notice is None:
        return None
    follows = _reachable(is_asked=is_question(_entry(notice))).filter(pk=notice.filing_id).exists()
    notice.state, notice.tried_at = NoticeState.SENDING if follows else NoticeState.GIVEN_UP, at
    notice.save(update_fields=["state", "tried_at"])
    return notice if follows else None


def _reachable(*, is_asked: bool) -> QuerySet[Filing]:
    """Return the reports whose senders can be told: who follows us on WeChat; of a question also who writes by mail."""
    follows = Q(correspondent__subscribed_at__isnull=False, correspondent__door=Door.WECHAT)
    return Filing.objects.filter(follows | Q(correspondent__door=Door.EMAIL) if is_asked else follows)


def _entry(notice: Notice) -> TimelineEntry:
    return TimelineEntry.objects.get(pk=notice.entry_id)


def put_question(notice: Notice) -> None:
    """
    Send a question by the door its reporter wrote through; the whole of it where that can be, else that there is one.

    :raises WechatError: if WeChat has not taken it.
    :raises TransportError: if no mail server took it.
    """
    filing = Filing.objects.select_related("correspondent", "case").get(pk=notice.filing_id)
    to, number = filing.correspondent, filing.case.number
    with translation.override(to.language):
        link = link_of(str(filing.case_id))
        said = asked_in_words(_entry(notice).text, number=number, door=Door(to.door), link=link)
        subject = _("A question about your report %(number)s") % {"number": number}
    if to.door == Door.EMAIL:
        before = to.messages.filter(case=filing.case_id).order_by("taken_at").last()
        headers = headers_for(notice.pk, thread=before.thread if before else "", submitted="auto-generated")
        subject = f"[{district_name(to.language) or 'OneGrid'}] {subject}"
        send_email(to=to.address, subject=subject, text=said, headers=headers)
        return
    try:
        send_text(to.address, said)
    except WechatError as error:
        if not (error.code in SILENT and settings.WECHAT_TEMPLATE):
            raise
        send_template(_message(notice))  # they have not written for two days: they hear that there is a question


def _settle(notice: Notice, state: NoticeState, *, why: str = "") -> None:
    Notice.objects.filter(pk=notice.pk).update(state=state, last_error=why[:80])


def _message(notice: Notice) -> Mapping[str, object]:
    filing = Filing.objects.select_related("correspondent", "case").get(pk=notice.filing_id)
    entry, case = TimelineEntry.objects.get(pk=notice.entry_id), filing.case
    with translation.override(filing.correspondent.language):
        [told] = strangers.tellings([entry])
        said = {"number": case.number, "what": told.heading, "title": strangers.title_of(case), "unit": told.unit}
        said["moment"] = in_full(entry.happened_at)
    is_shown = strangers.shown().filter(pk=case.pk).exists()
    url = address("portal:case", case.number) if is_shown else ""
    if is_question(entry):
        url = link_of(str(case.pk))
    return {
        "touser": filing.correspondent.address,
        "template_id": settings.WECHAT_TEMPLATE,
        "client_msg_id": notice.pk.hex,
        "url": url,
        "data": {field: {"value": _short(said[name])} for name, field in _fields().items() if said.get(name)},
    }


def _fields() -> Mapping[str, str]:
    """Return by which field of the template each of our values is shown."""
    return dict(pair.split("=", 1) for pair in settings.WECHAT_TEMPLATE_FIELDS if "=" in pair)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
