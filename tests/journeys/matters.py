"""A manhole cover in Chashan that others have already brought to a certain point, each by their own step."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onegrid.cases.models import Case
from onegrid.cases.public import Channel, accept_case, add_evidence, file_case
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples
from onegrid.dispatch.public import ReportedCase, dispatch_case, report_case
from tests.journeys.people import BROKEN, CHASHAN, MANHOLE


def reported(*, at=None):
    """Return the case, reported now or before, and the path of its private link."""
    lon, lat = map(float, CHASHAN)
    report = ReportedCase(id=new_id(), text=BROKEN, x=lon, y=lat)
    sent = report_case(report=report, channel=Channel.PORTAL, by=None, at=at or timezone.now())
    return Case.objects.get(), f"/t/{sent.link_secret}/"


def dispatched(ouhai, *, to="chashan-roads", at=None):
    """Return the case, given to a unit now or before with its photo of before, and the path of its private link."""
    at = at or timezone.now()
    case, link = reported(at=at)
    acceptor, lead, dispatcher = (ouhai.user(f"chashan.{who}") for who in ("acceptor", "shift-lead", "dispatcher"))
    before = inspect_upload(SimpleUploadedFile("before.jpg", samples.photo()))
    add_evidence(case_id=case.pk, purpose="before", upload=before, by=acceptor, at=at)
    accept_case(case_id=case.pk, version=1, by=acceptor, at=at)
    file_case(case_id=case.pk, version=2, category_code=MANHOLE, by=lead, at=at)
    dispatch_case(case_id=case.pk, version=3, lead_code=to, by=dispatcher, at=at)
    return case, link
