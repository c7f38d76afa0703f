"""Where a resident's account is."""

from django.urls import URLPattern, path

from onegrid.portal.web import my, signing_in

urlpatterns: list[URLPattern] = [
    path("my/", my.my, name="my"),
    path("my/ask/", signing_in.ask, name="my_ask"),
    path("my/code/", signing_in.code, name="my_code"),
    path("my/tell/", my.tell, name="my_tell"),
    path("my/leave/", my.leave, name="my_leave"),
    path("my/delete/", my.delete, name="my_delete"),
    path("my/take-out/<uuid:holding_id>/", my.take_out, name="my_take_out"),
    path("my/stop/<str:token>/", my.stop, name="my_stop"),
]
