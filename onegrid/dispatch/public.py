"""What other apps may use of dispatch."""

from onegrid.dispatch.actions.dispatch_case import Support, UnitCannotLeadError, dispatch_case, recall_case
from onegrid.dispatch.actions.replace_rules import RulePlan, replace_rules
from onegrid.dispatch.actions.report_case import Reported, ReportedCase, new_case, report_case
from onegrid.dispatch.actions.set_working_days import set_working_days, withdraw_working_days
from onegrid.dispatch.models import RoutingRule
from onegrid.dispatch.permissions import Permission, can_set_days
from onegrid.dispatch.readers import (
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
    "can_set_days",
    "dispatch_case",
    "may_lead",
    "new_case",
    "recall_case",
    "replace_rules",
    "report_case",
    "route",
    "said_because",
    "set_working_days",
    "simulate",
    "why_not_lead",
    "withdraw_working_days",
]
