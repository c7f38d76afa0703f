"""Pages of which nothing is noted: no line, no figures, no time and no id, because a tip may come by them."""

from django.conf import settings
from django.http import HttpRequest


def is_discreet(request: HttpRequest) -> bool:
    """Tell whether a request is for one of `DISCREET_PATHS`."""
    return request.path_info.startswith(settings.DISCREET_PATHS)
