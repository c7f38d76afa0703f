"""What other apps may use of units."""

from onegrid.units.actions.establish_units import Established, PostPlan, UnitPlan, establish_units
from onegrid.units.models import Post, Unit, UnitKind
from onegrid.units.readers import Directory, UnitEntry, directory, kept_unit_name

__all__ = [
    "Directory",
    "Established",
    "Post",
    "PostPlan",
    "Unit",
    "UnitEntry",
    "UnitKind",
    "UnitPlan",
    "directory",
    "establish_units",
    "kept_unit_name",
]
