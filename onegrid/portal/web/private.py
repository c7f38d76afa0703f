"""The promise page by its private link, with what its holder may do. The link itself is the key: no account."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onegrid.cases.public import add_information, nudge_case, rate_case, say_not_solved, withdraw_report
from onegrid.core.errors import DomainError, NotFoundError
from onegrid.core.moments import in_full
from onegrid.core.web.keeping import View
from onegrid.portal.readers.private import holder_of
from onegrid.portal.readers.promise import is_shown, promise
from onegrid.portal.web.frame import frame
from onegrid.portal.web.holder_forms import InformationForm, NotSolvedForm, RatingForm
from onegrid.portal.web.resident import hold


def kept_secret(view: View) -> View:
    """
    Keep the address of a private page to the browser that opened it: nobody stores it, no other page learns it.

    Other pages learn our host at most. To say nothing at all (`no-referrer`) would make browsers send
    `Origin: null` with every form, which the protection against forged requests refuses.
    """

    @wraps(view)
    def answer(request: HttpRequest, **arguments: object) -> HttpResponse:
        response = view(request, **arguments)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(answer)


@kept_secret
@require_safe
def private(request: HttpRequest, *, secret: str) -> HttpResponse:
    """Show the page to the one who reported it; who is signed in finds it in their list from now on."""
    if hold(request, secret, at=timezone.now()):
        messages.success(request, _("From now on this report stands in “My reports”."))
    return _page(request, secret)


@kept_secret
@require_POST
def add(request: HttpRequest, *, secret: str) -> HttpResponse:
    """Add to one's report."""
    form = InformationForm(request.POST)
    return _answer(
        request,
        secret,
        form,
        act=lambda: add_information(secret=secret, text=form.cleaned_data["text"], at=timezone.now()),
        said=_("Thank you. The people who handle it can read it; the public cannot."),
    )


@kept_secret
@require_POST
def nudge(request: HttpRequest, *, secret: str) -> HttpResponse:
    """Ask to hurry."""
    return _answer(
        request,
        secret,
        forms.Form(request.POST),
        act=lambda: nudge_case(secret=secret, at=timezone.now()),
        said=_("Noted: whoever has it now sees that you are waiting. The deadline stays as it is."),
    )


@kept_secret
@require_POST
def rate(request: HttpRequest, *, secret: str) -> HttpResponse:
    """Rate the result."""
    form = RatingForm(request.POST)
    return _answer(
        request,
        secret,
        form,
        act=lambda: rate_case(
            secret=secret,
            is_solved=form.cleaned_data["is_solved"] == RatingForm.YES,
            satisfaction=int(form.cleaned_data["satisfaction"]),
            comment=form.cleaned_data["comment"],
            at=timezone.now(),
        ),
        said=_("Thank you for your rating."),
    )


@kept_secret
@require_POST
def not_solved(request: HttpRequest, *, secret: str) -> HttpResponse:
    """Have a closed case opened again."""
    form = NotSolvedForm(request.POST)
    return _answer(
        request,
        secret,
        form,
        act=lambda: say_not_solved(secret=secret, reason=form.cleaned_data["reason"], at=timezone.now()),
        said=_("It is open again, filed anew with a fresh deadline. Here you see who gets it."),
    )


@kept_secret
@require_POST
def withdraw(request: HttpRequest, *, secret: str) -> HttpResponse:
    """Take one's report back."""
    return _answer(
        request,
        secret,
        forms.Form(request.POST),
        act=lambda: withdraw_report(secret=secret, at=timezone.now()),
        said=_("Your report is taken back. Nobody will be sent."),
    )


def _answer(
    request: HttpRequest, secret: str, form: forms.Form, *, act: Callable[[], object], said: str
) -> HttpResponse:  # fmt: skip
    """Do it and show the page anew; or show it with what is wrong and everything that was written."""
    problem, status = "", int(HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_valid():
        try:
            act()
        except NotFoundError:
            return _unknown(request)
        except DomainError as refusal:
            problem, status = str(refusal), refusal.status
        else:
            messages.success(request, said)
            return redirect("portal:private", secret=secret)
    return _page(request, secret, form=form, problem=problem, status=status)


def _page(
    request: HttpRequest, secret: str, *, form: forms.Form | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    found = holder_of(secret, at=now)
    if found is None:
        return _unknown(request)
    case, holder = found
    context = {
        "page": promise(case, at=now, is_own=holder.is_own),
        "holder": holder,
        "secret": secret,
        "now": now,
        "is_public": is_shown(case),
        "until": in_full(holder.reopens_until),
        "nudges_from": in_full(holder.nudges_from),
        "information": form if isinstance(form, InformationForm) else InformationForm(),
        "rating": form if isinstance(form, RatingForm) else RatingForm(),
        "not_solved": form if isinstance(form, NotSolvedForm) else NotSolvedForm(),
        "form": form,
        "problem": problem,
    }
    return render(request, "portal/private.html", frame(request) | context, status=status)


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/unknown.html", frame(request) | {"is_link": True}, status=HTTPStatus.NOT_FOUND)
