"""At which desks a case of a kind is worked on, and so how fast it goes."""

from datetime import timedelta

from onegrid.cases.public import STAGE_OF, Status, terms_of_category
from onegrid.catalogue.public import CategoryEntry
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.pace import Desk, Pace
from onegrid.geography.public import Level, Location
from onegrid.units.public import UnitEntry, calendar_of, directory

_PLAIN_LIMIT = timedelta(hours=4)  # where a category sets none
_BEFORE_FILING = (Status.REPORTED, Status.ACCEPTED, Status.CHECKING)


def usual_lead(kind: CategoryEntry, location: Location) -> UnitEntry | None:
    """Return which unit the catalogue alone would name for a kind at a place: by it goes how fast it is handled."""
    level = Level.DISTRICT if kind.lowest_level == Level.DISTRICT else Level.TOWNSHIP
    return directory().find(kind.lead.get(level, ""), location.township.path)


def pace_for(
    kind: CategoryEntry, *, has_kind: bool, path: str, lead: UnitEntry | None, late_handling: float = assumptions.LATE
) -> Pace:
    """Return the pace of a case of a kind in a grid that a unit will lead; `has_kind` says if it comes in as such."""
    district = directory().centre(path.split("/", maxsplit=1)[0])
    township = directory().centre(path)
    first = district if has_kind and kind.lowest_level == Level.DISTRICT else township
    last = district if lead and lead.level == Level.DISTRICT else first
    holders = {
        **dict.fromkeys((Status.REPORTED, Status.ACCEPTED, Status.FILED), first),
        Status.CHECKING: directory().grid_team(path) or first,
        **dict.fromkeys((Status.DISPATCHED, Status.IN_PROGRESS, Status.SUSPENDED), lead),
        Status.DISPUTED: district,
        **dict.fromkeys((Status.HANDLED, Status.VERIFIED), last),
    }
    filed = terms_of_category(kind.id)
    before = filed if has_kind else terms_of_category(None)
    desks = {}
    for status, unit in holders.items():
        terms, stage = before if status in _BEFORE_FILING else filed, STAGE_OF[status]
        desks[status] = Desk(
            limit=terms.limit_of(stage) or _PLAIN_LIMIT,
            counting=terms.counting_of(stage),
            calendar=calendar_of(unit.id if unit else None),
        )
    return Pace(desks=desks, late_handling=late_handling)
