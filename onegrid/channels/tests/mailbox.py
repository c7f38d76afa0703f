"""A mailbox on this machine that speaks IMAP over TLS: as much of it as a program needs that fetches mail."""

import re
import ssl
from datetime import UTC, datetime, timedelta
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "report@grid.example.org", 'pass "word" \\'


class ImapServer:
    """Keeps mails by number; `flags` are what was marked."""

    def __init__(self, folder):
        self.mails, self.flags = {}, {}
        self._server = ThreadingTCPServer(("localhost", 0), type("Handler", (_Handler,), {"box": self}))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        certificate = _certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.trusted = ssl.create_default_context(cafile=certificate)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def put(self, raw):
        """Let a mail arrive."""
        self.mails[str(len(self.mails) + 1)] = raw


class _Handler(StreamRequestHandler):
    """One connection. `box` is set by the server that it belongs to."""

    box = None

    def handle(self):
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, _, rest = line.decode().strip().partition(" ")
            self.say(f"{tag} {self.do(rest)}".encode())
            if rest.upper() == "LOGOUT":
                return

    def do(self, rest):
        """Do a command; return how it ended."""
        for pattern, command in self.COMMANDS.items():
            if match := re.match(pattern, rest, re.IGNORECASE):
                return command(self, match) or "OK done"
        return "OK done"

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def login(self, match):
        return "OK in" if match[0].endswith(r'"pass \"word\" \\"') else "NO [AUTHENTICATIONFAILED] no"

    def capability(self, _match):
        self.say(b"* CAPABILITY IMAP4rev1")

    def select(self, _match):
        self.say(f"* {len(self.box.mails)} EXISTS".encode())

    def search(self, _match):
        unread = [uid for uid in self.box.mails if r"\Seen" not in self.box.flags.get(uid, "")]
        self.say(f"* SEARCH {' '.join(unread)}".encode())

    def fetch(self, match):
        raw = self.box.mails[match[1]][: int(match[2])]
        self.say(f"* {match[1]} FETCH (UID {match[1]} BODY[]<0> {{{len(raw)}}}".encode())
        self.wfile.write(raw)
        self.say(b")")

    def store(self, match):
        self.box.flags[match[1]] = match[2]

    COMMANDS: ClassVar = {
        "LOGIN .*": login,
        "CAPABILITY": capability,
        "SELECT": select,
        "UID SEARCH": search,
        r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)": fetch,
        r"UID STORE (\d+) \+FLAGS\.SILENT (.*)": store,
    }


def _certificate(folder):
    """Write a key and a certificate of its own for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "certificate.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
