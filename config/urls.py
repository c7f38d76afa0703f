"""Every address of the site, by app."""

from django.urls import URLPattern, URLResolver, include, path

from config import api
from onegrid.core.web.favicon import favicon
from onegrid.portal.web.door import door

urlpatterns: list[URLPattern | URLResolver] = [
    path("", door, name="door"),
    path("favicon.ico", favicon, name="favicon"),
    path("api/v1/", api.urls),
    path("", include("onegrid.accounts.web.urls")),
    path("cases/", include("onegrid.cases.web.urls")),
    path("map/", include("onegrid.geography.web.urls")),
    path("channels/", include("onegrid.channels.web.urls")),
    path("open311/v2/", include("onegrid.open311.api.urls")),
    path("", include("onegrid.portal.web.urls")),
    path("", include("onegrid.calls.web.urls")),
    path("", include("onegrid.tips.web.urls")),
    path("", include("onegrid.workspace.web.urls")),
]

handler400 = "onegrid.core.web.errors.bad_request"
handler403 = "onegrid.core.web.errors.forbidden"
handler404 = "onegrid.core.web.errors.not_found"
handler429 = "onegrid.core.web.errors.too_many"  # allauth asks for it when somebody knocks too often
handler500 = "onegrid.core.web.errors.failed"
