"""The first page of the portal."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onegrid.core.web.keeping import LISTS_KEPT, kept_for_all
from onegrid.following.public import Kind
from onegrid.portal.readers.month import month_of
from onegrid.portal.readers.nearby import newest
from onegrid.portal.web.feeds import feed_url
from onegrid.portal.web.frame import address, frame
from onegrid.portal.web.track import TrackForm

RECENT = 6


@login_not_required
@require_safe
@kept_for_all(seconds=LISTS_KEPT)
def home(request: HttpRequest) -> HttpResponse:
    """Show how to report and to track, what was reported last, and how the month goes."""
    now = timezone.now()
    context = {
        "form": TrackForm(),
        "report_url": address("portal:report"),
        "tips_url": address("tips:give"),
        "rows": newest(RECENT, at=now),
        "month": month_of(now),
        "now": now,
        "feeds": [(_("All public cases"), feed_url(Kind.ALL, ""))],
    }
    return render(request, "portal/home.html", frame(request) | context)
