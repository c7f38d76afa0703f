"""The addresses of Open311 GeoReport v2; the format is the end of each."""

from django.urls import URLPattern, path, re_path

from onegrid.open311.api import reading, reporting
from onegrid.open311.api.door import nothing_here, opened

app_name = "open311"
_FORM = r"\.(?P<form>json|xml)$"

urlpatterns: list[URLPattern] = [
    path("", opened(GET=reading.discovery), name="root"),
    re_path(r"^discovery" + _FORM, opened(GET=reading.discovery), name="discovery"),
    re_path(r"^services" + _FORM, opened(GET=reading.services), name="services"),
    re_path(r"^services/(?P<code>[^/]+)" + _FORM, opened(GET=reading.service), name="service"),
    re_path(r"^requests" + _FORM, opened(GET=reading.requests, POST=reporting.report), name="requests"),
    re_path(r"^requests/(?P<number>[^/]+)" + _FORM, opened(GET=reading.one_request), name="request"),
    re_path(r"^tokens/(?P<number>[^/]+)" + _FORM, opened(GET=reading.token), name="token"),
    re_path(r"^servicerequestupdates" + _FORM, opened(GET=reading.updates), name="updates"),
    re_path(r"^.*\.(?P<form>xml)$", opened(GET=nothing_here, POST=nothing_here), name="nothing_as_xml"),
    re_path(r"^.*$", opened(GET=nothing_here, POST=nothing_here), name="nothing"),
]
