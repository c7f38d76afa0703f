"""People as those who tell them something need to know them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from onegrid.accounts.public import User
from onegrid.notifications.models import Browser, Preferences
from onegrid.notifications.rules.kinds import Kind
from onegrid.notifications.rules.quiet import Quiet
from onegrid.notifications.rules.wishes import wanted
from onegrid.notifications.states import Channel


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Somebody who can be told something: in which language, where, by which channels, and when not."""

    id: UUID
    language: str
    email: str
    phone: str
    has_browser: bool
    quiet: Quiet | None
    chosen: Mapping[str, Sequence[str]]

    def channels_for(self, kind: Kind, *, among: Iterable[Channel]) -> list[Channel]:
        """Return the channels, among those given, that they want for a kind and by which they can be reached."""
        wishes = wanted(kind, self.chosen)
        return [channel for channel in among if channel in wishes and self.address(channel)]

    def address(self, channel: Channel) -> str:
        """Return where a channel finds them; empty where it does not. Push finds browsers by the person."""
        push = str(self.id) if self.has_browser else ""
        return {Channel.EMAIL: self.email, Channel.PUSH: push, Channel.SMS: self.phone}[channel]


def recipients(ids: Collection[UUID]) -> dict[UUID, Recipient]:
    """Return those of these people who are there and active, by their ids. Three queries."""
    known = Preferences.objects.in_bulk(ids)
    people = User.objects.filter(pk__in=ids, is_active=True).values_list("pk", "language")
    with_browser = set(Browser.objects.filter(user__in=ids).values_list("user", flat=True).distinct())
    return {pk: _recipient(pk, language, known.get(pk), has_browser=pk in with_browser) for pk, language in people}


def _recipient(user_id: UUID, language: str, known: Preferences | None, *, has_browser: bool) -> Recipient:
    # Whoever has chosen nothing has what a fresh row holds.
    own = known or Preferences(user_id=user_id)
    quiet = (
        Quiet(own.quiet_from, own.quiet_until) if own.quiet_from is not None and own.quiet_until is not None else None
    )
    return Recipient(
        id=user_id,
        language=language or settings.LANGUAGE_CODE,
        email=own.email,
        phone=own.phone,
        has_browser=has_browser,
        quiet=quiet,
        chosen=own.channels,
    )
