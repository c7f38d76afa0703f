"""
Write a case from a tip, in an officer's own words, by the ordinary way in.

Nothing of the tip goes along: no id, no day, no channel of tips. What is noted of it on this side of the wall names
neither the tip nor the case.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import Channel
from onegrid.core.errors import InvalidInputError
from onegrid.dispatch.public import ReportedCase, report_case
from onegrid.geography.public import communities
from onegrid.oversight.public import commit_to, require_reason
from onegrid.tips.actions.answer_tip import locked_tip
from onegrid.tips.actions.note_deeds import note_deed


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """What is to stand in the case; `case_id` is made in the browser and makes sending twice harmless."""

    case_id: UUID
    text: str
    community: str
    address: str
    is_own_words: bool


@dataclass(frozen=True, kw_only=True)
class WrittenCase:
    """The number of the case, and under which name the trail will hold the reason; for the sealed note of readers."""

    number: str
    noted_as: str


@transaction.atomic(durable=True)
def write_case(*, tip_id: UUID, words: OwnWords, reason: str, by: User, at: datetime) -> WrittenCase:
    """
    File a case with the channel "tip" and note by the day that somebody did so, and why.

    :raises NotAllowedError: if reading tips is not their duty, or reporting cases there.
    :raises NotFoundError: if the tip is not one of their channels'.
    :raises ReasonMissingError: if the reason is none.
    :raises InvalidInputError: if the words are missing, not confirmed as their own, or the place is none.
    """
    tip = locked_tip(tip_id, by=by)
    require_reason(reason)
    reported = report_case(report=_report(words), channel=Channel.TIP, by=by, at=at)
    noted_as = f"tips.Triage:{uuid4()}"  # not the tip's name: the commitment's key is kept with its moment
    if not reported.receipt.was_known:
        data = {"channel": tip.channel.code, "reason": commit_to(reason.strip(), subject=noted_as, at=at)}
        note_deed("tips.write_case", target=noted_as, by=by, at=at, data=data)
    return WrittenCase(number=reported.receipt.number, noted_as=noted_as)


def _report(words: OwnWords) -> ReportedCase:
    place = communities().get(words.community)
    if not words.is_own_words:
        message = _("Say first that nothing in it is known to the person who gave the tip alone.")
        raise InvalidInputError(message, fields={"is_own_words": message})
    if place is None:
        message = _("Choose the community in which it is.")
        raise InvalidInputError(message, fields={"community": message})
    x, y = place.label_at
    return ReportedCase(id=words.case_id, text=words.text, x=x, y=y, address=words.address)
