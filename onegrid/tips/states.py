"""Where a tip stands, who wrote a message of it, and what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a tip stands for those who read it."""

    NEW = "new", _("New")
    OPEN = "open", _("In dialogue")
    CLOSED = "closed", _("Closed by its readers")


class Author(TextChoices):
    """Who wrote a message; a note is for the readers of the channel only."""

    TIPSTER = "tipster", _("The person who gave the tip")
    OFFICER = "officer", _("Answer")
    NOTE = "note", _("Internal note")


class Ending(TextChoices):
    """What became of a tip, as its readers say."""

    NONE = "", _("not decided")
    CASE = "case", _("A case was written from it")
    PASSED_ON = "passed_on", _("Passed on to whom the law names")
    NOTHING = "nothing", _("Nothing to be done")
    ABUSE = "abuse", _("No tip at all")
