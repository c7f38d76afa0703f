"""Addresses of the files of cases."""

from django.urls import path

from onegrid.cases.web import evidence

app_name = "cases"
urlpatterns = [
    path("evidence/<uuid:evidence_id>/", evidence.evidence, name="evidence"),
    path("evidence/<uuid:evidence_id>/thumbnail/", evidence.evidence_thumb, name="evidence_thumb"),
    path("evidence/<uuid:evidence_id>/copy/", evidence.evidence_copy, name="evidence_copy"),
    path("evidence/<uuid:evidence_id>/copy/thumbnail/", evidence.evidence_copy_thumb, name="evidence_copy_thumb"),
]
