"""What sealed messages and files must look like from outside: age files of one of a few sizes."""

import re
from typing import Final

HEADER: Final = b"age-encryption.org/v1\n-> X25519 "
CLASSES: Final = (4096, 16384, 65536)  # bytes of a message before it is sealed
SMALLEST_FILE, LARGEST_FILE = 16 * 1024, 128 * 1024 * 1024  # bytes; classes of files are powers of two
BLOCK: Final = 64 * 1024  # bytes that age seals at a time
TAG: Final = 16  # bytes that each block grows by
STANZA: Final = 200  # bytes that a recipient adds at most
HEAD: Final = 256  # bytes of the rest of the header, and the nonce
_END: Final = b"\n--- "
_AFTER_END: Final = len(_END) + 43 + 1 + 16  # with the header's seal in base64, a line's end and the nonce

_PUBLIC_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_HASH = re.compile(r"[0-9a-f]{64}")


def is_public_key(text: str) -> bool:
    """Tell whether a text can be the public key of an X25519 pair, as age writes it."""
    return bool(_PUBLIC_KEY.fullmatch(text))


def is_hash(text: str) -> bool:
    """Tell whether a text can be 32 bytes in hexadecimal digits."""
    return bool(_HASH.fullmatch(text))


def is_sealed(body: bytes, *, recipients: int) -> bool:
    """
    Tell whether bytes can be a message sealed to so many, padded as it must be.

    Whether they are really encrypted cannot be told; what a browser of ours makes passes, plain text does not.
    """
    return has_header(body, recipients=recipients) and padded_size(body, size=len(body)) in CLASSES


def is_sealed_file(start: bytes, *, size: int, recipients: int) -> bool:
    """Tell the same of a file of so many bytes that starts like this."""
    padded = padded_size(start, size=size)
    is_class = padded.bit_count() == 1 and SMALLEST_FILE <= padded <= LARGEST_FILE
    return has_header(start, recipients=recipients) and is_class


def has_header(start: bytes, *, recipients: int) -> bool:
    """Tell whether bytes start like something sealed to at most so many."""
    return start.startswith(HEADER) and 0 < start.find(_END) < HEAD + STANZA * recipients


def padded_size(start: bytes, *, size: int) -> int:
    """Return how large something of so many bytes was before it was sealed; nothing sensible if it is not sealed."""
    sealed = max(0, size - start.find(_END) - _AFTER_END)
    return sealed - TAG * -(-sealed // (BLOCK + TAG))
