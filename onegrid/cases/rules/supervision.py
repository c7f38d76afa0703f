"""When somebody above a unit may ask it for an answer (督办), and when a reporter may ask to hurry (催办)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from onegrid.catalogue.public import Procedure


def why_not_overdue(*, stage_due_at: datetime | None, due_at: datetime | None, at: datetime) -> str:
    """Return why a case is not overdue, so that no order can say so: neither its stage nor the whole is late."""
    if any(due is not None and at > due for due in (stage_due_at, due_at)):
        return ""
    return _("This case is not late. Choose another reason.")


def next_nudge_at(procedure: Procedure, *, nudged_at: datetime | None) -> datetime | None:
    """Return from when on a report's sender may ask again; nothing where they have not asked yet."""
    return nudged_at + timedelta(hours=procedure.nudge_hours) if nudged_at else None
