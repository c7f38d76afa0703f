"""Where a resident follows what was reported."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
