"""A reporter asks to hurry (催办), with nothing but the private link, and not more often than the catalogue says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.cases.actions.answer_as_reporter import report_and_case
from onegrid.cases.actions.ask_time import procedure_of
from onegrid.cases.actions.lifecycle import actor, add_entry, target
from onegrid.cases.models import Channel, EntryKind, Report, Visibility
from onegrid.cases.rules.supervision import next_nudge_at
from onegrid.cases.states import IllegalMoveError
from onegrid.core.errors import DomainError
from onegrid.core.facts import Fact, announce
from onegrid.core.moments import in_full
from onegrid.oversight.public import record


class NudgedAlreadyError(DomainError):
    """The sender of this report has asked a short while ago."""

    def __init__(self, message: str, *, possible_at: datetime) -> None:
        self.possible_at = possible_at
        super().__init__(message)

    def details(self) -> Mapping[str, object]:
        """Say from when on it is possible again."""
        return {"possible_at": self.possible_at.isoformat()}


@dataclass(frozen=True, kw_only=True)
class CaseNudged(Fact):
    """A reporter has asked to hurry; who it was is not said."""

    case_id: UUID
    at: datetime


@transaction.atomic(durable=True)
def nudge_case(*, secret: str, at: datetime) -> Report:
    """
    Ask to hurry with what was reported. Everybody can see that somebody did; no clock changes.

    :raises CaseNotFoundError: if the link is nobody's.
    :raises IllegalMoveError: if the case is over.
    :raises NudgedAlreadyError: if this report's sender has asked within the hours that the catalogue says.
    """
    report, case = report_and_case(secret)
    if case.ended_at is not None:
        raise IllegalMoveError(_("It has ended, so there is nothing to hurry."))
    report.refresh_from_db(fields=["nudge_count", "nudged_at"])  # as it is now that no other can change it
    possible_at = next_nudge_at(procedure_of(case), nudged_at=report.nudged_at)
    if possible_at is not None and at < possible_at:
        said = _("You can ask again from %(moment)s on.") % {"moment": in_full(possible_at)}
        raise NudgedAlreadyError(said, possible_at=possible_at)
    report.nudge_count, report.nudged_at = report.nudge_count + 1, at
    report.save(update_fields=["nudge_count", "nudged_at"])
    add_entry(case, EntryKind.NUDGE, by=None, at=at, visibility=Visibility.PUBLIC, channel=Channel.PORTAL)
    record("cases.nudged", target=target(case), by=actor(None), at=at, data={})
    announce(CaseNudged(case_id=case.pk, at=at))
    return report
