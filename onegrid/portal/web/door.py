"""The front door: strangers come into the portal, people of the desk to their queue."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onegrid.portal.web.frame import address


@login_not_required
@never_cache
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Send somebody to the page that is theirs."""
    queue = address("workspace:queue") if request.user.is_authenticated else ""
    return redirect(queue or "portal:home")
