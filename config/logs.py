"""What must never stand in a log, whoever writes it."""

import logging
import re

_PRIVATE_LINK = re.compile(
    r"((?<=/t/)|(?<=/api/v1/reports/)|(?<=/follow/yes/)|(?<=/follow/stop/)|(?<=/my/stop/))[^/\s]+"
)


def without_secrets(text: object) -> object:
    """Return a text with the secret of every private link left out."""
    return _PRIVATE_LINK.sub("…", text) if isinstance(text, str) else text


class NoPrivateLinks(logging.Filter):
    """Takes the secrets of private links out of the lines in which Django names an address it refused."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line; let every one pass."""
        record.msg = without_secrets(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(argument) for argument in record.args)
        return True
