"""A real mail server in a thread of this process: it speaks SMTP and keeps what arrives."""

import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Mailbox:
    """Takes mail, refuses some recipients for good or for now, breaks off where told."""

    def __init__(self):
        self.host, self.port = "127.0.0.1", _free_port()
        self.mails = []
        self.refuses = {}  # address → the answer it gets
        self._controller = Controller(self, hostname=self.host, port=self.port)

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_):
        self._controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802, ARG002  # as aiosmtpd calls it
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, ARG002  # as aiosmtpd calls it
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
