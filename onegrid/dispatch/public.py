"""What other apps may use of dispatch."""

from onegrid.dispatch.actions.argue_dispute import (
    DisputeArgued,
    NoOpenDisputeError,
    argue_dispute,
    invite_unit,
)
from onegrid.dispatch.actions.decide_dispute import DisputeDecided, decide_dispute
from onegrid.dispatch.actions.dispatch_case import Support, UnitCannotLeadError, dispatch_case, recall_case
from onegrid.dispatch.actions.insert_dockets import Said, ToldDocket, insert_dockets
from onegrid.dispatch.actions.make_rule import RuleHasEndedError, RuleNotFoundError, end_rule, make_rule
from onegrid.dispatch.actions.open_dispute import DisputeOpened, open_dispute
from onegrid.dispatch.actions.replace_rules import RulePlan, replace_rules
from onegrid.dispatch.actions.report_case import Reported, ReportedCase, new_case, report_case
from onegrid.dispatch.actions.set_working_days import set_working_days, withdraw_working_days
from onegrid.dispatch.actions.sweep_deadlines import sweep_deadlines
from onegrid.dispatch.actions.tell_late_orders import tell_late_orders
from onegrid.dispatch.actions.tell_of_entry import tell_of_entry
from onegrid.dispatch.models import Argument, Dispute, DisputeReason, Party, PartyRole, RoutingRule
from onegrid.dispatch.permissions import Permission, can_set_days
from onegrid.dispatch.readers.disputes import (
    DisputeNotFoundError,
    Docket,
    decided_categories,
    district_of,
    docket,
    dockets_of,
    open_disputes,
    precedents,
    precedents_for,
)
from onegrid.dispatch.readers.people import everybody, ladder_of, names_told
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
from onegrid.dispatch.readers.routing_rules import (
    Proposal,
    Proposed,
    categories_of,
    leads_of,
    preview_rule,
    routing_rules,
)
from onegrid.dispatch.readers.rule_effect import Effect, Shift

__all__ = [
    "SNAPSHOT", "Argument", "Dispute", "DisputeArgued", "DisputeDecided", "DisputeNotFoundError", "DisputeOpened",
    "DisputeReason", "Docket", "Effect", "NoOpenDisputeError", "Party", "PartyRole", "Permission", "Proposal",
    "Proposed", "Reported", "ReportedCase", "Route", "RoutingRule", "RuleHasEndedError", "RuleNotFoundError",
    "RulePlan", "Said", "Shift", "Simulation", "Support", "ToldDocket", "UnitCannotLeadError", "argue_dispute",
    "can_set_days", "categories_of", "decide_dispute", "decided_categories", "dispatch_case", "district_of", "docket",
    "dockets_of", "end_rule", "everybody", "insert_dockets", "invite_unit", "ladder_of", "leads_of", "make_rule",
    "may_lead", "names_told", "new_case", "open_dispute", "open_disputes", "precedents", "precedents_for",
    "preview_rule", "recall_case", "replace_rules", "report_case", "route", "routing_rules", "said_because",
    "set_working_days", "simulate", "sweep_deadlines", "tell_late_orders", "tell_of_entry", "why_not_lead",
    "withdraw_working_days",
]  # fmt: skip
