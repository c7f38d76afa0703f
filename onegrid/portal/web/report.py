"""Reporting: the form, its suggestions and questions, and the receipt."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods

from onegrid.cases.public import BEFORE_CATEGORY, ReplayedWithAnotherBodyError
from onegrid.core.danger import speaks_of_danger
from onegrid.core.errors import DomainError, NotFoundError
from onegrid.core.installation import emergency_numbers
from onegrid.core.media.lengths import spoken_limit
from onegrid.portal.readers.kinds import all_kinds, is_kept_private, kinds_like, not_ours
from onegrid.portal.readers.receipt import receipt_page
from onegrid.portal.web.frame import frame
from onegrid.portal.web.report_files import MOST_FILES
from onegrid.portal.web.report_form import CarriedOut, ReportForm
from onegrid.portal.web.report_hints import WORDS
from onegrid.portal.web.report_state import new_state
from onegrid.portal.web.resident import hold, resident_of
from onegrid.portal.web.throttle import REPORTS, knock
from onegrid.residents.public import code_channels

RECEIPT_COOKIE = "receipt"
RECEIPT_SECONDS = 2 * 3600
OFFERED = ("text", "category", "lon", "lat", "system", "address", "community")  # what a link to the form may fill in


# What is secret in the page, its state and its token, is another each time, so its compressed length tells nothing.
@gzip_page
@require_http_methods(["GET", "POST"])
@login_not_required
def report(request: HttpRequest) -> HttpResponse:
    """Take a report from anybody, without an account."""
    if request.method == "GET":
        initial = {name: request.GET[name] for name in OFFERED if name in request.GET}
        return _page(request, ReportForm(initial=initial))
    at = timezone.now()
    form = ReportForm(request.POST, request.FILES)
    if again_at := knock(request, REPORTS, at=at):
        return _wait(request, form, again_at=again_at, at=at)
    if "look" in request.POST:  # without script: show the kinds and questions that fit what was written so far
        return _page(request, ReportForm(initial=_kept(form)))
    return _take(request, form, at)


@require_GET
@login_not_required
def suggestions(request: HttpRequest) -> HttpResponse:
    """Show the categories that fit what somebody writes."""
    chosen = request.GET.get("category", "")
    text, language = request.GET.get("text", ""), _language()
    found = {**_offered(text, chosen=chosen, language=language), "emergency_numbers": emergency_numbers(language)}
    return render(request, "portal/_kinds.html", found)


@require_GET
@login_not_required
def questions(request: HttpRequest) -> HttpResponse:
    """Show what the chosen category asks."""
    form = ReportForm(initial={"category": request.GET.get("category", "")})
    return render(request, "portal/_questions.html", _asked(form))


@require_GET
@login_not_required
def alike(request: HttpRequest) -> HttpResponse:
    """Show the open cases near a place that may be the same matter, to be joined instead."""
    form = ReportForm(initial={name: request.GET[name] for name in OFFERED if name in request.GET})
    return render(request, "portal/_alike.html", {"alike": form.alike(at=timezone.now())})


@require_GET
@login_not_required
def done(request: HttpRequest, number: str) -> HttpResponse:
    """Show the receipt, to the browser that sent the report."""
    held = request.get_signed_cookie(RECEIPT_COOKIE, "", salt=_salt(number), max_age=RECEIPT_SECONDS) or ""
    case_id, _dot, secret = held.partition(".")
    found = receipt_page(UUID(case_id), secret=secret, language=_language(), at=timezone.now()) if held else None
    if found is None:
        raise NotFoundError(_("A receipt is shown only for two hours and where the report was sent from."))
    link = request.build_absolute_uri(reverse("portal:private", args=[secret]))
    context = {**frame(request), "receipt": found, "link": link, "can_sign_in": bool(code_channels())}
    return _unkept(render(request, "portal/receipt.html", context))


def _take(request: HttpRequest, form: ReportForm, at: datetime) -> HttpResponse:
    try:
        if form.is_valid():
            if said := form.personal_hints():
                return _page(request, form, said=said)
            carried_out = form.carry_out(at=at)
            if form.cleaned_data["mine"]:
                hold(request, carried_out.secret, at=at)
            return _to_receipt(request, carried_out)
    except ReplayedWithAnotherBodyError:
        problem = _("This form has sent a report already. If this is another matter, send it once more.")
        form = ReportForm(initial={**_kept(form), "state": new_state()})
        return _page(request, form, problem=problem, status=HTTPStatus.CONFLICT)
    except DomainError as refusal:
        form.take_refusal(refusal)
    return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _to_receipt(request: HttpRequest, carried_out: CarriedOut) -> HttpResponse:
    """Lead to the receipt; the secret goes in a cookie that only that page gets, not in an address."""
    number = carried_out.number
    url = reverse("portal:done", args=[number])
    response: HttpResponse = HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": url})
    response.set_signed_cookie(
        RECEIPT_COOKIE, f"{carried_out.case_id}.{carried_out.secret}", salt=_salt(number), max_age=RECEIPT_SECONDS,
        path=url, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return _unkept(response)


def _wait(request: HttpRequest, form: ReportForm, *, again_at: datetime, at: datetime) -> HttpResponse:
    said = _("Many reports have come from your connection this hour. Your text is kept; send it again after %(time)s.")
    problem = said % {"time": date_format(again_at, "H:i")}
    response = _page(request, ReportForm(initial=_kept(form)), problem=problem, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(int((again_at - at).total_seconds()) + 1)
    return response


def _page(
    request: HttpRequest, form: ReportForm, *, problem: str = "", said: Sequence[str] = (), status: int = HTTPStatus.OK
) -> HttpResponse:
    language, chosen, text = _language(), str(form["category"].value() or ""), str(form["text"].value() or "")
    context = {
        **frame(request),
        **_asked(form),
        "problem": problem,
        "said": said,
        "hint_words": WORDS.items(),
        "has_account": resident_of(request, at=timezone.now()) is not None,
        "is_named": form["who"].value() == "contact",
        **_offered(text, chosen=chosen, language=language),
        "text": text,
        # A script still has the files; without one the browser forgets them with every answer.
        "kept_files": [] if request.headers.get("HX-Request") else form.kept_files(),
        "alike": form.alike(at=timezone.now()),
        "groups": all_kinds(language=language),
        "most_files": MOST_FILES,
        "file_limit": settings.UPLOAD_LIMIT,
        "file_megabytes": settings.UPLOAD_LIMIT // (1024 * 1024),
        "video_limit": settings.VIDEO_LIMIT,
        "video_megabytes": settings.VIDEO_LIMIT // (1024 * 1024),
        "voice_seconds": settings.VOICE_SECONDS,
        "video_seconds": settings.VIDEO_SECONDS,
        "voice_length": spoken_limit(settings.VOICE_SECONDS),
        "video_length": spoken_limit(settings.VIDEO_SECONDS),
        "accept_hours": BEFORE_CATEGORY["accept"],
    }
    return _unkept(render(request, "portal/report.html", context, status=status))


def _offered(text: str, *, chosen: str, language: str) -> dict[str, object]:
    """Return the kinds that fit, and whether to say at once whom to call: words of danger have done so beside them."""
    kinds = kinds_like(text, chosen=chosen, language=language)
    is_urgent = bool(kinds and kinds[0].is_urgent) and not speaks_of_danger(text)
    return {
        "kinds": kinds, "chosen": chosen, "is_urgent": is_urgent, "elsewhere": not_ours(text, language=language)
    }  # fmt: skip


def _asked(form: ReportForm) -> dict[str, object]:
    return {"form": form, "entry": form.entry, "is_kept_private": bool(form.entry and is_kept_private(form.entry))}


def _kept(form: ReportForm) -> dict[str, object]:
    return {bound.name: bound.value() for bound in form if bound.name in form.data}


def _unkept(response: HttpResponse) -> HttpResponse:
    """
    Let nobody keep the page, and no address of ours travel as a referrer.

    Not `no-referrer`: with that, browsers send forms without their origin, and we refuse those.
    """
    patch_cache_control(response, no_store=True, private=True)
    response["Referrer-Policy"] = "strict-origin"
    return response


def _salt(number: str) -> str:
    return f"portal.receipt:{number}"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
