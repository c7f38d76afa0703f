"""How a case stands, told by its number: what its public page tells, and nothing more. Two statements."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from onegrid.cases.public import Status, Telling, TimelineEntry, Visibility, outcome_words, strangers, whose_turn
from onegrid.core.moments import in_full


def status_lines(number: str, *, at: datetime) -> Sequence[str]:
    """Return a few lines on how the case of a number stands; none if strangers may not see one of that number."""
    case = strangers.shown().filter(number=number).first()
    if case is None:
        return []
    lines = [
        f"{case.number}  {strangers.title_of(case)}",
        whose_turn(Status(case.status), unit=strangers.unit_name(case.holder_unit_id), outcome=case.outcome),
    ]
    if case.ended_at is None and case.stage_due_at:
        is_late = at > case.stage_due_at
        due = _("It should have been done by %(due)s and is late.") if is_late else _("This step is due by %(due)s.")
        lines.append(due % {"due": in_full(case.stage_due_at)})
    if case.ended_at is not None:
        lines.append(" ".join(filter(None, (outcome_words(case.outcome), in_full(case.ended_at)))))
    said = _("Last: %(what)s, %(moment)s")
    return [*lines, *(said % {"what": told.heading, "moment": told.moment} for told in _last(case.pk))]


def _last(case_id: UUID) -> Sequence[Telling]:
    entries = TimelineEntry.objects.filter(case=case_id, visibility=Visibility.PUBLIC).order_by("-received_at", "-id")
    return strangers.tellings(entries[:1])
