"""The list “My reports”: where each report stands, and which wait for a word of their reporter. Two statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from onegrid.cases.public import Outcome, Status, strangers, whose_turn
from onegrid.portal.readers.nearby import Row, row_of
from onegrid.residents.public import Account, Held, held_by

LONGEST_TITLE = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class MyReport:
    """One line: the case as the public list draws it with the reporter's own title; no secret where it is lost."""

    holding_id: UUID
    secret: str
    row: Row
    turn: str
    is_asked: bool


def my_reports(account: Account, *, at: datetime) -> Sequence[MyReport]:
    """Return the reports of an account, reported last first."""
    return [_line(held, at=at) for held in held_by(account)]


def _line(held: Held, *, at: datetime) -> MyReport:
    case = held.report.case
    unit = strangers.unit_name(case.holder_unit_id)
    is_judged = case.status == Status.CLOSED and case.outcome != Outcome.WITHDRAWN
    return MyReport(
        holding_id=held.holding_id,
        secret=held.secret,
        row=replace(row_of(case, at=at), title=_title(held)),
        turn=whose_turn(Status(case.status), unit=unit, outcome=case.outcome),
        is_asked=is_judged and not held.was_rated,
    )


def _title(held: Held) -> str:
    """Return the words of the reporter; whoever joined without any reads what everybody reads."""
    case, text = held.report.case, held.report.text.strip()
    if held.report.pk == case.pk:
        return case.title
    first = text.splitlines()[0][:LONGEST_TITLE] if text else ""
    return first or strangers.title_of(case)
