"""From where a request comes, and the name for it that tells nothing once the day is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from onegrid.core.web.sources import pseudonym, source_of

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def environ(address, **headers):
    return {"REMOTE_ADDR": address, **headers}


def test_is_who_is_connected_where_no_proxy_is_ours(settings):
    settings.BEHIND_TLS = False

    assert source_of(environ("192.0.2.1", HTTP_X_FORWARDED_FOR="192.0.2.99")) == "192.0.2.1"


def test_is_what_our_own_proxy_added_last(settings):
    settings.BEHIND_TLS = True

    assert source_of(environ("127.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 192.0.2.7")) == "192.0.2.7"
    assert source_of(environ("127.0.0.1")) == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("not an address", "not an address"),
        ("", ""),
    ],
)
def test_takes_all_addresses_that_one_line_of_ipv6_has_for_one(settings, address, source):
    settings.BEHIND_TLS = False

    assert source_of(environ(address)) == source


def test_has_another_name_every_day_and_never_its_own():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    names = {pseudonym(request, at=AT), pseudonym(request, at=AT + timedelta(hours=1))}

    assert len(names) == 1
    assert pseudonym(request, at=AT + timedelta(days=1)) not in names
    assert "192.0.2.1" not in names.pop()
