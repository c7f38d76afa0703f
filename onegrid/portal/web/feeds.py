"""What can be followed with a feed reader: a case, a place, a category, everything public, as Atom."""

from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date, urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onegrid.cases.public import case_number, strangers
from onegrid.core.installation import district_name
from onegrid.core.web.keeping import kept_for_all
from onegrid.following.public import Kind, Step, Topic, newest, topic_of
from onegrid.portal.readers.promise import case_version
from onegrid.portal.rules.atom import MEDIA_TYPE, AtomEntry, AtomFeed, written

EVERYTHING = "everything"  # stands for the empty code in an address
LONGEST_TITLE = 60  # characters of a case's title before what happened
CODES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
FEED_KEPT = 300  # seconds


@login_not_required
@require_safe
@kept_for_all(seconds=FEED_KEPT, version=case_version)
def feed(request: HttpRequest, *, kind: Kind, code: str = "", number: str = "") -> HttpResponse:
    """Give the public steps of a case, or the newest of a place, around a point, of a kind of matter, of everything."""
    return _answer(request, kind, case_number(number) if number else code)


def feed_url(kind: Kind, code: str) -> str:
    """Return the address of a feed in the reader's language, which it keeps however a feed reader asks."""
    name = {
        Kind.CASE: "portal:feed_case",
        Kind.PLACE: "portal:feed_place",
        Kind.AROUND: "portal:feed_around",
        Kind.CATEGORY: "portal:feed_category",
        Kind.ALL: "portal:feed_all",
    }[kind]
    return f"{reverse(name, args=[code] if code else [])}?{urlencode({'lang': get_language() or 'en'})}"


def _answer(request: HttpRequest, kind: Kind, code: str) -> HttpResponse:
    wanted = request.GET.get("lang", "")
    with override(wanted if wanted in CODES else get_language()):
        topic, now = topic_of(kind, code), timezone.now()
        if topic is None:
            missing = _("There is no public feed here")
            return HttpResponse(f"{missing}\n", content_type="text/plain; charset=utf-8", status=HTTPStatus.NOT_FOUND)
        steps = newest(topic, at=now)
        updated = steps[0].heard_at if steps else _beginning_of_month(now)
        body = written(_feed(request, topic, steps, updated=updated))
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response["Last-Modified"] = http_date(updated.timestamp())
    return response


def _feed(request: HttpRequest, topic: Topic, steps: list[Step], *, updated: datetime) -> AtomFeed:
    language = get_language() or "en"
    return AtomFeed(
        title=f"{topic.name} · {_('OneGrid')}",
        author=district_name(language) or _("OneGrid"),
        language=CODES.get(language, language),
        url=absolute(request, feed_url(topic.kind, topic.code)),
        page=absolute(request, topic.path),
        updated=updated,
        entries=[_entry(request, step) for step in steps],
    )


def _entry(request: HttpRequest, step: Step) -> AtomEntry:
    told = step.told
    title = step.title if len(step.title) <= LONGEST_TITLE else f"{step.title[: LONGEST_TITLE - 1]}…"
    lines = [f"{told.moment}{f' · {told.unit}' if told.unit else ''}", told.heading, told.text, step.place]
    return AtomEntry(
        id=step.id,
        title=_("%(title)s: %(step)s") % {"title": title, "step": told.heading},
        text="\n".join(filter(None, [*lines, step.case.number])),
        url=absolute(request, reverse("portal:case", args=[step.case.number])),
        category=strangers.category_name(step.case),
        published=told.at,
        updated=step.heard_at,
    )


def absolute(request: HttpRequest, path: str) -> str:
    """Return an address that also works outside this site: in a feed, or handed to a feed reader."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def _beginning_of_month(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
