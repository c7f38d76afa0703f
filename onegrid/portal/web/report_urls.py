"""Where a resident reports something."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
