"""Acceptance: look at what was reported, take it on or say why not, have it checked, and file it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.connect_cases import require_no_open_parts
from onegrid.cases.actions.index_words import refresh_words
from onegrid.cases.actions.lifecycle import move_case, open_case
from onegrid.cases.models import Case, Visibility
from onegrid.cases.rules import guards
from onegrid.cases.states import Move, Outcome
from onegrid.catalogue.public import CategoryEntry, Sensitivity, catalogue
from onegrid.core.errors import InvalidInputError


class CaseNotReadyError(InvalidInputError):
    """Something is missing that this move needs."""


def category_for_filing(code: str) -> CategoryEntry:
    """
    Return the leaf in force with a code.

    :raises CaseNotReadyError: if there is none, or it is only a group.
    """
    entry = catalogue().by_code.get(code)
    if entry is None or not entry.is_leaf:
        message = _("Choose a category from the catalogue.")
        raise CaseNotReadyError(message, fields={"category": message})
    return entry


@transaction.atomic(durable=True)
def accept_case(*, case_id: UUID, version: int, by: User, at: datetime, note: str = "") -> Case:
    """
    Take a reported case on; from here the authority answers for it.

    :raises CaseNotFoundError: if `by` may not see it.
    :raises NotAllowedError: if they may not accept there.
    :raises StaleCaseError: if it has changed since `version`.
    :raises IllegalMoveError: if it is not waiting for acceptance.
    """
    case = open_case(case_id, by=by, permission="cases.accept", version=version)
    move_case(case, Move.ACCEPT, by=by, at=at, text=note)
    return case


@transaction.atomic(durable=True)
def refuse_case(*, case_id: UUID, version: int, outcome: Outcome, note: str, by: User, at: datetime) -> Case:
    """
    End a case that is not taken on, with the reason that the reporter reads.

    :raises CaseNotReadyError: if the outcome is none for a refusal, or says too little.
    :raises OpenPartsError: while a child case is open.
    :raises IllegalMoveError: if it is past acceptance.
    """
    case = open_case(case_id, by=by, permission="cases.refuse", version=version)
    if reason := guards.why_not_outcome(outcome=outcome, note=note, refusing=True):
        raise CaseNotReadyError(reason, fields={"note": reason})
    require_no_open_parts(case)
    case.outcome, case.outcome_note = outcome, note
    move_case(case, Move.REFUSE, by=by, at=at, text=note, data={"outcome": outcome.value})
    return case


@transaction.atomic(durable=True)
def ask_check(*, case_id: UUID, version: int, question: str, by: User, at: datetime) -> Case:
    """
    Have the grid team look on the spot whether the report is true (核实).

    :raises IllegalMoveError: if the case is not accepted, or past it.
    """
    case = open_case(case_id, by=by, permission="cases.ask_check", version=version)
    move_case(case, Move.ASK_CHECK, by=by, at=at, text=question, visibility=Visibility.INTERNAL)
    return case


@transaction.atomic(durable=True)
def answer_check(*, case_id: UUID, version: int, is_true: bool, finding: str, by: User, at: datetime) -> Case:
    """
    Say what was found on the spot; the case goes back to the centre either way.

    :raises CaseNotReadyError: if nothing is said about what was found.
    :raises IllegalMoveError: if no check was asked.
    """
    case = open_case(case_id, by=by, permission="cases.answer_check", version=version)
    if not finding.strip():
        message = _("Say what you found.")
        raise CaseNotReadyError(message, fields={"finding": message})
    data = {"is_true": is_true}
    move_case(case, Move.ANSWER_CHECK, by=by, at=at, text=finding, visibility=Visibility.INTERNAL, data=data)
    return case


@transaction.atomic(durable=True)
def file_case(
    *,
    case_id: UUID,
    version: int,
    category_code: str,
    by: User,
    at: datetime,
    title: str = "",
    note: str = "",
    suggested: Mapping[str, object] | None = None,
) -> Case:
    """
    Open the file: the category is settled, its version kept, and its limits hold from now.

    `suggested` is what was offered to the person who chose; it is kept beside the
    choice and decides nothing.

    :raises CaseNotReadyError: if the category is not a leaf in force.
    :raises IllegalMoveError: if the case is not accepted, or past it.
    """
    case = open_case(case_id, by=by, permission="cases.file", version=version)
    entry = category_for_filing(category_code)
    case.category_id, case.is_urgent = entry.id, entry.is_urgent
    case.is_public = entry.sensitivity != Sensitivity.CLOSED
    before, case.title = case.title, title.strip() or case.title
    case.filed_at = at
    data: dict[str, object] = {"category": entry.code, "category_version": entry.version}
    if suggested is not None:
        data["suggested"] = dict(suggested)
    move_case(case, Move.FILE, by=by, at=at, text=note, data=data)
    if case.title != before:
        refresh_words(case)
    return case
