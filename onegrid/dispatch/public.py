"""What other apps may use of dispatch."""

from onegrid.dispatch.actions.dispatch_case import Support, UnitCannotLeadError, dispatch_case, recall_case
from onegrid.dispatch.actions.replace_rules import RulePlan, replace_rules
from onegrid.dispatch.actions.report_case import Reported, ReportedCase, new_case, report_case
from onegrid.dispatch.actions.sweep_deadlines import sweep_deadlines
from onegrid.dispatch.actions.tell_of_entry import tell_of_entry
from onegrid.dispatch.models import RoutingRule
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.readers.routing import (
    SNAPSHOT,
    Route,
    Simulation,
    may_lead,
    route,
    said_because,
    simulate,
    why_not_lead,
)

__all__ = [
    "SNAPSHOT",
    "Permission",
    "Reported",
    "ReportedCase",
    "Route",
    "RoutingRule",
    "RulePlan",
    "Simulation",
    "Support",
    "UnitCannotLeadError",
    "dispatch_case",
    "may_lead",
    "new_case",
    "recall_case",
    "replace_rules",
    "report_case",
    "route",
    "said_because",
    "simulate",
    "sweep_deadlines",
    "tell_of_entry",
    "why_not_lead",
]
