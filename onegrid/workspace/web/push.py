"""The browser in which one reads this takes push messages, or not any more."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onegrid.core.errors import InvalidInputError
from onegrid.notifications.public import add_browser, remove_browser
from onegrid.workspace.web.frame import officer


@require_POST
def turn_on(request: HttpRequest) -> HttpResponse:
    """Send push messages to this browser."""
    said = {name: request.POST.get(name, "") for name in ("endpoint", "key", "auth")}
    try:
        add_browser(**said, by=officer(request), at=timezone.now())
    except InvalidInputError as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
def turn_off(request: HttpRequest) -> HttpResponse:
    """Send none there any more."""
    remove_browser(endpoint=request.POST.get("endpoint", ""), by=officer(request))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
