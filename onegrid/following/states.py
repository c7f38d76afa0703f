"""What can be followed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """One case, an area, the surroundings of a point, a category, or everything that is public."""

    CASE = "case", _("A case")
    PLACE = "place", _("A place")
    AROUND = "around", _("Around a point")
    CATEGORY = "category", _("A kind of matter")
    ALL = "all", _("Everything public")
