"""Ask, by a link, whether an e-mail address is this person's."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from onegrid.notifications.actions.by_email import send_email
from onegrid.notifications.models import Preferences
from onegrid.notifications.rules.addresses import token_for
from onegrid.notifications.rules.messages import INBOX


def ask_to_confirm(*, user_id: UUID) -> bool:
    """
    Send a link to the address that somebody wants to use, and tell whether there was one.

    The link works only for this person, once signed in, so that nobody else can use it.

    :raises TransportError: if the mail did not leave.
    """
    kept = Preferences.objects.select_related("user").filter(user=user_id).exclude(new_email="").first()
    if kept is None:
        return False
    with override(kept.user.language or settings.LANGUAGE_CODE):
        link = f"{settings.SITE_URL}{INBOX}email/{token_for(user_id, kept.new_email)}/"
        lines = (
            _("Somebody, most likely you, wants notices of OneGrid to be sent to this address."),
            _("If it was you, sign in and open this link within three days:"),
            link,
            _("If not, do nothing: without the link nothing more is sent here."),
        )
        send_email(to=kept.new_email, subject=_("OneGrid: is this your address?"), text="\n\n".join(lines))
    return True
