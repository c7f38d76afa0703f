"""
The hot path: plain Django views behind the API's own door.

A plain operation is checked, answered and described like every other one, but
nothing stands between the socket and the action except msgspec.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from onegrid.core.api.errors import NotAllowedMethodError
from onegrid.core.api.problems import answer_to
from onegrid.core.api.scopes import Caller, require_scope
from onegrid.core.snapshots import worked_out_again

Authenticate = Callable[[HttpRequest], Caller]


@dataclass(frozen=True, kw_only=True)
class PlainOperation:
    """One method of one address, with all that its description needs; `files`: the media types of a file it sends."""

    method: str
    path: str
    operation_id: str
    summary: str
    tag: str
    scope: str
    view: Callable[[HttpRequest], HttpResponseBase]
    answers: Mapping[int, type[msgspec.Struct]]
    body: type[msgspec.Struct] | None = None
    parameters: type[msgspec.Struct] | None = None
    files: Sequence[str] = ()
    description: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_worked_out_again: bool = False  # what it writes, when snapshots have changed: see `core.snapshots`


def plain_view(
    operations: Sequence[PlainOperation], authenticate: Authenticate
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the one view of an address: it knows the caller, asks the scope, and answers every fault as a problem."""
    by_method = {operation.method: operation for operation in operations}

    def view(request: HttpRequest) -> HttpResponseBase:
        operation = by_method.get("GET" if request.method == "HEAD" else request.method or "")
        if operation is None:
            response = answer_to(request, NotAllowedMethodError())
            response["Allow"] = ", ".join(sorted(by_method))
            return response
        try:
            require_scope(authenticate(request), operation.scope)
            return operation.view(request)
        except Exception as error:  # noqa: BLE001 — the API's last door: logged there, and answered as our fault
            return answer_to(request, error)

    open_view = csrf_exempt(login_not_required(view))
    writing = [operation for operation in operations if operation.method != "GET"]
    return worked_out_again(open_view) if all(each.is_worked_out_again for each in writing) else open_view


def json_response(answer: object, status: int = 200) -> HttpResponse:
    """Return an answer as JSON."""
    return HttpResponse(msgspec.json.encode(answer), status=status, content_type="application/json")
