"""What must never stand in a log, whoever writes it, and what must not stand there as our fault."""

import logging
import re

from django.http import HttpRequest

_PRIVATE_LINK = re.compile(
    r"((?<=/t/)|(?<=/api/v1/reports/)|(?<=/follow/yes/)|(?<=/follow/stop/)|(?<=/my/stop/)|(?<=/notices/email/)"
    r"|(?<=/report/files/))[^/\s]+"
)


def without_secrets(text: object) -> object:
    """Return a text with the secret of every private link left out."""
    return _PRIVATE_LINK.sub("…", text) if isinstance(text, str) else text


class NoPrivateLinks(logging.Filter):
    """
    Takes the addresses out of the lines in which Django names one that it refused: the view stands there instead.

    In any other line the secrets of private links are left out by how they begin.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line; let every one pass."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record.args = tuple(_with_view(argument, request) for argument in record.args)
        record.msg = without_secrets(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(argument) for argument in record.args)
        return True


def _with_view(argument: object, request: HttpRequest) -> object:
    """Return the view in the place of its address; of an address without a view, how it begins."""
    if argument != request.path:
        return argument
    first = request.path.split("/")[1]
    return request.resolver_match.view_name if request.resolver_match else f"/{first}/…"


class CallersFaults(logging.Filter):
    """Makes a warning without a trace of what Django calls an error of ours: a wrong host, too many fields."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line; let every one pass."""
        if record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = None
        return True
