"""Let a resident join a case with what they have to say and show, as often as it is sent: twice is once."""

from collections.abc import Sequence
from datetime import datetime

from onegrid.cases.public import Case, JoiningReport, attach_report_file, join_case
from onegrid.core.media.upload import Upload


def join_matter(*, number: str, report: JoiningReport, files: Sequence[Upload], at: datetime) -> Case:
    """
    Add the report to the case, then its files, each in a transaction of its own.

    :raises DomainError: as `join_case` does; then nothing is written.
    """
    case = join_case(number=number, report=report, at=at)
    for file in files:
        attach_report_file(case_id=case.pk, upload=file, at=at, is_joining=True)
    return case
