"""
Note what readers do, and write it into the trail at night.

A line with its moment, or with its place among others, would stand beside the line of the case that was written from
the same tip. Days later nobody can tell any more which of a day's lines belong together.
"""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from onegrid.accounts.public import User
from onegrid.oversight.public import Actor, record
from onegrid.tips.actions.keep_channels import actor_of
from onegrid.tips.models import Deed


def note_deed(code: str, *, target: str, by: User, at: datetime, data: Mapping[str, object]) -> None:
    """Note, in the caller's transaction and by its day, what a reader did."""
    who = actor_of(by)
    day = timezone.localdate(at)
    Deed.objects.create(code=code, target=target, by=who.name, unit=who.unit, data=dict(data), done_on=day)


@transaction.atomic(durable=True)
def write_deeds(*, at: datetime) -> int:
    """Write what was done on days before today into the trail, in no order, at noon of their day; return how many."""
    today = timezone.localdate(at)
    deeds = list(Deed.objects.select_for_update().filter(done_on__lt=today).order_by("done_on", "pk"))
    for deed in deeds:
        noon = datetime.combine(deed.done_on, time(12), timezone.get_current_timezone())
        record(deed.code, target=deed.target, by=Actor(name=deed.by, unit=deed.unit), at=noon, data=deed.data)
    Deed.objects.filter(pk__in=[deed.pk for deed in deeds]).delete()
    return len(deeds)
