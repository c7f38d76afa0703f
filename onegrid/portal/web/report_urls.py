"""Where a resident reports something."""

from django.urls import URLPattern, path

from onegrid.portal.web import report

urlpatterns: list[URLPattern] = [
    path("report/", report.report, name="report"),
    path("report/suggestions/", report.suggestions, name="suggestions"),
    path("report/questions/", report.questions, name="questions"),
    path("report/done/<slug:number>/", report.done, name="done"),
]
