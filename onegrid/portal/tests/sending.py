"""How the tests send a file piece by piece."""

import socket
from urllib.parse import urlsplit

from django.urls import reverse

TUS = {"tus-resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


def begin(client, length, *, metadata="", first=None):
    """Begin an upload; the address of it is the `url` of the answer."""
    headers = {**TUS, "upload-length": str(length)} | ({"upload-metadata": metadata} if metadata else {})
    also = {"data": first, "content_type": PIECE} if first else {}
    response = client.post(reverse("portal:uploads"), headers=headers, **also)
    response.url = response.headers.get("Location")
    return response


def piece(client, url, data, *, offset, **headers):
    return client.patch(url, data, content_type=PIECE, headers={**TUS, "upload-offset": str(offset), **headers})


def send_whole(client, content, **also):
    return piece(client, begin(client, len(content), **also).url, content, offset=0)


def sent_before(client, content):
    """Return the id of a file that has arrived whole."""
    url = begin(client, len(content), metadata="filename YS5qcGc=").url
    assert piece(client, url, content, offset=0).status_code == 204
    return url.rstrip("/").rpartition("/")[2]


def cut_off(url, data, *, offset, announced):
    """Send some bytes of a piece and break the connection, as a train that enters a tunnel does."""
    server = urlsplit(url)
    with socket.create_connection((server.hostname, server.port)) as line:
        head = (
            f"PATCH {server.path} HTTP/1.1\r\nHost: {server.netloc}\r\nTus-Resumable: 1.0.0\r\n"
            f"Upload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\n"
            f"Content-Length: {announced}\r\n\r\n"
        )
        line.sendall(head.encode() + data)
