"""The addresses that programs of others post to."""

from django.urls import URLPattern, path

from onegrid.channels.web.wechat import callback

app_name = "channels"

urlpatterns: list[URLPattern] = [path("wechat/", callback, name="wechat")]
