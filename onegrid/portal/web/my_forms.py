"""What residents write to come in: an address, a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onegrid.notifications.public import Channel
from onegrid.residents.public import code_channels

LONGEST_ADDRESS = 254
LONGEST_CODE = 20  # with whatever stands between the digits


class AddressForm(forms.Form):
    """Where a code is to be sent: its label names what this installation can reach."""

    address = forms.CharField(
        max_length=LONGEST_ADDRESS, error_messages={"required": _("Write where the code should go.")}
    )

    def __init__(self, *arguments: object, **also: object) -> None:
        super().__init__(*arguments, **also)  # type: ignore[arg-type]  # as Django has it
        channels = code_channels()
        field, is_both = self.fields["address"], len(channels) > 1
        if is_both:
            field.label = _("E-mail address or mobile number")
            field.widget = forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
        elif Channel.SMS in channels:
            field.label = _("Mobile number")
            field.widget = forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
        else:
            field.label = _("E-mail address")
            field.widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("The six digits"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9 ]*"}),
        error_messages={"required": _("Write the six digits that were sent to you.")},
    )
