"""Where a resident follows what was reported."""

from django.urls import URLPattern, path

from onegrid.portal.web import developers, home, nearby, private, promise, track

urlpatterns: list[URLPattern] = [
    path("welcome/", home.home, name="home"),
    path("developers/", developers.developers, name="developers"),
    path("track/", track.track, name="track"),
    path("nearby/", nearby.nearby, name="nearby"),
    path("c/<str:number>/", promise.case, name="case"),
    path("photos/<uuid:photo_id>/", promise.photo, name="photo"),
    path("photos/<uuid:photo_id>/small/", promise.photo_small, name="photo_small"),
    path("t/<str:secret>/", private.private, name="private"),
    path("t/<str:secret>/add/", private.add, name="private_add"),
    path("t/<str:secret>/nudge/", private.nudge, name="private_nudge"),
    path("t/<str:secret>/rate/", private.rate, name="private_rate"),
    path("t/<str:secret>/not-solved/", private.not_solved, name="private_not_solved"),
    path("t/<str:secret>/withdraw/", private.withdraw, name="private_withdraw"),
]
