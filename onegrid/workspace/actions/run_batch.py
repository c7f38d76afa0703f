"""
Take one step on many cases, each exactly as it would be taken on that case alone.

Every case is a transaction of its own with its permission, version, guards,
timeline and audit line; a refusal is noted and undoes nothing. The id of the
batch makes asking twice harmless, and one that was cut off is carried on: what
was already done is seen in the timeline and not done again.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties
from onegrid.cases.public import ReturnReason, TimelineEntry, accept_case, file_case, return_case
from onegrid.core.errors import DomainError, NotAllowedError, NotFoundError
from onegrid.dispatch.public import dispatch_case
from onegrid.oversight.public import Actor, record, record_refusal
from onegrid.workspace.models import Batch, BatchAction, BatchItem, Result
from onegrid.workspace.readers.batch_plan import Planned, plan
from onegrid.workspace.rules.batches import KEPT, PATIENCE, Wish, require_sensible
from onegrid.workspace.rules.steps import STEPS


class AskedOtherwiseError(DomainError):
    """The id of the batch was used before for something else."""


class BatchUnderWayError(DomainError):
    """Somebody is at this batch right now."""

    def __init__(self) -> None:
        super().__init__(_("This is still under way. Look again in a moment."))


class BatchNotFoundError(NotFoundError):
    """There is no such batch, or it is not this person's."""


def run_batch(*, batch_id: UUID, wish: Wish, query: str = "", by: User, at: datetime) -> Batch:
    """
    Take a step on every picked case, and keep what became of each.

    What the rules, or the category a case has, would settle is settled now, unless the
    pick says it already. The same id again returns the same batch, carried on if it was cut off.

    :raises InvalidInputError: if there are no cases, too many, or a reason is missing.
    :raises AskedOtherwiseError: if the id was used before for something else.
    :raises BatchUnderWayError: if it is being worked on.
    """
    require_sensible(wish)
    known = Batch.objects.filter(pk=batch_id).first()
    if known is not None:
        if known.by_id != by.pk or known.asked_hash != wish.fingerprint():
            raise AskedOtherwiseError(_("This id was used before for something else. Make a new one."))
        return known if known.finished_at else carry_on(batch_id=batch_id, by=by, at=at)
    batch, items = _begin(batch_id=batch_id, wish=wish, query=query, by=by, at=at)
    return _work(batch, items, by=by, at=at)


def carry_on(*, batch_id: UUID, by: User, at: datetime) -> Batch:
    """
    Go on with a batch that was cut off.

    :raises BatchNotFoundError: if it is not one of theirs.
    :raises BatchUnderWayError: if it was begun a moment ago.
    """
    batch = Batch.objects.filter(pk=batch_id, by=by).first()
    if batch is None:
        raise BatchNotFoundError(_("There is no such report, or it is not yours."))
    if batch.finished_at:
        return batch
    if not _take_over(batch=batch, at=at):
        raise BatchUnderWayError
    items = list(batch.items.filter(result=Result.WAITING).select_related("case").order_by("position"))
    for item in items:
        if _was_made(batch, item):
            _settle(item=item, result=Result.DONE)
    return _work(batch, [item for item in items if item.result == Result.WAITING], by=by, at=at)


@transaction.atomic(durable=True)
def forget_batches(*, at: datetime) -> int:
    """Delete the reports nobody will open again, and return how many. Timeline and trail keep what was done."""
    old = Batch.objects.filter(created_at__lt=at - KEPT)
    count = old.count()
    old.delete()
    return count


