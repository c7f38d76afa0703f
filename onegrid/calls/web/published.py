"""The appeals for information that run today: as a list, each on its page, and as a feed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onegrid.calls.readers.pictures import public_picture
from onegrid.calls.readers.published import Over, over, published, running
from onegrid.calls.web.frame import language, public_frame
from onegrid.core.moments import day_named
from onegrid.core.serving import serve

GONE = 410


@login_not_required
@require_safe
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """Show the appeals of today; of those that are over, only that they were."""
    today = timezone.localdate()
    context = {"calls": running(on=today, language=language()), "over": over(on=today, language=language())}
    return render(request, "calls/board.html", public_frame() | context)


@login_not_required
@require_safe
@never_cache
def call(request: HttpRequest, *, number: str) -> HttpResponse:
    """Show one appeal while it runs; afterwards that it is over."""
    found = published(number, on=timezone.localdate(), language=language())
    if isinstance(found, Over):
        return render(request, "calls/over.html", public_frame() | {"call": found}, status=GONE)
    return render(request, "calls/call.html", public_frame() | {"call": found})


@login_not_required
@require_safe
def picture(request: HttpRequest, *, number: str) -> HttpResponseBase:
    """Give out the picture of an appeal while it runs."""
    served = public_picture(number, on=timezone.localdate())
    if served is None:
        message = "No such picture, or not any more."
        raise Http404(message)
    return serve(request, served)


@login_not_required
@require_safe
@never_cache
def feed(request: HttpRequest) -> HttpResponse:
    """Give out the appeals of today as an Atom feed: what they are and where, without names, words or pictures."""
    atom = Atom1Feed(
        title=_("Appeals for information"),
        link=request.build_absolute_uri(reverse("calls:board")),
        description="",
        language=language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in running(on=timezone.localdate(), language=language()):
        link = request.build_absolute_uri(reverse("calls:call", args=[one.number]))
        # Readers keep what they have fetched beyond the end, so that what says something of a person stays on the page.
        said = {"kind": one.kind, "area": one.area, "day": day_named(one.ends_on)}
        words = _("%(kind)s, %(area)s, until %(day)s") % said
        atom.add_item(
            title=words, link=link, description=one.unit, unique_id=link, pubdate=one.released_at,
            updateddate=one.released_at,
        )  # fmt: skip
    return HttpResponse(atom.writeString("utf-8"), content_type=Atom1Feed.content_type)
