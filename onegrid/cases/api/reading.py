"""Read one case and what belongs to it."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Query, Router

from onegrid.accounts.public import acting
from onegrid.cases.api.answers import answered, deadline_out, entry_out, explanation_out, link_out, task_out
from onegrid.cases.api.schemas import CaseOut, ConnectionsOut, DeadlinesOut, TimelineIn, TimelineOut
from onegrid.cases.readers.explain import explain, explain_stages
from onegrid.cases.readers.file import children_of, links_of, tasks_of, timeline_of, visible_case
from onegrid.core.api.scopes import READ, scoped

router = Router(tags=["cases"])


@router.get("/{case}", response=CaseOut, operation_id="case")
@scoped(READ)
def one_case(request: HttpRequest, case: str) -> HttpResponse:
    """Show a case by its number or id; the ETag is what If-Match wants."""
    return answered(visible_case(case, by=acting(request)))


@router.get("/{case}/timeline", response=TimelineOut, operation_id="timeline")
@scoped(READ)
def timeline(request: HttpRequest, case: str, asked: Query[TimelineIn]) -> TimelineOut:
    """Show what has happened to a case, oldest first."""
    page = timeline_of(visible_case(case, by=acting(request)), after=asked.after, limit=asked.limit)
    return TimelineOut(entries=[entry_out(entry) for entry in page.rows], next_after=page.next_after)


@router.get("/{case}/deadlines", response=DeadlinesOut, operation_id="deadlines")
@scoped(READ)
def deadlines(request: HttpRequest, case: str) -> DeadlinesOut:
    """Explain until when each stage and the whole case are due, or were: every start, stop, holiday and extension."""
    found, at = visible_case(case, by=acting(request)), now()
    told = list(found.timeline.all())
    return DeadlinesOut(
        stage=deadline_out(explain(found, told, at=at)),
        whole=deadline_out(explain(found, told, at=at, is_whole=True)),
        stages=[explanation_out(each) for each in explain_stages(found, told, at=at)],
    )


@router.get("/{case}/connections", response=ConnectionsOut, operation_id="connections")
@scoped(READ)
def connections(request: HttpRequest, case: str) -> ConnectionsOut:
    """Show the children, links and supporting tasks of a case."""
    found = visible_case(case, by=acting(request))
    tasks = tasks_of(found)
    timeline = list(found.timeline.all()) if tasks else []
    return ConnectionsOut(
        children=[child.number for child in children_of(found)],
        links=[link_out(link) for link in links_of(found)],
        tasks=[task_out(task, timeline) for task in tasks],
    )
