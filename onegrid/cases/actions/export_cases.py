"""
Let cases leave the house, on paper or as a file: who may, how many at once, and the line in the trail.

The line is written before the first byte goes out. What is asked for is kept in
the words of its address, so that an auditor can ask the same again.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting, require
from onegrid.cases.actions.lifecycle import actor, target
from onegrid.cases.models import Case, Report
from onegrid.cases.readers.selection import Selection, selected
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.oversight.public import record, record_access, require_reason

MOST_CASES = 200_000  # of one file: more than three years of the reference district
MOST_ON_PAPER = 1000
MOST_WITH_REPORTERS = 200  # each person is entered in the access ledger
LONGEST_REASON = 200
FILE_FORMATS = ("csv", "xlsx", "pdf")


class TooManyCasesError(InvalidInputError):
    """More cases fit than one file may hold."""


@transaction.atomic(durable=True)
def export_cases(
    *,
    selection: Selection,
    asked: str,
    file_format: str,
    by: User,
    at: datetime,
    reason: str = "",
    with_reporters: bool = False,
) -> int:
    """
    Let somebody take the cases of a list with them, and return how many these are.

    `asked` is the list in the words of its address, without the words of a search:
    they may name somebody, and the trail forgets nothing. `reason` is in the
    officer's own words. Names and contacts of reporters go out only with a
    permission and a reason; that stands in the access ledger, where each of these
    people can see it, and in the trail only as a commitment.

    :raises NotAllowedError: if no duty of theirs allows it, or not for every case.
    :raises TooManyCasesError: if these are more than such a file may hold.
    :raises ReasonMissingError: if reporters are asked for and no reason is given.
    """
    if not duties_granting(by, "cases.export"):
        raise NotAllowedError(_("Your duties do not include taking lists of cases out of the system."))
    cases = selected(selection, by=by, at=at)
    most = _most(file_format, with_reporters=with_reporters)
    count = cases.order_by().values("pk")[: most + 1].count()
    if count > most:
        raise TooManyCasesError(
            _("More than %(most)s cases fit; such a file may hold no more. Narrow the list, for example by time.")
            % {"most": f"{most:,}"}
        )
    data: dict[str, object] = {"filter": asked, "format": file_format, "cases": count}
    if with_reporters:
        data["reporters"] = _open_reporters(list(cases[:most]), reason=reason, by=by, at=at)
    else:
        data["reason"] = reason.strip()[:LONGEST_REASON]
    record("cases.export", target="cases.Case", by=actor(by), at=at, data=data)
    return count


@transaction.atomic(durable=True)
def note_print(*, case: Case, is_internal: bool, by: User, at: datetime) -> None:
    """Write down that somebody takes a case with them on paper: the public copy or the internal one."""
    data = {"format": "pdf", "copy": "internal" if is_internal else "public"}
    record("cases.print", target=target(case), by=actor(by), at=at, data=data)


def _most(file_format: str, *, with_reporters: bool) -> int:
    if with_reporters:
        return MOST_WITH_REPORTERS
    return MOST_ON_PAPER if file_format == "pdf" else MOST_CASES


def _open_reporters(cases: list[Case], *, reason: str, by: User, at: datetime) -> int:
    require_reason(reason)
    for case in cases:
        require(by, "cases.export_reporters", area_path=case.area_path, unit_ids=(case.holder_unit_id,))
    reports = list(Report.objects.filter(case__in=cases, is_anonymous=False).order_by("received_at", "id"))
    for report in reports:
        subject, of_case = f"cases.Report:{report.pk}", f"cases.Case:{report.case_id}"
        record_access(subject=subject, purpose=reason, case=of_case, by=actor(by), at=at)
    return len(reports)
