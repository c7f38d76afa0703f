"""Data that is packed for the way."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from onegrid.core.web.packing import LEAST, packed_quickly

LONG, SHORT = "一张网" * LEAST, "一张网"


def ask(text, **headers):
    return packed_quickly(lambda _request: HttpResponse(text))(RequestFactory().get("/", headers=headers))


def test_is_what_was_said_once_it_is_unpacked():
    answer = ask(LONG, accept_encoding="gzip, br")

    assert gzip.decompress(answer.content).decode() == LONG
    assert len(answer.content) < len(LONG.encode()) / 5
    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")


@pytest.mark.parametrize(
    ("text", "headers"), [(LONG, {}), (LONG, {"accept_encoding": "br"}), (SHORT, {"accept_encoding": "gzip"})]
)
def test_goes_as_it_is_to_who_cannot_unpack_it_or_gains_nothing(text, headers):
    answer = ask(text, **headers)

    assert (answer.content.decode(), answer["Vary"]) == (text, "Accept-Encoding")
    assert "Content-Encoding" not in answer
