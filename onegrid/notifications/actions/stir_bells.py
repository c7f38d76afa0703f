"""Let the bells of open pages look again."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from onegrid.live.public import CHANGE_COLUMNS

KIND = "notice"

# A notice lies nowhere and belongs to no unit: only its reader hears of it, and all who hear everything, who then
# see from the subject that it is not theirs.
_STATEMENT = f"""
INSERT INTO live_change ({CHANGE_COLUMNS})
SELECT %s, person, '', '{{}}', person, NULL FROM unnest(%s::uuid[]) AS person
"""  # noqa: S608 — every part is a constant of this module or of live's


def stir_bells(people: Collection[UUID]) -> None:
    """Note that what these people have not read has changed, in the caller's transaction. One statement."""
    if people:
        with connection.cursor() as cursor:
            cursor.execute(_STATEMENT, [KIND, sorted(people)])
