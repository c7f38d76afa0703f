"""Tell somebody something harmless, so that they see what reaches them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, ngettext

from onegrid.accounts.public import User
from onegrid.core.ids import new_id
from onegrid.notifications.actions.tell import tell
from onegrid.notifications.rules.kinds import Kind
from onegrid.notifications.rules.messages import INBOX
from onegrid.notifications.rules.notices import Notice
from onegrid.notifications.states import Channel

TRIAL = Kind(
    code="notifications.trial",
    label=gettext_lazy("Trial"),
    title=lambda _data: gettext("A trial notice"),
    text=lambda _data: gettext("You asked for it to see what reaches you. There is nothing to do."),
    several=lambda count: ngettext("%d trial notice", "%d trial notices", count) % count,
    channels=frozenset(Channel),
)


@transaction.atomic(durable=True)
def send_trial(*, by: User, at: datetime) -> None:
    """Tell somebody, at their own wish, a trial notice by every channel they chose for it; at once, so urgent."""
    notice = Notice(kind=TRIAL.code, key=str(new_id()), recipient=by.pk, path=INBOX, is_urgent=True)
    tell([notice], at=at)
