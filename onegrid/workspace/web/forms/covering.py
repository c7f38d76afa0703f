"""What an officer wants covered in the public copy of a photo: numbers, which a script draws on the picture."""

from collections.abc import Iterator

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.cases.public import CoverChange

SIDES = ("left", "top", "width", "height")
_PERCENT, _BLANK = 100, 2


class CoverForm(forms.Form):
    """Boxes to lift with a reason, boxes to cover again, and any number of new ones in percent of the sides."""

    drawn = forms.Field(required=False, label=gettext_lazy("More boxes"))
    reason = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Why may the public see what lies under it?"),
        help_text=gettext_lazy("Only for boxes that you lift. The reason is kept in the timeline with your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="f_%s")
        self.sent = data

    def rows(self) -> list[list[str]]:
        """Return what was written into the rows of numbers, as it was written."""
        columns = [self.sent.getlist(side) for side in SIDES] if self.sent else [[]] * len(SIDES)
        return [list(row) for row in zip(*columns, strict=False) if any(part.strip() for part in row)]

    def blank_rows(self) -> list[list[str]]:
        """Return the rows of numbers to draw: what was written, and empty ones to write more."""
        return [*self.rows(), *([""] * len(SIDES) for _row in range(_BLANK))]

    def clean_drawn(self) -> list[tuple[float, float, float, float]]:
        """Return the new boxes in parts of the sides; the edge of a box may lie a hair outside the picture."""
        try:
            return [(left, top, width, height) for left, top, width, height in self._numbers()]
        except ValueError as fault:
            raise forms.ValidationError(_("A box needs four numbers from 0 to 100.")) from fault

    def _numbers(self) -> Iterator[list[float]]:
        for row in self.rows():
            left, top, width, height = (float(part.replace(",", ".")) / _PERCENT for part in row)
            if not all(0 <= part <= 1 for part in (left, top, width, height)):
                raise ValueError(row)
            yield [left, top, min(width, 1 - left), min(height, 1 - top)]

    def change(self) -> CoverChange:
        """Return what is wanted otherwise."""
        data = self.cleaned_data
        return CoverChange(
            drawn=data["drawn"], lifted=self.chosen("lift"), covered=self.chosen("cover"), reason=data["reason"]
        )

    def chosen(self, name: str) -> list[int]:
        """Return the numbers of the boxes that are ticked to `lift` or to `cover` again."""
        return [int(number) for number in self.sent.getlist(name) if number.isdecimal()] if self.sent else []
