"""Keep a tip longer before it is deleted, once and for a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.oversight.public import commit_to, require_reason
from onegrid.tips.actions.answer_tip import locked_tip, target_of
from onegrid.tips.actions.note_deeds import note_deed
from onegrid.tips.actions.send_tip import term_of
from onegrid.tips.rules.keeping import delete_on, is_warned
from onegrid.tips.rules.standing import NotAsItStandsError
from onegrid.tips.states import Status


@transaction.atomic(durable=True)
def keep_longer(*, tip_id: UUID, reason: str, by: User, at: datetime) -> None:
    """
    Keep a tip for its channel's term again, counted from today. The trail holds a commitment to the reason.

    :raises NotAllowedError: if reading tips is not their duty.
    :raises NotFoundError: if the tip is not one of their channels'.
    :raises ReasonMissingError: if the reason is none.
    :raises NotAsItStandsError: if it was kept longer before, or its end is not near.
    """
    tip = locked_tip(tip_id, by=by)
    require_reason(reason)
    today, term = timezone.localdate(at), term_of(tip.channel)
    if tip.is_kept_longer:
        raise NotAsItStandsError(_("This tip was kept longer once already. It goes on its day."))
    if not is_warned(tip.delete_on, warning_days=term.warning_days, today=today):
        raise NotAsItStandsError(_("Its end is not near yet. Keep it longer when you are warned."))
    tip.delete_on = max(tip.delete_on, delete_on(term, status=Status(tip.status), today=today))
    tip.is_kept_longer = True
    tip.save(update_fields=["delete_on", "is_kept_longer"])
    target = target_of(tip)
    data = {"until": tip.delete_on.isoformat(), "reason": commit_to(reason.strip(), subject=target, at=at)}
    note_deed("tips.keep_longer", target=target, by=by, at=at, data=data)
