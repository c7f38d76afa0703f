"""What other apps may use of units."""

from onegrid.units.actions.establish_units import Established, PostPlan, UnitPlan, establish_units
from onegrid.units.models import Post, Unit, UnitKind
from onegrid.units.readers import Directory, UnitEntry, calendar_of, directory, kept_unit_name
from onegrid.units.rules.working_time import Counting, WorkCalendar

__all__ = [
    "Counting",
    "Directory",
    "Established",
    "Post",
    "PostPlan",
    "Unit",
    "UnitEntry",
    "UnitKind",
    "UnitPlan",
    "WorkCalendar",
    "calendar_of",
    "directory",
    "establish_units",
    "kept_unit_name",
]
