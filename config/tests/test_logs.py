"""The log never holds what opens a private page, and calls nothing our fault that is not."""

import logging

import pytest
from django.test import Client

from config.logs import CallersFaults, NoPrivateLinks, without_secrets

SECRET = "s3cret-of-a-private-link"  # noqa: S105


@pytest.fixture
def lines(caplog):
    """The lines of the log as the handler of an installation writes them."""
    caplog.handler.addFilter(strict := NoPrivateLinks())
    yield lambda: [record.getMessage() for record in caplog.records]
    caplog.handler.removeFilter(strict)


@pytest.mark.parametrize(
    "address", ["/t/{}/", "/t/{}/rate/", "/api/v1/reports/{}", "/api/v1/reports/{}/ratings", "/notices/email/{}/"]
)
def test_leaves_the_secret_of_a_private_link_out(address):
    line = without_secrets(f"Internal Server Error: {address.format(SECRET)}")

    assert SECRET not in line
    assert line.startswith("Internal Server Error: /")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/notices/email/{}/", "/t/{}/rate/"])
def test_names_the_view_of_what_was_refused_and_not_its_address(lines, address):
    Client(enforce_csrf_checks=True).post(address.format(SECRET))

    refused = [line for line in lines() if line.startswith("Forbidden")]
    assert refused
    assert not any(SECRET in line or "/" in line for line in refused)


@pytest.mark.django_db
def test_what_a_caller_did_wrong_is_a_warning_without_a_trace(caplog):
    caplog.handler.addFilter(mild := CallersFaults())

    response = Client(headers={"host": "elsewhere.example"}).get("/")

    caplog.handler.removeFilter(mild)
    [line] = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert response.status_code == 400
    assert (line.levelno, line.exc_info) == (logging.WARNING, None)
