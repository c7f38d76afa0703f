"""Through which doors cases come in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Through which door a case came in."""

    PORTAL = "portal", _("Public site")
    GRID_WORKER = "grid_worker", _("Grid worker")
    DESK = "desk", _("Desk")
    PHONE = "phone", _("Phone")
    API = "api", _("Partner system")
    IMPORT = "import", _("Past cases")
    WECHAT = "wechat", _("WeChat")
    EMAIL = "email", _("E-mail")
    TIP = "tip", _("Confidential tip")


# By which reporters themselves write, without an account.
REPORTERS_OWN = frozenset({Channel.PORTAL, Channel.WECHAT, Channel.EMAIL})
