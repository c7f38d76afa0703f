"""Somebody reports what has been reported already: they join the case that is there, and hear as much of it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.cases.actions.insert_case import ReplayedWithAnotherBodyError, link_hash
from onegrid.cases.actions.lifecycle import actor, add_entry, target
from onegrid.cases.actions.note_change import as_found
from onegrid.cases.models import Case, Channel, EntryKind, Report, Visibility
from onegrid.cases.readers import strangers
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.rules.questions import JOINED_WITH
from onegrid.cases.states import IllegalMoveError
from onegrid.oversight.public import record


@dataclass(frozen=True, kw_only=True)
class JoiningReport:
    """What somebody says who joins; `id` and the secret are made before it is sent, so that twice is once."""

    id: UUID
    text: str
    link_secret: str
    reporter_name: str = ""
    reporter_contact: str = ""

    def fingerprint(self, number: str) -> str:
        """Return a hash of what was sent, so that a repeated sending is told from another one."""
        said = ["join", number, self.text, self.reporter_name, self.reporter_contact]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic(durable=True)
def join_case(*, number: str, report: JoiningReport, at: datetime) -> Case:
    """
    Add a resident's report to an open case that strangers may see. Sending it twice changes nothing.

    What they wrote is for those who handle the case; the public sees that one more person reports it.

    :raises CaseNotFoundError: if strangers see no such case.
    :raises IllegalMoveError: if it has ended.
    :raises ReplayedWithAnotherBodyError: if the id was sent before with something else.
    """
    case = strangers.shown().select_for_update(of=("self",)).filter(number=number).first()
    if case is None:
        raise CaseNotFoundError(_("There is no such case, or it is not yours to see."))
    case.as_found = as_found(case)
    said = report.fingerprint(number)
    if known := Report.objects.filter(pk=report.id).first():
        if known.body_hash != said:
            raise ReplayedWithAnotherBodyError(_("This id was used before for another report. Make a new one."))
        return case
    if case.ended_at is not None:
        raise IllegalMoveError(_("%(number)s is no longer open.") % {"number": number})
    Report.objects.create(
        id=report.id, case=case, channel=Channel.PORTAL, text=report.text, reporter_name=report.reporter_name,
        reporter_contact=report.reporter_contact, is_anonymous=not report.reporter_contact,
        link_hash=link_hash(report.link_secret), body_hash=said, reported_at=at, received_at=at,
    )  # fmt: skip
    case.report_count += 1
    case.save(update_fields=["report_count"])
    add_entry(case, EntryKind.CHANGE, by=None, at=at, data={"joined": case.report_count}, channel=Channel.PORTAL)
    if report.text:
        add_entry(
            case, EntryKind.NOTE, by=None, at=at, text=report.text, visibility=Visibility.INTERNAL,
            channel=Channel.PORTAL, data={JOINED_WITH: True},
        )  # fmt: skip
    record("cases.joined", target=target(case), by=actor(None), at=at, data={"reports": case.report_count})
    return case
