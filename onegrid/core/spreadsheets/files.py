"""A table as a download: its name, its type, and its parts as they are written."""

from collections.abc import Iterable
from datetime import datetime

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
MEDIA_TYPES = {"csv": CSV, "xlsx": XLSX, "pdf": PDF}


def file_name(stem: str, *, at: datetime, extension: str) -> str:
    """Return a name that says what it is and from when; `at` is in the district's own time."""
    return f"{stem}-{at.strftime('%Y%m%d-%H%M')}.{extension}"


def download(parts: Iterable[bytes], *, name: str) -> StreamingHttpResponse:
    """Return the answer that gives the parts out as they come, to be kept as a file and by nobody on the way."""
    response = StreamingHttpResponse(
        (part for part in parts if part), content_type=MEDIA_TYPES[name.rpartition(".")[2]]
    )
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Accel-Buffering"] = "no"
    return response
