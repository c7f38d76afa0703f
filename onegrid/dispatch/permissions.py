"""What dispatch lets people do."""

from enum import StrEnum


class Permission(StrEnum):
    """
    Permissions that dispatch checks.

    DISPUTE is opening a dispute about a case of one's unit and arguing for it; SETTLE and
    MAKE_RULE are asked for in the district, above the units that argue.
    """

    DISPATCH = "dispatch.dispatch"
    RECALL = "dispatch.recall"
    SIMULATE = "dispatch.simulate"
    DISPUTE = "dispatch.dispute"
    SETTLE = "dispatch.settle"
    MAKE_RULE = "dispatch.make_rule"
