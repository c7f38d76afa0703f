"""What somebody signed in was refused stays in the trail, whichever surface refused it."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.utils.timezone import now

from onegrid.accounts.models import User
from onegrid.accounts.permissions import live_duties
from onegrid.core.errors import NotAllowedError
from onegrid.oversight.public import Actor, record_refusal

Response = Callable[[HttpRequest], HttpResponseBase]
TARGET_LENGTH = 200


def refusals_are_noted(get_response: Response) -> Response:
    """Middleware: note that somebody was not allowed what they asked for, once it has been rolled back."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        if response.status_code == HTTPStatus.FORBIDDEN and match is not None and isinstance(request.user, User):
            duties = live_duties(request.user)
            by = Actor(request.user.username, duties[0].unit.code if duties else "")
            asked = f"{match.namespace or 'pages'}.{match.url_name or 'page'}"
            record_refusal(NotAllowedError(), asked=asked, target=request.path[:TARGET_LENGTH], by=by, at=now())
        return response

    return middleware
