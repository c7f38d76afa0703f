"""Where maps find the areas."""

from django.urls import path

from onegrid.geography.web import areas

app_name = "geography"
urlpatterns = [
    path("areas/<slug:level>.geojson", areas.areas, name="areas"),
    path("locate", areas.located, name="locate"),
]
