"""What the holder of a private link may do: add information, rate the result, say that it is not solved, withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.cases.actions.connect_cases import require_no_open_parts
from onegrid.cases.actions.finish_case import reopen
from onegrid.cases.actions.insert_case import link_hash
from onegrid.cases.actions.lifecycle import actor, add_entry, move_case, target
from onegrid.cases.actions.note_change import as_found
from onegrid.cases.models import Case, Channel, EntryKind, Rating, Report, TimelineEntry, Visibility
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import IllegalMoveError, Move, Outcome, Status
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.oversight.public import record

MAX_TEXT = 2000


class AlreadyRatedError(DomainError):
    """This closing was rated before."""


def report_and_case(secret: str) -> tuple[Report, Case]:
    """
    Return the report of a private link with its case, whose row is held until the caller's transaction ends.

    :raises CaseNotFoundError: if the link is nobody's.
    """
    report = Report.objects.filter(link_hash=link_hash(secret)).first()
    case = Case.objects.select_for_update(of=("self",)).filter(pk=report.case_id).first() if report else None
    if report is None or case is None:
        raise CaseNotFoundError(_("This link belongs to no report."))
    case.as_found = as_found(case)
    return report, case


def _checked(text: str) -> str:
    said = text.strip()
    if not said or len(said) > MAX_TEXT:
        message = _("Write something, at most %(count)d characters.") % {"count": MAX_TEXT}
        raise InvalidInputError(message, fields={"text": message})
    return said


@transaction.atomic(durable=True)
def add_information(*, secret: str, text: str, at: datetime, channel: Channel = Channel.PORTAL) -> TimelineEntry:
    """
    Add to one's report; the officers see it, the public does not.

    :raises CaseNotFoundError: if the link is nobody's.
    :raises InvalidInputError: if nothing is said, or too much.
    """
    return write_information(secret=secret, text=text, at=at, channel=channel)


def write_information(*, secret: str, text: str, at: datetime, channel: Channel) -> TimelineEntry:
    """Do the same in the caller's transaction, with the same refusals."""
    _report, case = report_and_case(secret)
    record("cases.information_added", target=target(case), by=actor(None), at=at, data={})
    return add_entry(
        case,
        EntryKind.NOTE,
        by=None,
        at=at,
        text=_checked(text),
        visibility=Visibility.INTERNAL,
        channel=channel,
    )


@transaction.atomic(durable=True)
def rate_case(*, secret: str, is_solved: bool, satisfaction: int, comment: str, at: datetime) -> Rating:
    """
    Say what one thinks of the result, once per closing.

    :raises IllegalMoveError: if the case is not closed.
    :raises AlreadyRatedError: if this closing was rated before with this link.
    """
    report, case = report_and_case(secret)
    if Status(case.status) != Status.CLOSED:
        raise IllegalMoveError(_("A case can be rated once it is closed."))
    if not 1 <= satisfaction <= 5:  # noqa: PLR2004 — one to five
        message = _("Choose one to five.")
        raise InvalidInputError(message, fields={"satisfaction": message})
    if report.ratings.filter(closing=case.reopen_count).exists():
        raise AlreadyRatedError(_("You have already rated this result."))
    data = {"is_solved": is_solved, "satisfaction": satisfaction}
    add_entry(
        case, EntryKind.RATING, by=None, at=at, text=comment[:MAX_TEXT], visibility=Visibility.INTERNAL, data=data,
        channel=Channel.PORTAL,
    )  # fmt: skip
    record("cases.rated", target=target(case), by=actor(None), at=at, data=data)
    return Rating.objects.create(
        case=case, report=report, closing=case.reopen_count, comment=comment[:MAX_TEXT], rated_at=at, **data
    )


@transaction.atomic(durable=True)
def say_not_solved(*, secret: str, reason: str, at: datetime) -> Case:
    """
    Reopen a closed case as its reporter, inside the window.

    :raises CaseNotFoundError: if the link is nobody's.
    :raises WindowClosedError: if it was closed too long ago.
    :raises IllegalMoveError: if it is not closed.
    """
    _report, case = report_and_case(secret)
    reopen(case, reason=reason[:MAX_TEXT], by=None, at=at)
    return case


@transaction.atomic(durable=True)
def withdraw_report(*, secret: str, at: datetime) -> Case:
    """
    Take one's report back; others' reports of the same matter keep the case going.

    :raises CaseNotFoundError: if the link is nobody's.
    :raises IllegalMoveError: if somebody has been sent, or others report it too.
    :raises OpenPartsError: while a child case or a supporting task is open.
    """
    _report, case = report_and_case(secret)
    if case.report_count > 1:
        raise IllegalMoveError(_("Others reported this too, so the case goes on without you."))
    require_no_open_parts(case)
    case.outcome, case.outcome_note = Outcome.WITHDRAWN, ""
    move_case(case, Move.WITHDRAW, by=None, at=at, data={"outcome": Outcome.WITHDRAWN.value}, channel=Channel.PORTAL)
    return case
