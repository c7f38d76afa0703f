"""Who follows what."""

from onegrid.following.models.follow import Follow

__all__ = ["Follow"]
