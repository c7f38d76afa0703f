"""Where a resident reports something."""

from django.urls import URLPattern, path

from onegrid.portal.web import installing, report, uploads

urlpatterns: list[URLPattern] = [
    path("report/", report.report, name="report"),
    path("report/suggestions/", report.suggestions, name="suggestions"),
    path("report/questions/", report.questions, name="questions"),
    path("report/alike/", report.alike, name="alike"),
    path("report/app.webmanifest", installing.manifest, name="manifest"),
    path("report/worker.js", installing.worker, name="worker"),
    path("report/files/", uploads.uploads, name="uploads"),
    path("report/files/<slug:upload_id>/", uploads.upload, name="upload"),
    path("report/done/<slug:number>/", report.done, name="done"),
]
