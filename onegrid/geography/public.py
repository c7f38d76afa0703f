"""What other apps may use of geography."""

from onegrid.geography.models import Area, Level

__all__ = ["Area", "Level"]
