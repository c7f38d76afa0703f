"""What cases keep, by aggregate."""

from onegrid.cases.models.appeal import AppealState, LatenessAppeal
from onegrid.cases.models.case import ENDED_LATE, Case
from onegrid.cases.models.case_link import CaseLink, LinkKind
from onegrid.cases.models.channel import REPORTERS_OWN, Channel
from onegrid.cases.models.counter import AreaChange, AreaCounter, AreaHorizon
from onegrid.cases.models.draw_month import DrawMonth
from onegrid.cases.models.evidence import CopyFault, CopyState, Evidence, EvidenceKind, EvidencePurpose
from onegrid.cases.models.hearing import Hearing
from onegrid.cases.models.reckoning import Reckoning
from onegrid.cases.models.reply_template import ReplyStep, ReplyTemplate
from onegrid.cases.models.report import Rating, Report
from onegrid.cases.models.supervision import OrderKind, SupervisionOrder
from onegrid.cases.models.task import SupportTask
from onegrid.cases.models.time_request import TimeKind, TimeRequest, TimeState
from onegrid.cases.models.timeline import KEEPS_LATE, OF_HANDLING, EntryKind, TimelineEntry, Visibility

__all__ = [
    "ENDED_LATE",
    "KEEPS_LATE",
    "OF_HANDLING",
    "REPORTERS_OWN",
    "AppealState",
    "AreaChange",
    "AreaCounter",
    "AreaHorizon",
    "Case",
    "CaseLink",
    "Channel",
    "CopyFault",
    "CopyState",
    "DrawMonth",
    "EntryKind",
    "Evidence",
    "EvidenceKind",
    "EvidencePurpose",
    "Hearing",
    "LatenessAppeal",
    "LinkKind",
    "OrderKind",
    "Rating",
    "Reckoning",
    "ReplyStep",
    "ReplyTemplate",
    "Report",
    "SupervisionOrder",
    "SupportTask",
    "TimeKind",
    "TimeRequest",
    "TimeState",
    "TimelineEntry",
    "Visibility",
]
