"""What makes the report page an app on a phone: its manifest, and the worker that opens it without a network."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onegrid.core.installation import district_name

ICONS = (
    {"src": "core/app-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
    {"src": "core/app-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
    {"src": "core/app-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    {"src": "core/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
)


@require_safe
@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # as Django calls it
    """Describe the app in the reader's language."""
    language, report = get_language() or "", reverse("portal:report")
    response = JsonResponse(
        {
            "id": report,
            "name": f"{_('Report a matter')} · {district_name(language)}",
            "short_name": _("Report a matter"),
            "lang": language,
            "start_url": report,
            "scope": "/",
            "display": "standalone",
            "background_color": "#f4f6f8",
            "theme_color": "#1b5c9b",
            "icons": [{**icon, "src": static(icon["src"])} for icon in ICONS],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "private, max-age=3600"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # as Django calls it
    """Give out the worker under the address whose pages it may answer for; browsers ask for it anew by themselves."""
    path = finders.find("portal/report-worker.js")
    assert isinstance(path, str)
    response = HttpResponse(Path(path).read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
