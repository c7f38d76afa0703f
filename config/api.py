"""The API, put together: one router per app, the hot path beside them, one shape of refusal."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from onegrid.accounts.api.audit import router as audit
from onegrid.accounts.api.authentication import authenticate
from onegrid.accounts.api.routers import router as accounts
from onegrid.cases.api import export, listing
from onegrid.cases.api.appeals import router as appeals
from onegrid.cases.api.changes import router as changes
from onegrid.cases.api.evidence import files
from onegrid.cases.api.evidence import router as evidence
from onegrid.cases.api.more_time import router as more_time
from onegrid.cases.api.moves import router as moves
from onegrid.cases.api.reading import router as reading
from onegrid.cases.api.supervision import router as supervision
from onegrid.catalogue.api.routers import router as catalogue
from onegrid.core.api.description import Document, description
from onegrid.core.api.interface import OneGridAPI
from onegrid.core.api.plain import json_response, plain_view
from onegrid.core.api.problems import answer_to
from onegrid.dispatch.api import intake
from onegrid.dispatch.api.disputes import router as disputes
from onegrid.dispatch.api.routers import router as dispatch
from onegrid.dispatch.api.routing_rules import router as rules
from onegrid.dispatch.api.working_days import router as working_days
from onegrid.geography.api.routers import router as geography
from onegrid.notifications.api.routers import router as notices
from onegrid.portal.api.routers import router as portal
from onegrid.units.api.calendars import router as calendars
from onegrid.units.api.routers import router as units
from onegrid.workspace.api.batches import router as batches
from onegrid.workspace.api.filters import router as filters

ROOT = "/api/v1/"
PLAIN = (*listing.OPERATIONS, *export.OPERATIONS, *intake.OPERATIONS)

api = OneGridAPI(title="OneGrid", version="1", plain=PLAIN, authenticate=authenticate)
api.add_router("/areas", geography)
api.add_router("/categories", catalogue)
api.add_router("/units", units)
api.add_router("/calendars", calendars)
api.add_router("/me", accounts)
api.add_router("/audit", audit)
api.add_router("/evidence", files)
api.add_router("/cases", reading)
api.add_router("/cases", evidence)
api.add_router("/cases", moves)
api.add_router("/cases", changes)
api.add_router("/cases", more_time)
api.add_router("/cases", appeals)
api.add_router("/cases", supervision)
api.add_router("/batches", batches)
api.add_router("/filters", filters)
api.add_router("/notices", notices)
api.add_router("", dispatch)
api.add_router("", working_days)
api.add_router("", disputes)
api.add_router("", rules)
api.add_router("", portal)


def openapi() -> Document:
    """Return the description of the whole API; it is in English, whoever asks."""
    with override("en"):
        return description(api, root=ROOT)


@login_not_required
def openapi_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Show the description of the API, to anybody."""
    return json_response(openapi())


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer for every address of the API that is none."""
    return answer_to(request, Http404())


def _urls() -> list[URLPattern | URLResolver]:
    hot = [
        path(address, plain_view([each for each in PLAIN if each.path == address], authenticate), name=address)
        for address in sorted({each.path for each in PLAIN})
    ]
    ours = [entry for entry in api.urls[0] if isinstance(entry, URLPattern) and entry.name != "api-root"]
    for entry in ours:
        # The API asks by itself who is calling, and answers in its own shape.
        entry.callback = login_not_required(entry.callback)
    return [*hot, path("openapi.json", openapi_json, name="openapi"), *ours, re_path("", nothing_here, name="nothing")]


urls = (_urls(), "api", "api")
