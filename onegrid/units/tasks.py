"""Background work of units."""

from datetime import UTC, datetime

from django.db import transaction
from procrastinate.contrib.django import app

from onegrid.oversight.public import Actor
from onegrid.units.actions.supersede import note_public_holidays

BY = Actor(name="onegrid")


@app.task(queueing_lock="units.note_holidays")
def note_holidays(timestamp: int, **_: object) -> bool:
    """Note the public holidays of a new edition of the library, from when on they count. Meant for every hour."""
    with transaction.atomic():
        return note_public_holidays(by=BY, at=datetime.fromtimestamp(timestamp, UTC))
