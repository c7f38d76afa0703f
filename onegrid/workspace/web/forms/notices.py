"""The form of how one wants to be told."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onegrid.core.errors import InvalidInputError
from onegrid.notifications.public import Channel, Settings, Wishes


class NoticeSettingsForm(forms.Form):
    """Channels by kind, quiet hours, address and number."""

    email = forms.CharField(label=_("E-mail address"), required=False, max_length=254)
    phone = forms.CharField(label=_("Mobile number"), required=False, max_length=30)
    has_quiet = forms.BooleanField(label=_("Quiet hours"), required=False)
    quiet_from = forms.TimeField(label=_("Begin at"), required=False)
    quiet_until = forms.TimeField(label=_("End at"), required=False)

    def __init__(self, *args: Any, known: Settings, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        more["auto_id"] = "f_%s"
        more["initial"] = {
            "email": known.new_email or known.email,
            "phone": known.phone,
            "has_quiet": known.quiet_from is not None,
            "quiet_from": known.quiet_from or time(22),
            "quiet_until": known.quiet_until or time(7),
        }
        super().__init__(*args, **more)
        self._known = known
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        for kind in known.kinds:
            self.fields[_name(kind.code)] = forms.MultipleChoiceField(
                label=kind.label,
                required=False,
                choices=[(channel.value, channel.label) for channel in known.channels],
                initial=[str(channel) for channel in kind.chosen],
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def kind_fields(self) -> list[forms.BoundField]:
        """Return the choice of channels of each kind; none where the site has no channel."""
        return [self[_name(kind.code)] for kind in self._known.kinds] if self._known.channels else []

    @property
    def wishes(self) -> Wishes:
        """Return what a valid form says."""
        data = self.cleaned_data
        is_quiet = data["has_quiet"]
        return Wishes(
            channels={kind.code: self._chosen(kind.code) for kind in self._known.kinds},
            quiet_from=data["quiet_from"] if is_quiet else None,
            quiet_until=data["quiet_until"] if is_quiet else None,
            email=data["email"],
            phone=data["phone"],
        )

    def take_refusal(self, refusal: InvalidInputError) -> None:
        """Show what was refused, at its fields where they are known."""
        for name, message in (refusal.fields or {"": str(refusal)}).items():
            self.add_error(name if name in self.fields else None, message)

    def _chosen(self, code: str) -> list[Channel]:
        return [Channel(value) for value in self.cleaned_data[_name(code)]]


def _name(code: str) -> str:
    return f"kind-{code}"
