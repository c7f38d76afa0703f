"""On which version of a thing a change was decided (RFC 9110 §13.1): `version` in the body, or `If-Match: "7"`."""

import re

from django.http import HttpRequest
from django.utils.translation import gettext as _

from onegrid.core.api.errors import VersionMissingError
from onegrid.core.errors import InvalidInputError

_ETAG = re.compile(r'"(\d{1,9})"')


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def seen_version(request: HttpRequest, stated: int | None) -> int:
    """
    Return the version that a change was decided on.

    :raises VersionMissingError: if the request names none.
    :raises InvalidInputError: if If-Match is no tag of ours, or says another one than the body.
    """
    header = request.headers.get("If-Match")
    if header is None:
        if stated is None:
            raise VersionMissingError
        return stated
    match = _ETAG.fullmatch(header.strip())
    if match is None or stated not in {None, int(match[1])}:
        message = _('If-Match must be one entity tag as we gave it, such as "7", and agree with the body.')
        raise InvalidInputError(message, fields={"If-Match": message})
    return int(match[1])
