"""How somebody wants to be told, chosen by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from onegrid.accounts.public import User
from onegrid.core.errors import InvalidInputError
from onegrid.notifications.models import Preferences
from onegrid.notifications.rules.addresses import BETWEEN_LINKS, is_email, is_proof, phone_in_one_form
from onegrid.notifications.rules.kinds import kinds
from onegrid.notifications.states import Channel
from onegrid.oversight.public import Actor, record

CONFIRM = "onegrid.notifications.tasks.confirm"


class PreferencesRefusedError(InvalidInputError):
    """Something of it cannot be so."""


class LinkNotGoodError(InvalidInputError):
    """A link that proves an address is too old, or for another address or person."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What somebody chose: channels by kind, quiet hours (both ends or none), where they can be reached."""

    channels: Mapping[str, Sequence[Channel]]
    quiet_from: time | None
    quiet_until: time | None
    email: str
    phone: str


@transaction.atomic(durable=True)
def set_preferences(*, wishes: Wishes, by: User, at: datetime) -> Preferences:
    """
    Keep how somebody wants to be told.

    A new e-mail address is used only once its owner has opened the link that is
    sent to it; the old one serves until then. Without an address both go.

    :raises PreferencesRefusedError: if an address, a number or the quiet hours cannot be so.
    """
    phone = phone_in_one_form(wishes.phone) if wishes.phone else ""
    faults = _faults(wishes, phone=phone)
    if faults:
        raise PreferencesRefusedError(next(iter(faults.values())), fields=faults)
    kept = _locked(by)
    asks = _take_address(kept, wishes.email, at=at)
    kept.phone = phone or ""
    kept.quiet_from, kept.quiet_until = wishes.quiet_from, wishes.quiet_until
    known = {kind.code for kind in kinds()}
    kept.channels = {kind: sorted(chosen) for kind, chosen in wishes.channels.items() if kind in known}
    kept.save()
    _record("notifications.preferences-changed", by=by, at=at)
    if asks:
        app.configure_task(CONFIRM).defer(user_id=str(by.pk))
    return kept


@transaction.atomic(durable=True)
def confirm_email(*, token: str, by: User, at: datetime) -> None:
    """
    Use the address that somebody has just proved to be theirs.

    :raises LinkNotGoodError: if the token is older than three days, or was not made for this person and address.
    """
    kept = _locked(by)
    if not is_proof(token, user_id=by.pk, address=kept.new_email):
        raise LinkNotGoodError(_("This link is not good any more. Ask for a new one in the settings of notices."))
    kept.email, kept.new_email, kept.new_email_at = kept.new_email, "", None
    kept.save()
    _record("notifications.email-confirmed", by=by, at=at)


def _locked(by: User) -> Preferences:
    Preferences.objects.get_or_create(user=by)
    return Preferences.objects.select_for_update(of=("self",)).get(user=by)


def _faults(wishes: Wishes, *, phone: str | None) -> dict[str, str]:
    faults = {}
    if wishes.email and not is_email(wishes.email):
        faults["email"] = _("Write an address such as name@example.org.")
    if phone is None:
        faults["phone"] = _("Write a number of 5 to 15 digits, perhaps with a plus in front.")
    if (wishes.quiet_from is None) != (wishes.quiet_until is None):
        faults["quiet_until"] = _("Quiet hours need a beginning and an end.")
    elif wishes.quiet_from is not None and wishes.quiet_from == wishes.quiet_until:
        faults["quiet_until"] = _("Quiet hours must end at another time than they begin.")
    return faults


def _take_address(kept: Preferences, email: str, *, at: datetime) -> bool:
    """Put an address in its place; tell whether its owner is to be asked."""
    if not email:
        kept.email, kept.new_email, kept.new_email_at = "", "", None
        return False
    if email == kept.email:
        kept.new_email = ""
        return False
    if kept.new_email_at is not None and at < kept.new_email_at + BETWEEN_LINKS:
        if email == kept.new_email:
            return False
        text = _("A link was sent a moment ago. Wait two minutes before you ask for another.")
        raise PreferencesRefusedError(text, fields={"email": text})
    kept.new_email, kept.new_email_at = email, at
    return True


def _record(what: str, *, by: User, at: datetime) -> None:
    # Without the address or the number: the trail is for ever.
    record(what, target=f"accounts.User:{by.pk}", by=Actor(by.username), at=at, data={})
