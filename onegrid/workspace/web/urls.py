"""Addresses of the workspace."""

from django.urls import path

from onegrid.workspace.web import audit, case, new_case, photos, pickers, queue, reporter, simulator, steps, tasks
from onegrid.workspace.web import map as area_map

app_name = "workspace"
urlpatterns = [
    path("queue/", queue.board, name="queue"),
    path("filters/", queue.choose_filters, name="filters"),
    path("map/", area_map.board, name="map"),
    path("map/cases.json", area_map.cases, name="map_cases"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("audit/", audit.audit, name="audit"),
    path("simulator/", simulator.simulator, name="simulator"),
    path("cases/new/", new_case.new_case, name="new_case"),
    path("cases/new/on-the-spot/", new_case.on_the_spot, name="on_the_spot"),
    path("cases/categories/", pickers.categories, name="categories"),
    path("cases/draft/", pickers.draft, name="draft"),
    path("cases/<slug:number>/", case.case, name="case"),
    path("cases/<slug:number>/preview/", case.preview, name="preview"),
    path("cases/<slug:number>/print/", case.print_case, name="print"),
    path("cases/<slug:number>/reporter/<uuid:report_id>/", reporter.reporter, name="reporter"),
    path("cases/<slug:number>/tasks/<uuid:task_id>/", steps.task, name="task"),
    path("cases/<slug:number>/photos/<uuid:photo_id>/", photos.show_photo, name="show_photo"),
    path("cases/<slug:number>/do/split/", steps.split, name="split"),
    path("cases/<slug:number>/do/<slug:name>/", steps.step, name="step"),
]
