"""What dispatch keeps, by aggregate."""

from onegrid.dispatch.models.dispute import Argument, Dispute, DisputeReason, Party, PartyRole
from onegrid.dispatch.models.routing_rule import RoutingRule

__all__ = ["Argument", "Dispute", "DisputeReason", "Party", "PartyRole", "RoutingRule"]
