"""One's own account: language, password, second factor, API keys; and the language switch of every page."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from onegrid.accounts.actions.choose_language import choose_language
from onegrid.accounts.actions.create_api_key import create_api_key
from onegrid.accounts.actions.revoke_api_key import revoke_api_key
from onegrid.accounts.models import User
from onegrid.accounts.readers.api_keys import keys_of
from onegrid.accounts.readers.second_factor import has_second_factor, needs_second_factor
from onegrid.accounts.web.forms import ApiKeyForm
from onegrid.core.errors import InvalidInputError


@require_GET
def my_account(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    return _page(request, ApiKeyForm())


@never_cache  # the answer holds the key
@require_POST
def create_key(request: HttpRequest) -> HttpResponse:
    """Make an API key and show it, this once."""
    assert isinstance(request.user, User)
    form = ApiKeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    now = timezone.now()
    name, scopes = form.cleaned_data["name"], form.cleaned_data["scopes"]
    try:
        _key, text = create_api_key(name=name, scopes=scopes, expires_at=form.expires_at(now), by=request.user, at=now)
    except InvalidInputError as refusal:
        return _page(request, form, problem=str(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _page(request, ApiKeyForm(), new_key=text)


@require_POST
def revoke_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Revoke an API key."""
    assert isinstance(request.user, User)
    revoke_api_key(key_id=key_id, by=request.user, at=timezone.now())
    success(request, _("The key is revoked. Programs that use it are refused from now on."))
    return redirect("my_account")


@csrf_exempt  # public pages are kept for everybody and so carry nobody's token; a stranger's language is no secret
@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Change the language of the site, for a person who is signed in on every device."""
    return _own_language(request) if isinstance(request.user, User) else set_language(request)


@csrf_protect
def _own_language(request: HttpRequest) -> HttpResponseBase:
    assert isinstance(request.user, User)
    choose_language(language=request.POST.get("language", ""), by=request.user, at=timezone.now())
    return set_language(request)


def _page(request: HttpRequest, form: ApiKeyForm, *, status: int = HTTPStatus.OK, **extra: str) -> HttpResponse:
    assert isinstance(request.user, User)
    context = {
        "form": form,
        "keys": keys_of(request.user, timezone.now()),
        "has_second_factor": has_second_factor(request.user),
        "needs_second_factor": needs_second_factor(request.user),
        **extra,
    }
    return render(request, "account/my_account.html", context, status=status)
