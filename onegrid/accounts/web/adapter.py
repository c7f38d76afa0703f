"""What allauth does our way: nobody signs up, refusals are plain, everything leaves a line in the trail."""

import base64
import hashlib
from datetime import timedelta
from typing import ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.accounts.actions.sign_in import (
    Refusal,
    note_credential_change,
    note_refused_sign_in,
    note_sign_in,
    note_sign_out,
)
from onegrid.accounts.models import User
from onegrid.accounts.readers.second_factor import needs_second_factor
from onegrid.core.durations import spoken
from onegrid.core.web.sources import pseudonym

SAID = {
    "account/messages/password_changed.txt": gettext_lazy("Your password is changed."),
    "mfa/messages/totp_activated.txt": gettext_lazy(
        "The authenticator is set up. You need it from the next sign-in on."
    ),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator is removed. A password is enough again."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "These are your recovery codes. Any made earlier no longer work."
    ),
}


class SignInAdapter(DefaultAccountAdapter):
    """Signing in and out."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("This name and password do not belong together. Please check both."),
        "account_inactive": gettext_lazy("This account is closed. Please ask your administrator."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "incorrect_code": gettext_lazy("This code does not fit. It changes every 30 seconds: enter the one shown now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  as allauth calls it
        """Say no: administrators open accounts."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the name under which limits count somebody: each apart behind our proxy, and nobody's address."""
        return pseudonym(request, at=timezone.now())

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """Return a refusal; one for too many attempts says when to try again."""
        if code == "too_many_login_attempts":
            return ValidationError(_locked_out(), code=code)
        error = super().validation_error(code, *args)
        assert isinstance(error, ValidationError)
        return error

    def post_login(self, request: HttpRequest, user: User, **kwargs: object) -> HttpResponse:
        """Note the sign-in and go on in the language this person reads."""
        response = super().post_login(request, user, **kwargs)
        assert isinstance(response, HttpResponse)
        note_sign_in(by=user, at=timezone.now())
        if user.language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def logout(self, request: HttpRequest) -> None:
        """Note the sign-out."""
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            note_sign_out(by=user, at=timezone.now())

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Note whoever is locked out after too many attempts."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            username = credentials.get("username", "")
            note_refused_sign_in(username=username, why=Refusal.LOCKED_OUT, at=timezone.now())
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:  # noqa: ARG002  as allauth calls it
        """Note the refusal."""
        username = credentials.get("username", "")
        note_refused_sign_in(username=username, why=Refusal.WRONG_PASSWORD, at=timezone.now())

    def add_message(self, request: HttpRequest, level: int, *args: object, **kwargs: object) -> None:
        """Say what a person wants to know, in our words; "you have signed in" they see themselves."""
        template = args[0] if args else kwargs.get("message_template")
        if template in SAID:
            super().add_message(request, level, message=str(SAID[str(template)]))

    def send_notification_mail(self, template_prefix: str, user: User, *_args: object, **_kwargs: object) -> None:
        """Note what allauth would send mail about: a change of how somebody signs in."""
        note_credential_change(by=user, change=template_prefix.rpartition("/")[2], at=timezone.now())


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: its secrets are kept encrypted, and administrators cannot do without."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": SignInAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": gettext_lazy("An administrator cannot do without a second factor."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with the installation's key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt it, also with a former key."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say no to administrators."""
        return not needs_second_factor(authenticator.user)


def _cipher() -> MultiFernet:
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    derived = [hashlib.sha256(f"second factor:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def _locked_out() -> str:
    longest = max((rate.duration for rate in parse_rates(app_settings.RATE_LIMITS["login_failed"])), default=60)
    text = _("Too many wrong attempts. Nobody can sign in with this name for %(wait)s; try again after %(time)s.")
    until = timezone.localtime() + timedelta(seconds=longest, minutes=1)
    return text % {"wait": spoken(timedelta(seconds=longest)), "time": f"{until:%H:%M}"}