@transaction.atomic(durable=True)
def _begin(*, batch_id: UUID, wish: Wish, query: str, by: User, at: datetime) -> tuple[Batch, list[BatchItem]]:
    meant = plan(wish, by=by, at=at)
    said = {"action": wish.action, "by": by, "note": wish.note, "code": wish.code or ""}
    asked = {**said, "query": query, "asked_hash": wish.fingerprint()}
    batch, is_new = Batch.objects.get_or_create(pk=batch_id, defaults={**asked, "created_at": at, "begun_at": at})
    if not is_new:  # a second request of the same moment
        raise BatchUnderWayError
    items = [_item(batch, position, planned) for position, planned in enumerate(meant.picked)]
    BatchItem.objects.bulk_create(items)
    return batch, [item for item in items if item.result == Result.WAITING]


def _item(batch: Batch, position: int, planned: Planned) -> BatchItem:
    """Keep a pick; where nothing can be tried, for lack of the case or of a place to go, it is refused at once."""
    choice = planned.choice or planned.pick.choice
    needs_choice = batch.action in {BatchAction.DISPATCH, BatchAction.FILE}
    is_hopeless = planned.case is None or (planned.why_not and needs_choice and not choice)
    return BatchItem(
        batch=batch,
        position=position,
        case=planned.case,
        named=planned.number,
        version=planned.pick.version,
        choice=choice,
        result=Result.REFUSED if is_hopeless else Result.WAITING,
        reason=planned.why_not if is_hopeless else "",
    )


@transaction.atomic(durable=True)
def _take_over(*, batch: Batch, at: datetime) -> bool:
    free = Batch.objects.filter(pk=batch.pk, finished_at__isnull=True, begun_at__lte=at - PATIENCE)
    return bool(free.update(begun_at=at))


def _was_made(batch: Batch, item: BatchItem) -> bool:
    moves = TimelineEntry.objects.filter(case=item.case_id, move=STEPS[batch.action].move, by_user=batch.by_id)
    return moves.filter(received_at__gte=batch.created_at).exists()


def _work(batch: Batch, items: Sequence[BatchItem], *, by: User, at: datetime) -> Batch:
    for item in items:
        try:
            _take_step(batch, item, by=by, at=at)
        except DomainError as refusal:
            _settle(item=item, result=Result.REFUSED, reason=str(refusal))
            if isinstance(refusal, NotAllowedError):
                asked, target = f"cases.{batch.action}", f"cases.Case:{item.case_id}"
                record_refusal(refusal, asked=asked, target=target, by=_actor(by), at=at)
        else:
            _settle(item=item, result=Result.DONE)
    return _finish(batch=batch, by=by, at=at)


def _take_step(batch: Batch, item: BatchItem, *, by: User, at: datetime) -> None:
    assert item.case_id
    case_id, version = item.case_id, item.version
    if batch.action == BatchAction.ACCEPT:
        accept_case(case_id=case_id, version=version, by=by, at=at, note=batch.note)
    elif batch.action == BatchAction.FILE:
        file_case(case_id=case_id, version=version, category_code=item.choice, by=by, at=at, note=batch.note)
    elif batch.action == BatchAction.DISPATCH:
        dispatch_case(case_id=case_id, version=version, lead_code=item.choice, by=by, at=at, note=batch.note)
    else:
        code = ReturnReason(batch.code or ReturnReason.OTHER)  # those begun before there were codes have none
        return_case(case_id=case_id, version=version, reason=batch.note, code=code, by=by, at=at)


@transaction.atomic(durable=True)
def _settle(*, item: BatchItem, result: Result, reason: str = "") -> None:
    item.result, item.reason = result, reason
    item.save(update_fields=["result", "reason"])


@transaction.atomic(durable=True)
def _finish(*, batch: Batch, by: User, at: datetime) -> Batch:
    batch.finished_at = at
    batch.save(update_fields=["finished_at"])
    done = batch.items.filter(result=Result.DONE).count()
    data = {"step": batch.action, "done": done, "refused": batch.items.count() - done}
    record("workspace.batch-finished", target=f"workspace.Batch:{batch.pk}", by=_actor(by), at=at, data=data)
    return batch


def _actor(user: User) -> Actor:
    duties = live_duties(user)
    return Actor(user.username, duties[0].unit.code if duties else "")
