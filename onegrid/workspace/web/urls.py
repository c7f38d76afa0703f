"""Addresses of the workspace."""

from django.urls import path

from onegrid.workspace.web import (
    audit,
    batches,
    case,
    export,
    new_case,
    overview,
    photos,
    pickers,
    queue,
    replies,
    reporter,
    saved_filters,
    simulator,
    steps,
    tasks,
)
from onegrid.workspace.web import map as area_map

app_name = "workspace"
urlpatterns = [
    path("queue/", queue.board, name="queue"),
    path("queue/export/", export.export, name="export"),
    path("filters/", queue.choose_filters, name="filters"),
    path("filters/saved/", saved_filters.saved, name="saved"),
    path("filters/saved/start/", saved_filters.start, name="saved_start"),
    path("filters/saved/<uuid:filter_id>/", saved_filters.change, name="saved_change"),
    path("filters/saved/<uuid:filter_id>/delete/", saved_filters.delete, name="saved_delete"),
    path("batches/", batches.batches, name="batches"),
    path("batches/preview/", batches.preview, name="batch_preview"),
    path("batches/<uuid:batch_id>/", batches.report, name="batch"),
    path("batches/<uuid:batch_id>/resume/", batches.resume, name="batch_resume"),
    path("replies/", replies.replies, name="replies"),
    path("replies/<uuid:reply_id>/", replies.reply, name="reply"),
    path("replies/<uuid:reply_id>/retire/", replies.retire, name="reply_retire"),
    path("map/", area_map.board, name="map"),
    path("map/cases.json", area_map.cases, name="map_cases"),
    path("overview/", overview.overview, name="overview"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("audit/", audit.audit, name="audit"),
    path("simulator/", simulator.simulator, name="simulator"),
    path("cases/new/", new_case.new_case, name="new_case"),
    path("cases/new/on-the-spot/", new_case.on_the_spot, name="on_the_spot"),
    path("cases/categories/", pickers.categories, name="categories"),
    path("cases/<slug:number>/", case.case, name="case"),
    path("cases/<slug:number>/preview/", case.preview, name="preview"),
    path("cases/<slug:number>/print/", case.print_case, name="print"),
    path("cases/<slug:number>/print/pdf/", case.print_pdf, name="print_pdf"),
    path("cases/<slug:number>/reporter/<uuid:report_id>/", reporter.reporter, name="reporter"),
    path("cases/<slug:number>/tasks/<uuid:task_id>/", steps.task, name="task"),
    path("cases/<slug:number>/photos/<uuid:photo_id>/", photos.show_photo, name="show_photo"),
    path("cases/<slug:number>/do/split/", steps.split, name="split"),
    path("cases/<slug:number>/do/<slug:name>/", steps.step, name="step"),
]
