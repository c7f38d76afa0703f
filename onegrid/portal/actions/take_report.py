"""Take in what a resident reports with its files, as often as it is sent: the second time changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from onegrid.cases.public import Channel, attach_report_file
from onegrid.core.media.upload import Upload
from onegrid.dispatch.public import Reported, ReportedCase, report_case


def take_report(*, report: ReportedCase, files: Sequence[Upload], at: datetime) -> Reported:
    """
    Write the case, then its files, each in a transaction of its own.

    The files have been looked into before, so that none is refused here. Where we fail in between, sending the
    same report again adds what is missing.

    :raises DomainError: as `report_case` does; then nothing is written.
    """
    reported = report_case(report=report, channel=Channel.PORTAL, by=None, at=at)
    for file in files:
        attach_report_file(case_id=reported.receipt.case_id, upload=file, at=at)
    return reported
