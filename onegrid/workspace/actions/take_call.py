"""Take down what somebody says on the telephone: a post of its own, the same intake as everybody's."""

from datetime import datetime

from onegrid.accounts.public import User, require
from onegrid.cases.public import Channel
from onegrid.dispatch.public import Reported, ReportedCase, report_case
from onegrid.geography.public import locate
from onegrid.workspace.permissions import Permission


def take_call(*, report: ReportedCase, by: User, at: datetime) -> Reported:
    """
    Report what a caller says.

    :raises NotAllowedError: if `by` does not take calls for that place.
    :raises DomainError: as `report_case` does; then nothing is written.
    """
    place = locate(report.x, report.y, report.system)
    require(by, Permission.TAKE_CALLS, area_path=place.grid.path)
    return report_case(report=report, channel=Channel.PHONE, by=by, at=at)
