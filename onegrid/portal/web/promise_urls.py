"""Where a resident follows what was reported."""

from django.urls import URLPattern, path

from onegrid.following.public import Kind
from onegrid.portal.web import developers, feeds, follow, home, nearby, private, promise, statistics, track

urlpatterns: list[URLPattern] = [
    path("welcome/", home.home, name="home"),
    path("developers/", developers.developers, name="developers"),
    path("statistics/", statistics.month, name="statistics"),
    path("track/", track.track, name="track"),
    path("nearby/", nearby.nearby, name="nearby"),
    path("c/<str:number>/", promise.case, name="case"),
    path("c/<str:number>/feed.atom", feeds.feed, {"kind": Kind.CASE}, name="feed_case"),
    path("feeds/all.atom", feeds.feed, {"kind": Kind.ALL}, name="feed_all"),
    path("feeds/places/<str:code>.atom", feeds.feed, {"kind": Kind.PLACE}, name="feed_place"),
    path("feeds/around/<str:code>.atom", feeds.feed, {"kind": Kind.AROUND}, name="feed_around"),
    path("feeds/kinds/<str:code>.atom", feeds.feed, {"kind": Kind.CATEGORY}, name="feed_category"),
    path("follow/yes/<str:token>/", follow.yes, name="follow_yes"),
    path("follow/stop/<str:token>/", follow.stop_following, name="follow_stop"),
    path("follow/push/on/<str:kind>/<path:code>/", follow.push_on, name="follow_push_on"),
    path("follow/push/off/<str:kind>/<path:code>/", follow.push_off, name="follow_push_off"),
    path("follow/push/asks/<str:kind>/<path:code>/", follow.push_asks, name="follow_push_asks"),
    path("follow/<str:kind>/<path:code>/", follow.follow, name="follow"),
    path("photos/<uuid:photo_id>/", promise.photo, name="photo"),
    path("photos/<uuid:photo_id>/small/", promise.photo_small, name="photo_small"),
    path("t/<str:secret>/", private.private, name="private"),
    path("t/<str:secret>/add/", private.add, name="private_add"),
    path("t/<str:secret>/nudge/", private.nudge, name="private_nudge"),
    path("t/<str:secret>/rate/", private.rate, name="private_rate"),
    path("t/<str:secret>/not-solved/", private.not_solved, name="private_not_solved"),
    path("t/<str:secret>/withdraw/", private.withdraw, name="private_withdraw"),
]
