"""Turn away bodies that are larger than any upload may be, before they reach the disk."""

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """Stand before Django's own handlers: look at the length of the body, and let its files pass."""

    def handle_raw_input(  # noqa: PLR0917  # Django's signature
        self,
        input_data: IO[bytes],  # noqa: ARG002
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> Any:  # noqa: ANN401
        """
        Refuse the body by its length. The server reads no more of it than it said.

        :raises RequestDataTooBig: if it is longer than `UPLOAD_REQUEST_LIMIT`.
        """
        if content_length > settings.UPLOAD_REQUEST_LIMIT:
            message = f"The body has {content_length} bytes, more than UPLOAD_REQUEST_LIMIT."
            raise RequestDataTooBig(message)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Pass everything on to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
