"""What is new in a list, and what has changed in it, since a page was drawn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.models import Case
from onegrid.cases.readers.selection import Selection, selected, stood_in
from onegrid.geography.public import Level
from onegrid.live.public import Audience, FirstChange, Mark, first_changes, may_hear


@dataclass(frozen=True, kw_only=True)
class News:
    """Numbers of the cases that came into a list, and the versions that all changed cases now have."""

    new: Sequence[str] = ()
    changed: Mapping[str, int] = field(default_factory=dict)


def audience_of(user: User) -> Audience:
    """Return what somebody may hear of: what `CaseQuerySet.visible_to` lets them see, before a change or after."""
    viewing = duties_granting(user, "cases.view")
    if any(duty.area.level == Level.DISTRICT for duty in viewing):
        return Audience(hears_all=True)
    return Audience(
        areas=frozenset(duty.area.code for duty in viewing),
        units=frozenset(duty.unit_id for duty in duties_granting(user, "cases.view_unit")),
        person=user.pk,
    )


def news_of(selection: Selection, *, since: Mark, by: User, at: datetime) -> News:
    """
    Return what has happened to a list since a mark: one statement where nothing has, else three.

    A case that was taken away is among the changed ones if it was theirs to see before.
    """
    firsts = {change.subject: change for change in first_changes(since)}
    if not firsts:
        return News()
    audience = audience_of(by)
    known = [pk for pk, change in firsts.items() if _was_heard(audience, change)]
    mine = Case.objects.visible_to(by).filter(pk__in=firsts) | Case.objects.filter(pk__in=known)
    listed = selected(selection, by=by, at=at).filter(pk__in=firsts).order_by("-received_at", "-pk")
    return News(
        new=list(_entered(selection, listed.values_list("pk", "number"), firsts=firsts, known=set(known), by=by)),
        changed=dict(mine.values_list("number", "version")),
    )


def _entered(
    selection: Selection,
    listed: Iterable[tuple[UUID, str]],
    *,
    firsts: Mapping[UUID, FirstChange],
    known: set[UUID],
    by: User,
) -> Iterator[str]:
    for pk, number in listed:
        before = firsts[pk].before
        if before is None or pk not in known or not stood_in(selection, before, by=by):
            yield number


def _was_heard(audience: Audience, change: FirstChange) -> bool:
    before = change.before
    if before is None:
        return False
    units = [UUID(key) for key in (before["holder"], before["lead"]) if key]
    return may_hear(audience, area_path=before["area"], unit_ids=units, person_id=change.person_id)
