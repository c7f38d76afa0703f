"""For those who write programs: what may be read and reported by machine, and how to begin."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onegrid.core.web.keeping import kept_for_all
from onegrid.following.public import Kind
from onegrid.portal.web.feeds import feed_url
from onegrid.portal.web.frame import address, frame


@login_not_required
@require_safe
@kept_for_all()
def developers(request: HttpRequest) -> HttpResponse:
    """Show the addresses of the open interface, each with what it answers."""
    root = request.build_absolute_uri(address("open311:root"))
    questions = [
        ("services.json", _("What can be reported")),
        ("services/CODE.json", _("What is asked about one kind of matter")),
        ("requests.json?status=open", _("The matters in hand that are public, newest first")),
        ("requests/OG-261120-000387.json", _("How one matter stands")),
        ("servicerequestupdates.json", _("What happened to public matters, step by step")),
    ]
    ours = reverse("api:public_case", kwargs={"number": "OG-261120-000387"})
    explained = (request.build_absolute_uri(ours), _("The same as its page tells it, with every line of the deadline"))
    context = {
        "root": root,
        "feed_url": feed_url(Kind.ALL, ""),
        "feeds": [(_("All public cases"), feed_url(Kind.ALL, ""))],
        "questions": [*((f"{root}{path}", says) for path, says in questions), explained],
    }
    return render(request, "portal/developers.html", frame(request) | context)
