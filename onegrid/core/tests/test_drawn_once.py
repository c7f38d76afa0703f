"""A page that strangers may share, asked for by many before it is there: one draws it, the others wait for that."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.http import HttpResponse

from onegrid.core.web import kept_pages
from onegrid.core.web.keeping import kept_for_all

SHORT = 0.2  # seconds in which the others arrive


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    kept_pages.forget()
    yield
    kept_pages.forget()


class Site:
    """One page, drawn slowly: until `done`."""

    def __init__(self, rf, answers):
        self.drawn, self.done = [], Event()
        self._rf, self._answers = rf, answers
        self._ask = kept_pages.kept_pages(kept_for_all()(self._draw))

    def _draw(self, request):
        self.drawn.append(request)
        self.done.wait(5)
        answer = self._answers[min(len(self.drawn), len(self._answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return HttpResponse(answer)

    def get(self, **headers):
        request = self._rf.get("/welcome/", **headers)
        request.resolver_match = None
        try:
            return self._ask(request)
        except OSError as fault:
            return fault

    def asked_by(self, count):
        """Let so many ask at one time, and the drawing end when all of them are there."""
        with ThreadPoolExecutor(count) as people:
            asked = [people.submit(self.get) for _ in range(count)]
            Event().wait(SHORT)
            self.done.set()
            return [each.result() for each in asked]


def test_one_draws_and_all_others_get_the_same(rf):
    site = Site(rf, ["a page"])

    answers = site.asked_by(6)

    assert len(site.drawn) == 1
    assert {answer.content for answer in answers} == {b"a page"}
    assert {answer["ETag"] for answer in answers} == {answers[0]["ETag"]}


def test_where_the_drawing_fails_the_others_draw_it_themselves(rf):
    site = Site(rf, [OSError("no disk"), "a page"])

    answers = site.asked_by(3)

    assert len([answer for answer in answers if isinstance(answer, OSError)]) == 1
    assert {answer.content for answer in answers if not isinstance(answer, OSError)} == {b"a page"}


def test_nobody_waits_longer_than_they_have_patience(rf, monkeypatch):
    monkeypatch.setattr(kept_pages, "PATIENCE", 0.01)
    site = Site(rf, ["a page"])

    answers = site.asked_by(2)

    assert len(site.drawn) == 2
    assert {answer.content for answer in answers} == {b"a page"}


def test_who_has_the_page_already_is_told_so_after_waiting(rf):
    site = Site(rf, ["a page"])
    site.done.set()
    tag = site.get()["ETag"]
    kept_pages.forget()
    site.done.clear()

    with ThreadPoolExecutor(2) as people:
        first = people.submit(site.get)
        Event().wait(SHORT)
        second = people.submit(lambda: site.get(headers={"if-none-match": tag}))
        Event().wait(SHORT)
        site.done.set()

    assert (first.result().status_code, second.result().status_code) == (200, 304)


def test_another_page_is_not_waited_for(rf):
    site = Site(rf, ["a page"])

    with ThreadPoolExecutor(2) as people:
        waiting = [people.submit(site.get), people.submit(lambda: site.get(headers={"accept-language": "en"}))]
        Event().wait(SHORT)
        assert len(site.drawn) == 2
        site.done.set()

    assert [each.result().status_code for each in waiting] == [200, 200]
