"""The forms of signing in and of one's own account, in our words."""

from datetime import datetime, timedelta
from typing import ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from onegrid.accounts.rules import Scope


class OurWords:
    """Gives the fields of one of allauth's forms our labels, without placeholders and advice."""

    labels: ClassVar[dict[str, StrOrPromise]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)


class SignInForm(OurWords, LoginForm):
    """Name and password."""

    labels: ClassVar = {"login": _("Staff number"), "password": _("Password")}


class PasswordAgainForm(OurWords, ReauthenticateForm):
    """The password once more, before something delicate."""

    labels: ClassVar = {"password": _("Password")}


class NewPasswordForm(OurWords, ChangePasswordForm):
    """The old password and, twice, the new one."""

    labels: ClassVar = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }


class CodeForm(OurWords, AuthenticateForm):
    """The second step of signing in."""

    labels: ClassVar = {"code": _("Code")}


class CodeOnceMoreForm(OurWords, CodeAgainForm):
    """The code once more, before something delicate."""

    labels: ClassVar = {"code": _("Code")}


class FirstCodeForm(OurWords, ActivateTOTPForm):
    """The first code of a new authenticator, which proves that it works."""

    labels: ClassVar = {"code": _("Code the authenticator shows")}


class ApiKeyForm(forms.Form):
    """A new API key."""

    name = forms.CharField(label=_("What for"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
        coerce=int,
        initial=90,
    )

    def expires_at(self, at: datetime) -> datetime:
        """Return when the key ends if it is made at that moment."""
        return at + timedelta(days=self.cleaned_data["days"])
