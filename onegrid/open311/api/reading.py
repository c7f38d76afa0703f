"""What anybody may read: the services, the public requests, and what happened to them."""

from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.core.errors import NotFoundError
from onegrid.core.installation import district_name
from onegrid.open311.api.door import answer
from onegrid.open311.api.queries import address_of, asked, asked_updates, page_and_size
from onegrid.open311.readers import offer
from onegrid.open311.readers.requests import ServiceRequest, request_of, requests_page
from onegrid.open311.readers.updates import updates_page

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
FORMATS = ("text/xml", "application/json")


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where the interface is, and which standard it keeps to."""

    specification: str
    url: str
    changeset: str
    type: str
    formats: tuple[str, ...]


class Discovery(msgspec.Struct, frozen=True, kw_only=True):
    """What a program asks first. `changeset` says when services last changed."""

    changeset: str
    contact: str
    key_service: str
    endpoints: tuple[Endpoint, ...]


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """The request that a token stands for."""

    service_request_id: str
    token: str


class UnknownRequestError(NotFoundError):
    """There is no such request, or it is not public: which of the two is not said."""

    def __init__(self) -> None:
        super().__init__(_("There is no public service request with this service_request_id."))


def discovery(request: HttpRequest, *, form: str) -> HttpResponse:
    """Show where the interface is and how to get a key."""
    site, changeset = request.build_absolute_uri("/"), offer.changed_at().isoformat()
    words = {"district": district_name(get_language() or ""), "site": site}
    found = Discovery(
        changeset=changeset,
        contact=_("%(district)s, through its public site %(site)s") % words,
        key_service=_(
            "Reading needs no key. For reporting, the district gives your organization an account; sign in at"
            " %(account)s and make a key with the scope cases:report."
        )
        % {"account": request.build_absolute_uri(reverse("my_account"))},
        endpoints=(
            Endpoint(
                specification=SPECIFICATION,
                url=request.build_absolute_uri(reverse("open311:root")).rstrip("/"),
                changeset=changeset,
                type="production",
                formats=FORMATS,
            ),
        ),
    )
    return answer(found, root="discovery", form=form)


def services(request: HttpRequest, *, form: str) -> HttpResponse:  # noqa: ARG001 — as all views are called
    """List what may be reported."""
    return answer(offer.services(language=get_language() or ""), root="services", form=form)


def service(request: HttpRequest, *, form: str, code: str) -> HttpResponse:  # noqa: ARG001 — as all views are called
    """Show what one service asks."""
    return answer(offer.definition(code, language=get_language() or ""), root="service_definition", form=form)


def requests(request: HttpRequest, *, form: str) -> HttpResponse:
    """List the public requests asked for, newest first."""
    page, size = page_and_size(request)
    found = requests_page(
        asked(request, now=now()), size=size, page=page, after=_after(request), address_of=address_of(request)
    )
    return _linked(request, answer(found.rows, root="service_requests", form=form), found.next_after)


def one_request(request: HttpRequest, *, form: str, number: str) -> HttpResponse:
    """Show one public request, as a list of one."""
    return answer([_found(request, number)], root="service_requests", form=form)


def token(request: HttpRequest, *, form: str, number: str) -> HttpResponse:
    """Show the request of a token. Every service answers at once, so a token is the number of the request itself."""
    found = _found(request, number)
    shown = Token(service_request_id=found.service_request_id, token=number)
    return answer([shown], root="service_requests", form=form)


def updates(request: HttpRequest, *, form: str) -> HttpResponse:
    """List what happened to public requests, oldest first."""
    page, size = page_and_size(request)
    found = updates_page(
        asked_updates(request, now=now()), size=size, page=page, after=_after(request), address_of=address_of(request)
    )
    return _linked(request, answer(found.rows, root="service_request_updates", form=form), found.next_after)


def _found(request: HttpRequest, number: str) -> ServiceRequest:
    found = request_of(number.replace("\x00", ""), address_of=address_of(request))
    if found is None:
        raise UnknownRequestError
    return found


def _after(request: HttpRequest) -> str:
    return request.GET.get("after", "")


def _linked(request: HttpRequest, response: HttpResponse, next_after: str) -> HttpResponse:
    """Say where the next page begins, in the header Link (RFC 8288): the bodies are the standard's."""
    if next_after:
        query = [(name, values) for name, values in request.GET.lists() if name not in {"after", "page"}]
        address = f"{request.build_absolute_uri(request.path)}?{urlencode([*query, ('after', next_after)], doseq=True)}"
        response["Link"] = f'<{address}>; rel="next"'
    return response
