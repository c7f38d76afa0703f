"""What the relay tells whom."""

import asyncio
import json
import time

import pytest

from onegrid.core.ids import new_id
from onegrid.live.rules.audience import Audience, Told
from onegrid.live.rules.marks import mark
from onegrid.live.rules.tickets import LIFETIME, Ticket
from onegrid.live.web.listeners import KEPT, ROOM, SINGLY, Listener, Listeners

CHASHAN, WUTIAN, ROADS, FIRE, REPORTER = "330304010", "330304002", new_id(), new_id(), new_id()


def listener(**audience):
    heard = {"areas": frozenset(), "units": frozenset(), **audience}
    until = int(time.time() + LIFETIME.total_seconds())
    return Listener(Ticket(audience=Audience(**heard), origin="http://here", until=until))


def told(xid=20, *, township=CHASHAN, units=(), person=None, kind="accept"):
    path = f"330304/{township}/{township}001/{township}001001"
    return Told(xid=xid, kind=kind, subject=new_id(), area_path=path, unit_ids=frozenset(units), person_id=person)


@pytest.fixture
def listeners():
    relay = Listeners()
    relay.remember_from(mark("10:10:"))
    return relay


def heard(page):
    """Read what waits for a page, as names and data; nothing where nothing does."""
    page.tell(b"event: end\ndata: 0\n\n")
    text = asyncio.run(page.next()).decode()
    events = [dict(line.split(": ", 1) for line in event.splitlines()) for event in text.split("\n\n") if event]
    return [(event["event"], json.loads(event["data"])) for event in events[:-1]]


@pytest.mark.parametrize(
    ("audience", "does"),
    [
        ({"areas": frozenset({CHASHAN})}, True),
        ({"areas": frozenset({"330304"})}, True),
        ({"areas": frozenset({WUTIAN})}, False),
        ({"areas": frozenset({"33030401"})}, False),
        ({"units": frozenset({ROADS})}, True),
        ({"units": frozenset({FIRE})}, False),
        ({"person": REPORTER}, True),
        ({"person": new_id()}, False),
        ({"hears_all": True}, True),
        ({}, False),
    ],
)
def test_tells_those_whose_duties_let_them_see_it(listeners, audience, does):
    page, change = listener(**audience), told(units=[ROADS], person=REPORTER)
    listeners.add(page, since=None)

    listeners.tell(mark("30:30:"), [change])

    assert heard(page) == ([("changes", [[change.subject.hex, "accept"]])] if does else [])


def test_tells_a_page_that_comes_back_what_it_has_missed_and_no_more(listeners):
    early, late = told(12), told(22)
    listeners.tell(mark("15:15:"), [early])
    listeners.tell(mark("30:30:"), [late])
    page = listener(hears_all=True)

    listeners.add(page, since=mark("15:15:"))

    assert heard(page) == [("changes", [[late.subject.hex, "accept"]])]


def test_tells_a_page_that_was_away_too_long_that_much_has_changed(listeners):
    page = listener(areas=frozenset({WUTIAN}))

    listeners.add(page, since=mark("9:9:"))

    assert heard(page) == [("much", 1)]


def returned_before_the_first_look(found, *, since):
    """Let a page come to a relay that has not read yet, which then finds changes from 10 on."""
    relay, page = Listeners(), listener(hears_all=True)
    relay.add(page, since=since)
    relay.begin(mark("10:10:"), mark("30:30:"), found)
    return page


def test_tells_a_page_that_was_back_before_the_relay_had_read_what_it_has_missed_and_no_more():
    early, late = told(12), told(22)

    page = returned_before_the_first_look([early, late], since=mark("15:15:"))

    assert heard(page) == [("changes", [[late.subject.hex, "accept"]])]


@pytest.mark.parametrize(
    ("found", "since"), [([told(12)], mark("9:9:")), (None, mark("15:15:")), (None, None)], ids=["older", "many", "new"]
)
def test_tells_it_that_much_has_changed_where_the_relay_does_not_know_what(found, since):
    page = returned_before_the_first_look(found, since=since)

    assert heard(page) == [("much", 1)]


def test_tells_once_what_a_page_hears_while_the_relay_begins():
    relay, page, first, second = Listeners(), listener(hears_all=True), told(12), told(31)
    relay.add(page, since=None)
    relay.begin(mark("10:10:"), mark("30:30:"), [first])

    relay.tell(mark("40:40:"), [second])

    assert heard(page) == [("changes", [[each.subject.hex, "accept"]]) for each in (first, second)]


def test_tells_nothing_to_a_page_that_has_left_before_the_relay_had_read():
    relay, page = Listeners(), listener(hears_all=True)
    relay.add(page, since=None)
    relay.remove(page)

    relay.begin(mark("10:10:"), mark("30:30:"), [told()])

    assert (heard(page), len(relay)) == ([], 0)


def test_tells_a_new_page_what_happened_since_it_was_drawn(listeners):
    change = told()
    listeners.tell(mark("30:30:"), [change])
    page = listener(hears_all=True)

    listeners.add(page, since=None)

    assert heard(page) == [("changes", [[change.subject.hex, "accept"]])]


@pytest.mark.parametrize("changes", [None, [told(xid) for xid in range(20, 21 + SINGLY)]])
def test_names_no_single_one_where_there_are_very_many(listeners, changes):
    page = listener(hears_all=True)
    listeners.add(page, since=None)

    listeners.tell(mark("99:99:"), changes)

    assert heard(page) == [("much", 1)]


def test_remembers_no_more_than_it_must(listeners):
    listeners.tell(mark("9999:9999:"), [told(xid) for xid in range(20, 20 + KEPT + 5)])
    known, unknown = listener(hears_all=True), listener(hears_all=True)

    listeners.add(known, since=mark("4015:4015:"))
    listeners.add(unknown, since=mark("22:22:"))

    assert len(heard(known)[0][1]) == 10
    assert heard(unknown) == [("much", 1)]


def test_lets_a_page_go_that_does_not_read(listeners):
    page = listener(hears_all=True)
    listeners.add(page, since=None)

    for _ in range(ROOM + 1):
        listeners.tell(mark("30:30:"), [told()])

    assert asyncio.run(page.next()) == b""


def test_lets_a_page_go_when_its_ticket_has_run_out(listeners):
    page = listener(hears_all=True)
    listeners.add(page, since=None)

    listeners.beat(now=page.ticket.until)

    assert asyncio.run(page.next()) == b""


def test_says_that_it_is_there_and_how_far_it_has_read(listeners):
    page = listener()
    listeners.add(page, since=None)

    listeners.beat(now=time.time())

    assert asyncio.run(page.next()) == b"id: 10:10:\nevent: beat\ndata: 1\n\n"


def test_forgets_a_page_that_has_left(listeners):
    page = listener(hears_all=True)
    listeners.add(page, since=None)

    listeners.remove(page)

    assert len(listeners) == 0
