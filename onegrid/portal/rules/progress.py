"""How far a case has come, in the steps a resident knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from onegrid.cases.public import Outcome, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the way, done or being done."""

    label: str
    is_done: bool = False
    is_now: bool = False
    note: str = ""


# Which step is being done; a case that has ended otherwise has a way of its own.
_NOW: Mapping[Status, int] = {
    Status.REPORTED: 0,
    Status.ACCEPTED: 1,
    Status.CHECKING: 1,
    Status.FILED: 2,
    Status.DISPATCHED: 3,
    Status.IN_PROGRESS: 3,
    Status.SUSPENDED: 3,
    Status.DISPUTED: 2,
    Status.HANDLED: 4,
    Status.VERIFIED: 5,
    Status.CLOSED: 5,
}


def steps(status: Status, *, outcome: str, was_dispatched: bool) -> list[Step]:
    """Return the steps from acceptance to closing, or the short way of a case that ended before."""
    if status in {Status.REFUSED, Status.MERGED} or (status == Status.CLOSED and not was_dispatched):
        return [Step(label=_("The report came in"), is_done=True), Step(label=_ending(status, outcome), is_now=True)]
    labels = (_("Accept"), _("Filing"), _("Dispatch"), _("Handle"), _("Verify"), _("Close"))
    now = _NOW[status]
    return [Step(label=label, is_done=place < now, is_now=place == now) for place, label in enumerate(labels)]


def _ending(status: Status, outcome: str) -> str:
    if status == Status.REFUSED:
        return _("Not taken on")
    if status == Status.MERGED:
        return _("Joined with another")
    return _("Taken back") if outcome == Outcome.WITHDRAWN else _("It is closed")
