"""What notifications make known when the site starts: their own kind, and figures for operators."""

from django.utils.timezone import now

from onegrid.core.metrics import measure
from onegrid.notifications.actions.send_trial import TRIAL
from onegrid.notifications.readers.upkeep import letters_due, sending
from onegrid.notifications.rules.kinds import register

register(TRIAL)


@measure("notices_waiting", "Notices that are due to leave the site, by channel.", label="channel")
def _waiting() -> dict[str, float]:
    return {str(each.channel): each.due for each in sending(at=now())}


@measure("notices_given_up", "Notices that could not be delivered in the last seven days, by channel.", label="channel")
def _given_up() -> dict[str, float]:
    return {str(each.channel): each.given_up for each in sending(at=now())}


@measure("letters_waiting", "Letters to people without an account that are due to leave the site.")
def _letters() -> float:
    return letters_due(at=now())
