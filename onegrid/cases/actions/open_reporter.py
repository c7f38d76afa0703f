"""Open who reported a case: masked until somebody gives a reason, which the reporter can read (DESIGN §3.4)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor, open_case, target
from onegrid.cases.models import Report
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.oversight.public import record_access


@transaction.atomic(durable=True)
def open_reporter(*, case_id: UUID, report_id: UUID, purpose: str, by: User, at: datetime) -> Report:
    """
    Return who sent a report, after noting who looks and why.

    :raises CaseNotFoundError: if there is no such report in a case that `by` may see.
    :raises NotAllowedError: if their duties do not allow it there.
    :raises ReasonMissingError: if no reason is given.
    """
    case = open_case(case_id, by=by, permission="cases.view_reporter")
    report = case.reports.filter(pk=report_id).first()
    if report is None:
        raise CaseNotFoundError(_("There is no such case, or it is not yours to see."))
    record_access(subject=f"cases.Report:{report.pk}", purpose=purpose, case=target(case), by=actor(by), at=at)
    return report
