"""The TLS proxy of `deploy/nginx.conf`, as it is given, in front of a running installation."""

import http.client
import shutil
import ssl
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.operation.running import ROOT, Running, wait_for

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
OPENSSL = shutil.which("openssl") or ""
NAME = "grid.example.org"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("up"),
    pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed here"),
    pytest.mark.skipif(not OPENSSL, reason="openssl is not installed here"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc"),
]


@pytest.fixture(scope="module")
def ports(free_port):
    return {"http": free_port(), "https": free_port()}


@pytest.fixture(scope="module")
def up(home, environment, free_port, ports):
    own = {
        "ONEGRID_BEHIND_TLS": "yes",
        "ONEGRID_LIVE_URL": "/live/",
        "ONEGRID_ALLOWED_HOSTS": NAME,
        "ONEGRID_TRUSTED_ORIGINS": f"https://{NAME}:{ports['https']}",
    }
    running = Running(home, environment=environment | own, port=free_port())
    running.until_ready()
    yield running
    running.end()


@pytest.fixture(scope="module")
def proxy(up, home, ports):
    """The file as it is, but for its certificate, its ports and those behind it."""
    folder = home / "nginx"
    folder.mkdir()
    relay = Path(f"/proc/{up.child('config.live')}/cmdline").read_bytes().split(b"\0")
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in {
        "listen 80;": f"listen {ports['http']};",
        "listen 443 ": f"listen {ports['https']} ",
        "127.0.0.1:8000": f"127.0.0.1:{up.port}",
        "127.0.0.1:8001": f"127.0.0.1:{relay[relay.index(b'--port') + 1].decode()}",
        "/etc/ssl/onegrid": str(folder),
        "/var/log/nginx": str(folder),
        "$host;": f"$host:{ports['https']};",  # which at port 443 nobody says
    }.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(f"pid {folder}/pid; events {{}} http {{ {text} }}")
    make_certificate(folder)
    process = subprocess.Popen([NGINX, "-e", folder / "start.log", "-c", folder / "nginx.conf", "-g", "daemon off;"])
    wait_for(lambda: (folder / "pid").exists() or process.poll() is not None)
    assert process.poll() is None, (folder / "start.log").read_text()
    yield folder
    process.terminate()
    process.wait(10)


def make_certificate(folder):
    subprocess.run(
        [
            OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}",
            "-addext", f"subjectAltName=DNS:{NAME}",
            "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem",
        ],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture
def ask(proxy, ports):
    """Ask for an address at the name of the site, over TLS, believing this one certificate."""
    context = ssl.create_default_context(cafile=proxy / "fullchain.pem")

    def asked(path, *, method="GET", body=None, headers=None):
        line = http.client.HTTPSConnection("127.0.0.1", ports["https"], timeout=30, context=context)
        line.sock = context.wrap_socket(
            line._create_connection(("127.0.0.1", ports["https"]), 30), server_hostname=NAME
        )
        try:
            line.request(
                method, path, body=body, headers={"Host": NAME, "Accept-Encoding": "identity"} | (headers or {})
            )
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        finally:
            line.close()

    return asked


@pytest.mark.usefixtures("proxy")
def test_nobody_stays_without_tls(ports):
    with closing(http.client.HTTPConnection("127.0.0.1", ports["http"], timeout=10)) as line:
        line.request("GET", "/report/", headers={"Host": NAME})
        answer = line.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/report/")


def test_pages_come_and_their_cookies_stay_on_tls(ask):
    status, headers, body = ask("/account/login/", headers={"Accept-Language": "en"})

    assert (status, "OneGrid" in body) == (200, True)
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "csrftoken" in headers["Set-Cookie"]
    assert "Secure" in headers["Set-Cookie"]


def test_a_form_of_the_own_site_is_taken_and_one_of_another_is_not(ask, ports):
    _status, headers, page = ask("/account/login/", headers={"Accept-Language": "en"})
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    sent = {
        "method": "POST",
        "body": f"csrfmiddlewaretoken={token}&login=nobody&password=wrong",
        "headers": {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": headers["Set-Cookie"].partition(";")[0],
            "Origin": f"https://{NAME}:{ports['https']}",
        },
    }

    assert ask("/account/login/", **sent)[0] == 200  # asked again: there is no such account
    sent["headers"]["Origin"] = "https://elsewhere.example"
    assert ask("/account/login/", **sent)[0] == 403


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_machines_ask_for_is_not_there_from_outside(ask, path):
    assert ask(path)[0] == 404


def test_the_relay_answers_below_its_address(ask):
    status, headers, _body = ask("/live/events?ticket=none")

    assert status == 403
    assert "Content-Security-Policy" not in headers  # it is not the site that says no


def test_what_is_larger_than_any_upload_is_refused_at_the_door(ask):
    status, _headers, _body = ask("/report/", method="POST", headers={"Content-Length": str(130 * 1024**2)})

    assert status == 413


def test_nobody_finds_addresses_in_its_log(ask, proxy):
    ask("/r/a-secret-of-a-private-link/")
    ask("/tips/")

    assert "secret" not in (proxy / "onegrid.log").read_text()
