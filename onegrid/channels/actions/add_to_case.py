"""
Add what somebody writes to a case they have reported: by its number, or because we have asked them something.

It is for those who handle the case, with the checks that everything added goes through. Somebody else's case takes
nothing: its number is public, and proves nothing.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from onegrid.cases.public import case_number, write_information
from onegrid.channels.actions.sent_files import give_files, note_files
from onegrid.channels.models import Correspondent, Door, Filing
from onegrid.channels.rules.arrivals import CHANNELS, Arrived
from onegrid.channels.rules.conversation import Ask, Code, Draft, Reply, addressed, is_more
from onegrid.channels.rules.keeping import link_secret
from onegrid.core.errors import DomainError

LONGEST = 2000  # characters, as one may add at a time
ANSWERS_LAST = timedelta(hours=1)  # for what somebody remembers after they have answered


def add_to_case(*, sender: Correspondent, draft: Draft, arrived: Arrived, at: datetime) -> Reply | None:
    """Add a message to the case that it is about, in the caller's transaction; nothing where it is about none."""
    number, rest = addressed(arrived.text)
    own = sender.filings.select_related("case")
    if (known := case_number(number)) and rest:
        named = own.filter(case__number=known).first()
        return add(sender=sender, filing=named, arrived=arrived, text=rest, code=Code.ADDED, at=at) if named else None
    asked = own.filter(answers_until__gt=at, case__ended_at__isnull=True).order_by("-answers_until").first()
    if asked is None or draft.asked is not Ask.NOTHING or case_number(arrived.text) or not is_more(arrived.text):
        return None
    reply = add(sender=sender, filing=asked, arrived=arrived, text=_said(arrived), code=Code.ANSWERED, at=at)
    if reply.code is Code.ANSWERED and asked.answers_until and asked.answers_until > at + ANSWERS_LAST:
        asked.answers_until = at + ANSWERS_LAST
        asked.save(update_fields=["answers_until"])
    return reply


def add(*, sender: Correspondent, filing: Filing, arrived: Arrived, text: str, code: Code, at: datetime) -> Reply:
    """Add words and files to a case of the sender; a case that was joined with another takes words, and no files."""
    case = filing.case
    try:
        with transaction.atomic():
            if text:
                secret = link_secret(str(case.pk), key=settings.SECRET_KEY)
                channel = CHANNELS[Door(sender.door)]
                write_information(secret=secret, text=text[:LONGEST], at=at, channel=channel)
            note_files(sender, arrived, at=at)
            give_files(sender, case.pk)
    except DomainError as refusal:
        return Reply(code=Code.REFUSED, reason=str(refusal))
    return Reply(code=code, number=case.number)


def _said(arrived: Arrived) -> str:
    """Return the words of a message; a place that was sent is said by its name and coordinates."""
    spot = arrived.spot
    place = f"{spot.address} {spot.y:.5f}, {spot.x:.5f} ({spot.system})".strip() if spot else ""
    return "\n".join(filter(None, [arrived.text.strip(), place]))
