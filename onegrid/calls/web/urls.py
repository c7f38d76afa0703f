"""Addresses of appeals for information."""

from django.urls import URLPattern, path

from onegrid.calls.web import desk, published

app_name = "calls"
urlpatterns: list[URLPattern] = [
    path("calls/", published.board, name="board"),
    path("calls/feed.atom", published.feed, name="feed"),
    path("calls/<slug:number>/", published.call, name="call"),
    path("calls/<slug:number>/picture.jpg", published.picture, name="picture"),
    path("call-desk/", desk.desk, name="desk"),
    path("call-desk/units/<slug:unit_code>/", desk.write, name="write"),
    path("call-desk/<uuid:call_id>/", desk.call, name="file"),
    path("call-desk/<uuid:call_id>/change/", desk.change, name="change"),
    path("call-desk/<uuid:call_id>/ask/", desk.ask, name="ask"),
    path("call-desk/<uuid:call_id>/release/", desk.release, name="release"),
    path("call-desk/<uuid:call_id>/back/", desk.back, name="back"),
    path("call-desk/<uuid:call_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("call-desk/<uuid:call_id>/outcome/", desk.outcome, name="outcome"),
]
