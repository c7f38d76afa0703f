"""The square on paper that a phone reads as an address, drawn as one shape."""

import qrcode
from qrcode.constants import ERROR_CORRECT_M


def square(address: str) -> bytes:
    """Return the QR code of an address as SVG, with the quiet zone that readers need."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(address)
    rows = code.get_matrix()
    drawn = "".join(
        f"M{column} {line}h1v1h-1z" for line, row in enumerate(rows) for column, is_dark in enumerate(row) if is_dark
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{drawn}"/></svg>'
    ).encode()
