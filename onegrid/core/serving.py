"""
Serve kept files to browsers, so that no file can act in our name.

Whatever the file holds, the browser takes it for the type we found in it, runs
nothing of it and gives it no access to the site.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from onegrid.core.files import open_file

_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_SHOWN = ("image/", "audio/", "video/")


@dataclass(frozen=True, kw_only=True)
class ServedFile:
    """A kept file as it is given out: its hash and type, the name it is saved by, how it is cached."""

    sha256: str
    media_type: str
    name: str
    cache: str = "private, no-cache"


def serve(request: HttpRequest, served: ServedFile) -> HttpResponseBase:
    """
    Answer with a file, a part of it, or that the browser has it already.

    :raises FileNotFoundError: if it is not kept.
    """
    etag = f'"{served.sha256}"'
    response = get_conditional_response(request, etag=etag) or _content(request, served, etag)
    response["ETag"] = etag
    response["Cache-Control"] = served.cache
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'self'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _content(request: HttpRequest, served: ServedFile, etag: str) -> HttpResponseBase:
    content = open_file(served.sha256)
    size = content.size
    wanted = wanted_range(request.headers.get("Range", ""), size)
    if request.headers.get("If-Range", etag) != etag:
        wanted = None
    if wanted is not None and not wanted:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = wanted or range(size)
    response = StreamingHttpResponse(_Slice(content, part), content_type=served.media_type)
    response["Content-Length"] = str(len(part))
    response["Accept-Ranges"] = "bytes"
    is_shown = served.media_type.startswith(_SHOWN)
    response["Content-Disposition"] = content_disposition_header(not is_shown, served.name) or "attachment"
    if wanted:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


def wanted_range(header: str, size: int) -> range | None:
    """
    Return the one part that a Range header asks for (RFC 9110 §14.2).

    None where it asks for nothing we understand, and so gets the whole file; an
    empty part where it asks for what is not there.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1 if last else size, size))


class _Slice:
    """A part of an open file in pieces; closes it with the response."""

    def __init__(self, content: IO[bytes], part: range) -> None:
        self._content, self._part = content, part

    def __iter__(self) -> Iterator[bytes]:
        self._content.seek(self._part.start)
        left = len(self._part)
        while left and (data := self._content.read(min(left, _CHUNK))):
            left -= len(data)
            yield data

    def close(self) -> None:
        self._content.close()
