"""The icon of the site, where browsers look for it on their own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

A_DAY = 24 * 3600  # seconds


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Lead to the drawn icon, which pages name by themselves."""
    response = HttpResponseRedirect(static("core/icon.svg"))
    patch_cache_control(response, public=True, max_age=A_DAY)
    return response
