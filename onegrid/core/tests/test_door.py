"""The door of a web process: some inside, a few waiting, the others told at once when to come back."""

import io
import json
import time
from threading import Event, Thread

import pytest

from onegrid.core.door import Door


class Inside:
    """An application whose requests last until they are let go."""

    def __init__(self):
        self.go, self.entered = Event(), []

    def __call__(self, environ, start_response):
        self.entered.append(environ["PATH_INFO"])
        assert self.go.wait(10)
        start_response("200 OK", [])
        return [b"done"]


class Asked:
    """One request in a thread of its own, as the server would make it."""

    def __init__(self, door, path="/queue/", **headers):
        self.environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO(), **headers}
        self.door, self.status, self.headers, self.body = door, "", {}, b""
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        answer = self.door(self.environ, self._begin)
        self.body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()

    def _begin(self, status, headers):
        self.status, self.headers = status, dict(headers)

    def answered(self):
        self.thread.join(10)
        assert not self.thread.is_alive()
        return self


@pytest.fixture
def inside():
    application = Inside()
    yield application
    application.go.set()


def test_turns_away_whom_it_has_no_place_for(inside):
    door = Door(inside, hands=1, waiting=1)
    first, second = Asked(door), Asked(door)
    while door._room._value:
        pass

    third = Asked(door).answered()

    assert third.status.startswith("503")
    assert third.headers["Retry-After"] == "5"
    assert door.turned_away == 1
    inside.go.set()
    assert [first.answered().status, second.answered().status] == ["200 OK", "200 OK"]


def test_lets_in_again_when_the_rush_is_over(inside):
    door = Door(inside, hands=1, waiting=0)
    inside.go.set()

    statuses = [Asked(door).answered().status for _ in range(20)]

    assert statuses == ["200 OK"] * 20


def test_turns_away_who_has_waited_too_long(inside):
    door = Door(inside, hands=1, waiting=5, patience=0.05)
    Asked(door)
    while not inside.entered:
        pass

    assert Asked(door).answered().status.startswith("503")


def test_gives_its_place_back_when_the_application_fails():
    def failing(environ, start_response):
        message = "no"
        raise ZeroDivisionError(message)

    door = Door(failing, hands=1, waiting=0)
    with pytest.raises(ZeroDivisionError):
        door({"PATH_INFO": "/"}, lambda *_: None)

    with pytest.raises(ZeroDivisionError):
        door({"PATH_INFO": "/"}, lambda *_: None)


def test_always_answers_probes(inside):
    door = Door(inside, hands=1, waiting=0)
    Asked(door)
    while not inside.entered:
        pass
    inside.go.set()

    assert Asked(door, "/healthz").answered().status == "200 OK"


def test_speaks_to_programs_in_their_form(inside):
    refused = Asked(Door(inside, hands=1, waiting=-1), "/api/v1/cases", HTTP_ACCEPT_LANGUAGE="en").answered()

    assert refused.headers["Content-Type"] == "application/problem+json"
    assert json.loads(refused.body)["detail"] == "Nothing is lost. Please try again in half a minute."


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, "系统忙"),
        ({"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.8"}, "We are busy right now"),
        ({"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "a=b; language=zh-hant"}, "系統忙"),
        ({"HTTP_ACCEPT_LANGUAGE": "xx\x00,,;;q=", "HTTP_COOKIE": "language=<script>"}, "系统忙"),
    ],
)
def test_speaks_to_people_in_their_language(inside, headers, words):
    refused = Asked(Door(inside, hands=1, waiting=-1), **headers).answered()

    assert words in refused.body.decode()


def test_one_source_leaves_places_to_all_others(inside):
    door = Door(inside, hands=2, waiting=4)
    flooding = [Asked(door, REMOTE_ADDR="192.0.2.1") for _ in range(4)]
    while door._room._value > 2:
        pass

    refused = Asked(door, REMOTE_ADDR="192.0.2.1").answered()
    other = Asked(door, REMOTE_ADDR="192.0.2.2")
    while door._room._value > 1:
        pass
    inside.go.set()

    assert refused.status.startswith("503")
    assert other.answered().status == "200 OK"
    assert [each.answered().status for each in flooding] == ["200 OK"] * 4


def test_a_flood_hears_a_moment_later_that_there_is_no_place_and_others_at_once(inside, monkeypatch):
    monkeypatch.setattr("onegrid.core.door.HELD", 1.0)
    door = Door(inside, hands=2, waiting=0)
    for _ in range(2):
        Asked(door, REMOTE_ADDR="192.0.2.1")
    while door._room._value:
        pass

    began = time.monotonic()
    flood, other = (Asked(door, REMOTE_ADDR=f"192.0.2.{last}") for last in (1, 2))
    other.answered()
    after_other = time.monotonic() - began
    flood.answered()

    assert (flood.status[:3], other.status[:3]) == ("503", "503")
    assert after_other < 1.0 <= time.monotonic() - began


def test_remembers_no_source_that_is_gone(inside):
    inside.go.set()
    door = Door(inside, hands=1, waiting=1)

    Asked(door, REMOTE_ADDR="192.0.2.1").answered()

    assert not door._inside_by_source


def test_tells_who_has_sent_something_how_to_send_it_again(inside):
    refused = Asked(Door(inside, hands=1, waiting=-1), "/report/", REQUEST_METHOD="POST", HTTP_ACCEPT_LANGUAGE="en")

    assert "let the browser send it once more" in refused.answered().body.decode()


def test_speaks_to_uploads_in_the_form_of_programs(inside):
    refused = Asked(Door(inside, hands=1, waiting=-1), "/report/files/", HTTP_TUS_RESUMABLE="1.0.0").answered()

    assert refused.headers["Content-Type"] == "application/problem+json"


def test_hears_out_whom_it_turns_away_so_that_the_answer_is_read(inside):
    body = io.BytesIO(b"x" * 1000)
    door = Door(inside, hands=1, waiting=-1)

    Asked(door, CONTENT_LENGTH="1000", **{"wsgi.input": body}).answered()

    assert body.read() == b""


@pytest.mark.parametrize("length", ["999999999", "-1", "a lot"])
def test_hears_out_nobody_who_has_too_much_to_say(inside, length):
    body = io.BytesIO(b"x" * 1000)
    door = Door(inside, hands=1, waiting=-1)

    Asked(door, CONTENT_LENGTH=length, **{"wsgi.input": body}).answered()

    assert len(body.read()) == 1000
