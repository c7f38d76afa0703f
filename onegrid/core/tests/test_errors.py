"""Pages that say no."""

import json

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils.translation import override

from onegrid.core.api.problems import answer_to
from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.core.web import errors


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.mark.parametrize("status", errors.WORDS)
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_render_in_every_language(status, language):
    with override(language):
        response = errors.page(RequestFactory().get("/"), status)

    assert response.status_code == status
    assert str(status) in response.text


@pytest.mark.django_db
def test_of_an_address_that_is_not_there(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_are_a_note_inside_a_swap():
    response = errors.page(RequestFactory().get("/", headers={"HX-Request": "true"}), 409)

    assert "<html" not in response.text
    assert "Your change was not applied" in response.text


def test_give_a_number_to_quote_when_it_is_our_fault():
    assert "quote it when you ask" in errors.page(RequestFactory().get("/"), 500).text


def test_say_what_the_domain_says():
    pages = errors.DomainErrorPages(lambda _: HttpResponse())

    response = pages.process_exception(RequestFactory().get("/"), NotFoundError("No such <case>."))

    assert response.status_code == 404
    assert "No such &lt;case&gt;." in response.text


def test_keep_the_status_of_a_refused_input():
    pages = errors.DomainErrorPages(lambda _: HttpResponse())

    assert pages.process_exception(RequestFactory().get("/"), InvalidInputError("x")).status_code == 422


def test_leave_other_exceptions_alone():
    assert errors.DomainErrorPages(lambda _: HttpResponse()).process_exception(None, ValueError()) is None


def test_tell_a_body_that_is_too_large_from_one_that_cannot_be_read():
    request = RequestFactory().get("/")

    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
    assert errors.bad_request(request, ValueError()).status_code == 400


def busy_database(_request):
    raise OperationalError


urlpatterns = [path("busy/", login_not_required(busy_database)), path("", include("config.urls"))]
handler500 = "onegrid.core.web.errors.failed"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_ask_to_come_back_when_the_database_is_busy(client):
    client.raise_request_exception = False

    response = client.get("/busy/")

    assert response.status_code == 503
    assert response["Retry-After"] == "30"


@pytest.mark.parametrize("error", [OperationalError("terminating connection"), InterfaceError("closed")])
def test_ask_callers_of_the_api_to_come_back_when_the_database_goes_away_meanwhile(rf, error):
    response = answer_to(rf.post("/api/v1/cases"), error)

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert json.loads(response.content)["type"] == "urn:onegrid:Busy"


@pytest.mark.django_db
def test_of_a_form_without_the_token_of_the_session():
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})

    assert response.status_code == 403
    assert "CSRF" not in response.text
