"""Tell those above and the unit itself that a supervision order was not answered in time."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from onegrid.dispatch.actions.tell_of_entry import notice
from onegrid.dispatch.readers.concerned import answering, late_orders
from onegrid.dispatch.readers.people import people_of
from onegrid.dispatch.rules.telling import What
from onegrid.notifications.public import tell
from onegrid.units.public import directory

MADE_UP_FOR: Final = timedelta(days=7)  # what fell due while nobody swept, and is still worth telling


@transaction.atomic(durable=True)
def tell_late_orders(*, at: datetime) -> int:
    """
    Tell who ordered, the head of the unit and those who work on the case; return how many notices were new.

    Each order is told once, however often this is called.
    """
    orders, units = late_orders(since=at - MADE_UP_FOR, at=at), directory().by_id
    people = people_of({order.unit_id for order in orders}).of_unit if orders else {}
    return tell(
        [
            notice(
                order.case, What.ORDER_LATE, key=f"late:{order.pk}", to=user_id, unit=units.get(order.unit_id),
                due_at=order.due_at.isoformat(),
            )
            for order in orders
            for user_id in sorted(answering(order.case, people.get(order.unit_id, ())) | {order.ordered_by_id})
        ],
        at=at,
    )  # fmt: skip
