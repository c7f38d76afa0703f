"""Decisions about places, pure."""

from typing import Final

SNAPSHOT: Final = "areas"  # the name under which processes notice that areas have changed
