"""Open a sealed original: what a device wrote into it may lead to the person who sent it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.core.errors import NotFoundError
from onegrid.oversight.public import commit_to, record, require_reason
from onegrid.tips.actions.answer_tip import target_of
from onegrid.tips.actions.keep_channels import actor_of
from onegrid.tips.models import Attachment
from onegrid.tips.permissions import Permission, require


@transaction.atomic(durable=True)
def open_original(*, attachment_id: UUID, reason: str, by: User, at: datetime) -> Attachment:
    """
    Return an original for its reader, and note that it was opened; the trail holds a commitment to the reason.

    :raises NotAllowedError: if reading tips is not their duty.
    :raises NotFoundError: if it is not one of their channels'.
    :raises ReasonMissingError: if the reason is none.
    """
    require(by, Permission.READ)
    found = Attachment.objects.readable_by(by).with_id(attachment_id).select_related("message__tip").first()
    if found is None or found.message is None:
        raise NotFoundError(_("There is no such file in your channels."))
    require_reason(reason)
    target = target_of(found.message.tip)
    data = {"file": str(found.pk), "reason": commit_to(reason.strip(), subject=target, at=at)}
    record("tips.open_original", target=target, by=actor_of(by), at=at, data=data)
    return found
