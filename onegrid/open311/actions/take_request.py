"""Take in what a program reports, with its files, as often as it is sent: the second time changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from onegrid.accounts.public import User
from onegrid.cases.public import Channel, Visibility, add_note, attach_report_file
from onegrid.core.media.upload import Upload
from onegrid.dispatch.public import Reported, ReportedCase, report_case


def take_request(*, report: ReportedCase, files: Sequence[Upload], media_url: str, by: User, at: datetime) -> Reported:
    """
    Write the case, then its files and where the sender says that more is to be seen, each in a transaction of its own.

    The files have been looked into before. `media_url` is kept for the officers and never opened by us: it may lead
    anywhere, into our own network too. The note that keeps it has the id of the report.

    :raises DomainError: as `report_case` does; then nothing is written.
    """
    reported = report_case(report=report, channel=Channel.API, by=by, at=at)
    case_id = reported.receipt.case_id
    for file in files:
        attach_report_file(case_id=case_id, upload=file, at=at, channel=Channel.API)
    if media_url:
        add_note(case_id=case_id, text=media_url, visibility=Visibility.INTERNAL, by=by, at=at, note_id=report.id)
    return reported
