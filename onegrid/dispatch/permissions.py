"""What dispatch lets people do."""

from enum import StrEnum


class Permission(StrEnum):
    """Permissions that dispatch checks."""

    DISPATCH = "dispatch.dispatch"
    RECALL = "dispatch.recall"
    SIMULATE = "dispatch.simulate"
