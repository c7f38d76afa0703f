"""The log never holds what opens a private page."""

import pytest

from config.logs import without_secrets

SECRET = "s3cret-of-a-private-link"  # noqa: S105


@pytest.mark.parametrize("address", ["/t/{}/", "/t/{}/rate/", "/api/v1/reports/{}", "/api/v1/reports/{}/ratings"])
def test_leaves_the_secret_of_a_private_link_out(address):
    line = without_secrets(f"Internal Server Error: {address.format(SECRET)}")

    assert SECRET not in line
    assert line.startswith("Internal Server Error: /")
