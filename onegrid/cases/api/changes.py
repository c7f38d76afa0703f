"""What changes a case without moving it: who works on it, what it is, where it lies, what belongs to it, notes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router

from onegrid.accounts.public import acting
from onegrid.cases.actions.amend_case import add_note, recategorize_case, relocate_case
from onegrid.cases.actions.connect_cases import adopt_case, link_cases, merge_case
from onegrid.cases.actions.handle_case import assign_case
from onegrid.cases.actions.support_case import cancel_task, extend_task, finish_task
from onegrid.cases.api.answers import answered, decided, entry_out, link_out, task_out
from onegrid.cases.api.schemas import (
    AssigneeIn,
    CaseOut,
    ChildIn,
    EntryOut,
    LinkIn,
    LinkOut,
    MergingIn,
    NoteIn,
    RecategorizationIn,
    RelocationIn,
    TaskExtensionIn,
    TaskOut,
    TaskReasonIn,
    TaskResultIn,
)
from onegrid.cases.models import SupportTask
from onegrid.cases.readers.colleagues import colleague
from onegrid.cases.readers.file import case_id_of, task_of
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import WORK, scoped
from onegrid.geography.public import locate

router = Router(tags=["changes"])
_IF_MATCH = {"If-Match": 'The version that the decision was made on, such as "7"; or say it in the body.'}
_asked = scoped(WORK, **_IF_MATCH)


@router.put("/{case}/assignee", response=CaseOut, operation_id="assign_case")
@_asked
@idempotent
def assignee(request: HttpRequest, case: str, payload: AssigneeIn) -> HttpResponse:
    """Give a case of one's unit to a colleague."""
    told = decided(request, case, payload)
    return answered(assign_case(**told, assignee=colleague(payload.username, by=told["by"])))


@router.put("/{case}/category", response=CaseOut, operation_id="recategorize_case")
@_asked
@idempotent
def category(request: HttpRequest, case: str, payload: RecategorizationIn) -> HttpResponse:
    """Put an open case under another category; a reason is needed where its stage is late, which stays on record."""
    told = decided(request, case, payload)
    return answered(recategorize_case(**told, category_code=payload.category, reason=payload.reason))


@router.put("/{case}/place", response=CaseOut, operation_id="relocate_case")
@_asked
@idempotent
def place(request: HttpRequest, case: str, payload: RelocationIn) -> HttpResponse:
    """Correct where a case lies."""
    told, original = decided(request, case, payload), (payload.x, payload.y)
    location = locate(*original, payload.system)
    done = relocate_case(
        **told, location=location, original=original, system=payload.system.value, address=payload.address
    )
    return answered(done)


@router.post("/{case}/merging", response=CaseOut, operation_id="merge_case")
@_asked
@idempotent
def merging(request: HttpRequest, case: str, payload: MergingIn) -> HttpResponse:
    """Make a case part of another one; its reporters follow that from now on."""
    told = decided(request, case, payload)
    return answered(merge_case(**told, into=case_id_of(payload.into, by=told["by"]), note=payload.note))


@router.post("/{case}/links", response={201: LinkOut}, operation_id="link_cases")
@_asked
@idempotent
def links(request: HttpRequest, case: str, payload: LinkIn) -> HttpResponse:
    """Say that two cases belong together; saying it twice changes nothing."""
    told = decided(request, case, payload)
    return dumped(link_out(link_cases(**told, to=case_id_of(payload.to, by=told["by"]), kind=payload.kind)), status=201)


@router.post("/{case}/children", response={201: CaseOut}, operation_id="adopt_case")
@_asked
@idempotent
def children(request: HttpRequest, case: str, payload: ChildIn) -> HttpResponse:
    """Make another case a child of this one, which cannot close before it."""
    told = decided(request, payload.child, payload)
    return answered(adopt_case(**told, parent=case_id_of(case, by=told["by"])), status=201)


@router.post("/{case}/notes", response={201: EntryOut}, operation_id="add_note")
@scoped(WORK)
@idempotent
def notes(request: HttpRequest, case: str, payload: NoteIn) -> HttpResponse:
    """Write a note into the timeline; its id is made by the caller, so that sending it twice changes nothing."""
    by = acting(request)
    entry = add_note(
        case_id=case_id_of(case, by=by),
        note_id=payload.id,
        text=payload.text,
        visibility=payload.visibility,
        by=by,
        at=now(),
    )
    return dumped(entry_out(entry), status=201)


@router.post("/{case}/tasks/{uuid:task}/result", response=TaskOut, operation_id="finish_task")
@scoped(WORK)
@idempotent
def task_result(request: HttpRequest, case: str, task: UUID, *, payload: TaskResultIn) -> HttpResponse:
    """Report a supporting task of a case as done."""
    by = acting(request)
    found = task_of(case_id_of(case, by=by), task)
    return _answered(finish_task(task_id=found, result=payload.result, by=by, at=now()))


@router.post("/{case}/tasks/{uuid:task}/cancellation", response=TaskOut, operation_id="cancel_task")
@scoped(WORK)
@idempotent
def task_cancellation(request: HttpRequest, case: str, task: UUID, *, payload: TaskReasonIn) -> HttpResponse:
    """Call off a supporting task that one gave."""
    by = acting(request)
    found = task_of(case_id_of(case, by=by), task)
    return _answered(cancel_task(task_id=found, reason=payload.reason, by=by, at=now()))


@router.post("/{case}/tasks/{uuid:task}/extension", response=TaskOut, operation_id="extend_task")
@scoped(WORK)
@idempotent
def task_extension(request: HttpRequest, case: str, task: UUID, *, payload: TaskExtensionIn) -> HttpResponse:
    """Give a supporting unit more time, once, as the unit that leads."""
    by = acting(request)
    found = task_of(case_id_of(case, by=by), task)
    return _answered(extend_task(task_id=found, share=payload.share, reason=payload.reason, by=by, at=now()))


def _answered(task: SupportTask) -> HttpResponse:
    return dumped(task_out(task, list(task.case.timeline.all())))
