"""Ask the reporter for what is missing; they answer by their link, or by the door that they wrote through."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor, add_entry, open_case, target
from onegrid.cases.models import EntryKind, TimelineEntry, Visibility
from onegrid.cases.rules.questions import ASKS
from onegrid.cases.states import IllegalMoveError
from onegrid.core.errors import InvalidInputError
from onegrid.oversight.public import record

LONGEST = 600  # characters; a message on WeChat holds no more than that in Chinese


@transaction.atomic(durable=True)
def ask_reporter(*, case_id: UUID, text: str, by: User, at: datetime) -> TimelineEntry:
    """
    Write a question into the timeline that colleagues and the reporter read, and the public does not.

    No clock stops for it: who needs time asks for it as ever.

    :raises CaseNotFoundError: if there is no such case that `by` may see.
    :raises NotAllowedError: if their duties do not allow notes on it.
    :raises IllegalMoveError: if the case is over.
    :raises InvalidInputError: if it asks nothing, or at too great length.
    """
    case, said = open_case(case_id, by=by, permission="cases.note"), text.strip()
    if case.ended_at is not None:
        raise IllegalMoveError(_("This case is over; reopen it first."))
    if not said or len(said) > LONGEST:
        message = _("Write something, at most %(count)d characters.") % {"count": LONGEST}
        raise InvalidInputError(message, fields={"text": message})
    record("cases.ask_reporter", target=target(case), by=actor(by), at=at, data={})
    return add_entry(
        case, EntryKind.NOTE, by=by, at=at, text=said, visibility=Visibility.INTERNAL, data={ASKS: True}
    )  # fmt: skip
