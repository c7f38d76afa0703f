"""Following a case, a place or a kind of matter without an account: by e-mail, by push messages, by feed."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from onegrid.core.errors import DomainError, NotFoundError
from onegrid.core.moments import in_full
from onegrid.following.public import (
    Kind,
    Topic,
    ask_to_follow,
    follow_behind,
    follow_in_browser,
    is_followed_in_browser,
    require_topic,
    say_yes,
    stop,
    stop_in_browser,
)
from onegrid.notifications.public import Channel, open_channels, push_key
from onegrid.portal.web.feeds import EVERYTHING, absolute, feed_url
from onegrid.portal.web.frame import frame
from onegrid.portal.web.private import kept_secret
from onegrid.portal.web.throttle import MAILS, knock

LONGEST_EMAIL = 254


class FollowForm(forms.Form):
    """Where somebody wants to be told."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("That is no e-mail address. Please check it."),
        },
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, *, kind: str, code: str) -> HttpResponse:
    """Show the ways to follow something; take an address, whose owner is then asked."""
    topic, at = _topic(kind, code), timezone.now()
    if request.method != "POST":
        return _page(request, topic, FollowForm())
    form = FollowForm(request.POST)
    if again_at := knock(request, MAILS, at=at):
        problem = _("Too many requests from here. Try again after %(moment)s.") % {"moment": in_full(again_at)}
        return _page(request, topic, form, problem=problem, status=HTTPStatus.TOO_MANY_REQUESTS)
    if not form.is_valid():
        return _page(request, topic, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    email = form.cleaned_data["email"]
    try:
        ask_to_follow(kind=topic.kind, code=topic.code, address=email, language=get_language() or "", at=at)
    except DomainError as refusal:
        return _page(request, topic, form, problem=str(refusal), status=refusal.status)
    messages.success(request, _("Now look into your mailbox: you are told of nothing until you say yes there."))
    return redirect("portal:follow", kind=kind, code=code)


@kept_secret
@require_http_methods(["GET", "HEAD", "POST"])
def yes(request: HttpRequest, *, token: str) -> HttpResponse:
    """Ask the owner of an address, who came by the link in the mail, and take their yes."""
    behind = follow_behind(token, is_yes=True)
    if behind is None or behind.topic is None:
        return _gone(request)
    context: dict[str, object] = {"topic": behind.topic, "is_done": request.method == "POST"}
    if request.method == "POST":
        context["ends_at"] = in_full(say_yes(token=token, at=timezone.now()).ends_at)
    return render(request, "portal/follow_yes.html", frame(request) | context)


@csrf_exempt  # mail programs post here without having seen a page (RFC 8058); the link itself is the proof
@kept_secret
@require_http_methods(["GET", "HEAD", "POST"])
def stop_following(request: HttpRequest, *, token: str) -> HttpResponse:
    """End it with one press; looking alone, as mail scanners do, ends nothing."""
    behind = follow_behind(token, is_yes=False)
    if request.method == "POST":
        stop(token=token)
    elif behind is None:
        return _gone(request)
    context = {"topic": behind and behind.topic, "is_done": request.method == "POST"}
    return render(request, "portal/follow_stop.html", frame(request) | context)


@login_not_required
@require_POST
def push_on(request: HttpRequest, *, kind: str, code: str) -> HttpResponse:
    """Have a browser told of something."""
    topic = _topic(kind, code)
    said = {name: request.POST.get(name, "") for name in ("endpoint", "key", "auth")}
    try:
        follow_in_browser(kind=topic.kind, code=topic.code, **said, language=get_language() or "", at=timezone.now())
    except DomainError as refusal:
        return JsonResponse({"detail": str(refusal)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@login_not_required
@require_POST
def push_off(request: HttpRequest, *, kind: str, code: str) -> HttpResponse:
    """Have a browser told of something no more."""
    topic = _topic(kind, code)
    stop_in_browser(kind=topic.kind, code=topic.code, endpoint=request.POST.get("endpoint", ""))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@login_not_required
@require_POST
def push_asks(request: HttpRequest, *, kind: str, code: str) -> HttpResponse:
    """Answer a browser whether it is told of something: 204 or 404."""
    topic, endpoint = _topic(kind, code), request.POST.get("endpoint", "")
    is_on = is_followed_in_browser(kind=topic.kind, code=topic.code, endpoint=endpoint)
    return HttpResponse(status=HTTPStatus.NO_CONTENT if is_on else HTTPStatus.NOT_FOUND)


def _topic(kind: str, code: str) -> Topic:
    if kind not in Kind.values:
        raise Http404
    try:
        return require_topic(Kind(kind), "" if code == EVERYTHING else code)
    except NotFoundError as error:
        raise Http404(str(error)) from error


def _page(
    request: HttpRequest, topic: Topic, form: FollowForm, *, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "topic": topic,
        "code": topic.code or EVERYTHING,
        "form": form,
        "problem": problem,
        "is_case": topic.kind is Kind.CASE,
        "has_mail": Channel.EMAIL in open_channels(),
        "push_key": push_key(),
        "feed_url": absolute(request, feed_url(topic.kind, topic.code)),
        "feeds": [(topic.name, feed_url(topic.kind, topic.code))],
    }
    return render(request, "portal/follow.html", frame(request) | context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/follow_gone.html", frame(request), status=HTTPStatus.NOT_FOUND)
