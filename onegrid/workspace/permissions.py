"""What the workspace lets people do that no other app decides."""

from enum import StrEnum


class Permission(StrEnum):
    """Permissions that the workspace checks."""

    TAKE_CALLS = "workspace.take_calls"
    SHARE_FILTER = "workspace.share_filter"
