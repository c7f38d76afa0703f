"""What the holder of a private link writes: more information, a rating, why it is not solved."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2000  # characters
GRADES = [("5", _("5 – very satisfied")), ("4", "4"), ("3", "3"), ("2", "2"), ("1", _("1 – not satisfied at all"))]
_LINES = {"rows": 4}


def _words(**more: object) -> forms.CharField:
    return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs=_LINES), **more)


class InformationForm(forms.Form):
    """Something to add to one's own report."""

    prefix = "more"
    text = _words(label=_("What would you like to add?"))


class RatingForm(forms.Form):
    """What one thinks of the result."""

    YES, NO = "yes", "no"

    prefix = "rating"
    is_solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect
    )
    satisfaction = forms.ChoiceField(label=_("How satisfied are you?"), choices=GRADES, widget=forms.RadioSelect)
    comment = _words(label=_("Why? (you may leave this empty)"), required=False)


class NotSolvedForm(forms.Form):
    """Why a closed case is not solved."""

    prefix = "again"
    reason = _words(label=_("What is not solved?"))
