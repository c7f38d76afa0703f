"""What the holder of a private link writes: more information, a rating, why it is not solved."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2000  # characters
GRADES = [(str(grade), str(grade)) for grade in range(1, 6)]


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4})


class InformationForm(forms.Form):
    """Something to add to one's own report."""

    prefix = "more"
    text = forms.CharField(label=_("What would you like to add?"), max_length=LONGEST, widget=_lines())


class RatingForm(forms.Form):
    """What one thinks of the result."""

    YES, NO = "yes", "no"

    prefix = "rating"
    is_solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=[(YES, _("Yes, it is solved")), (NO, _("No, not yet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is solved.")},
    )
    satisfaction = forms.ChoiceField(
        label=_("How satisfied are you?"),
        choices=GRADES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how satisfied you are.")},
    )
    comment = forms.CharField(
        label=_("Why? (you may leave this empty)"), max_length=LONGEST, required=False, widget=_lines()
    )


class NotSolvedForm(forms.Form):
    """Why a closed case is not solved."""

    prefix = "again"
    reason = forms.CharField(label=_("What is still not solved?"), max_length=LONGEST, widget=_lines())
