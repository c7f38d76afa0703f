"""Keep a filter of the queue under a name, change it, give it up, or begin with it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties, require
from onegrid.cases.public import known
from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.oversight.public import Actor, record
from onegrid.units.public import directory
from onegrid.workspace.models import SavedFilter, StartPage
from onegrid.workspace.permissions import Permission
from onegrid.workspace.readers.saved_filters import may_change, units_of
from onegrid.workspace.rules.filters import Filters
from onegrid.workspace.rules.saved_filters import MOST_SAVED, why_not_name


class FilterNotFoundError(NotFoundError):
    """There is no such saved filter, or it is not for this person."""


class FilterRefusedError(InvalidInputError):
    """A filter cannot be saved like this."""


@transaction.atomic(durable=True)
def save_filter(
    *, filter_id: UUID, name: str, filters: Filters, unit_code: str = "", is_start: bool = False, by: User, at: datetime
) -> SavedFilter:
    """
    Save a filter, for oneself or with the code of a unit for everybody there; the same id again is the same filter.

    :raises FilterRefusedError: if the name is missing, too long or used, or there are too many.
    :raises CannotBeFoundError: if a code that it asks for never was, or its text holds no word.
    :raises NotAllowedError: if `by` may not share filters in that unit.
    """
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # a second click waits for the first
    saved = SavedFilter.objects.filter(pk=filter_id, owner=by).first()
    if saved is not None:
        return saved
    known(filters.selection(now=localtime(at)))
    unit_id = _shared_with(unit_code, by)
    if SavedFilter.objects.filter(owner=by).count() >= MOST_SAVED:
        message = _("You have %(count)d saved filters already. Delete one first.") % {"count": MOST_SAVED}
        raise FilterRefusedError(message, fields={"name": message})
    kept = SavedFilter.objects.create(
        id=filter_id, name=_free_name(name, by), query=filters.query(), owner=by, unit_id=unit_id, saved_at=at
    )
    if unit_id:
        _record("workspace.filter-shared", kept, by=by, at=at)
    if is_start:
        StartPage.objects.update_or_create(user=by, defaults={"filter": kept})
    return kept


@transaction.atomic(durable=True)
def change_filter(
    *, filter_id: UUID, name: str, unit_code: str, filters: Filters | None = None, by: User, at: datetime
) -> SavedFilter:
    """
    Rename a filter, share it with a unit or with nobody any more, or give it other words.

    :raises FilterNotFoundError: if there is none that `by` may change.
    :raises CannotBeFoundError: if a code that it asks for never was, or its text holds no word.
    :raises NotAllowedError: if they may not share filters in that unit.
    :raises FilterRefusedError: if the name is missing, too long or used.
    """
    kept = _changeable(filter_id, by)
    if filters:
        known(filters.selection(now=localtime(at)))
    before, unit_id = kept.unit_id, _shared_with(unit_code, by)
    if name.strip() != kept.name:
        kept.name = _free_name(name, kept.owner)
    kept.unit_id = unit_id
    kept.query = filters.query() if filters else kept.query
    kept.save(update_fields=["name", "unit", "query"])
    if before != unit_id or (unit_id and filters):
        _record("workspace.filter-shared" if unit_id else "workspace.filter-unshared", kept, by=by, at=at)
    return kept


@transaction.atomic(durable=True)
def delete_filter(*, filter_id: UUID, by: User, at: datetime) -> str:
    """
    Give a filter up, for everybody it was shared with too, and return its name.

    :raises FilterNotFoundError: if there is none that `by` may change.
    """
    kept = _changeable(filter_id, by)
    if kept.unit_id:
        _record("workspace.filter-unshared", kept, by=by, at=at)
    kept.delete()
    return kept.name


@transaction.atomic(durable=True)
def choose_start(*, filter_id: UUID | None, by: User) -> None:
    """
    Let somebody's queue open with one of the filters they can read, or with what waits for them.

    :raises FilterNotFoundError: if they can read no such filter.
    """
    if filter_id is None:
        StartPage.objects.filter(user=by).delete()
        return
    kept = SavedFilter.objects.readable_by(by, unit_ids=units_of(by)).filter(pk=filter_id).first()
    if kept is None:
        raise FilterNotFoundError(_("There is no such filter, or it is not yours to use."))
    StartPage.objects.update_or_create(user=by, defaults={"filter": kept})


def _changeable(filter_id: UUID, by: User) -> SavedFilter:
    found = SavedFilter.objects.select_for_update(of=("self",)).select_related("owner")
    kept = found.readable_by(by, unit_ids=units_of(by)).filter(pk=filter_id).first()
    if kept is None or not may_change(kept, by):
        raise FilterNotFoundError(_("There is no such filter, or it is not yours to change."))
    return kept


def _shared_with(unit_code: str, by: User) -> UUID | None:
    if not unit_code:
        return None
    unit = directory().by_code.get(unit_code)
    if unit is None:
        message = _("There is no such unit.")
        raise FilterRefusedError(message, fields={"unit": message})
    require(by, Permission.SHARE_FILTER, area_path=unit.area_path, unit_ids=(unit.id,))
    return unit.id


def _free_name(name: str, owner: User) -> str:
    reason = why_not_name(name)
    if not reason and SavedFilter.objects.filter(owner=owner, name=name.strip()).exists():
        reason = _("There is a filter of this name already.")
    if reason:
        raise FilterRefusedError(reason, fields={"name": reason})
    return name.strip()


def _record(code: str, kept: SavedFilter, *, by: User, at: datetime) -> None:
    duties = live_duties(by)
    data = {"query": kept.query}
    actor = Actor(by.username, duties[0].unit.code if duties else "")
    record(code, target=f"workspace.SavedFilter:{kept.pk}", by=actor, at=at, data=data)
