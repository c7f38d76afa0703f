"""What other apps may use of units."""

from onegrid.units.models import Post, Unit, UnitKind
from onegrid.units.readers import Directory, UnitEntry, directory

__all__ = ["Directory", "Post", "Unit", "UnitEntry", "UnitKind", "directory"]
