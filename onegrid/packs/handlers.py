"""What packs say when asked whether all is ready."""

from onegrid.core import readiness
from onegrid.geography.public import Area


@readiness.check("pack")
def pack() -> str | None:
    """Look for a loaded district."""
    return None if Area.objects.standing().exists() else "no pack is loaded"
