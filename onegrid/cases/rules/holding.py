"""Whose turn it is, in one sentence a resident understands."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.cases.states import Outcome, Status

_HEADINGS: Mapping[Status, Promise] = {
    Status.REPORTED: gettext_lazy("%(unit)s has it now and looks at it first"),
    Status.ACCEPTED: gettext_lazy("%(unit)s has accepted it and decides on filing"),
    Status.CHECKING: gettext_lazy("%(unit)s is checking it on the spot"),
    Status.FILED: gettext_lazy("%(unit)s is giving it to the unit responsible"),
    Status.DISPATCHED: gettext_lazy("%(unit)s has it now and has not started yet"),
    Status.IN_PROGRESS: gettext_lazy("%(unit)s is working on it"),
    Status.SUSPENDED: gettext_lazy("%(unit)s has it; it is suspended for a time"),
    Status.DISPUTED: gettext_lazy("%(unit)s decides which unit it belongs to"),
    Status.HANDLED: gettext_lazy("Reported done; %(unit)s verifies it"),
    Status.VERIFIED: gettext_lazy("Verified; %(unit)s closes it"),
}

_OUTCOMES: Mapping[str, Promise] = {
    Outcome.FIXED: gettext_lazy("It is solved"),
    Outcome.NOT_FIXABLE: gettext_lazy("It could not be solved"),
    Outcome.NOT_OURS: gettext_lazy("It belongs to another authority"),
    Outcome.DUPLICATE: gettext_lazy("It was already being handled"),
    Outcome.NOTHING_FOUND: gettext_lazy("Nothing was found on the spot"),
    Outcome.WITHDRAWN: gettext_lazy("The reporter took it back"),
}


def whose_turn(status: Status, *, unit: str, outcome: str) -> str:
    """Say who has the case now, or how it ended."""
    if status in _HEADINGS:
        return str(_HEADINGS[status]) % {"unit": unit or _("The command centre")}
    if status == Status.MERGED:
        return _("It goes on as part of another report of the same matter")
    return outcome_words(outcome)


def outcome_words(outcome: str) -> str:
    """Say what came of a case; “closed” never pretends “solved”."""
    return str(_OUTCOMES[outcome]) if outcome in _OUTCOMES else _("It is closed")
