"""The hands of a process: who gets the next one where many wait."""

import time
from threading import Thread

import pytest

from onegrid.core.hands import Hands

AT_ONCE, LONG = 0.05, 10


def lined_up(hands, sources):
    """Let sources come one after the other; return those who were served, as it happens."""
    served = []
    for place, source in enumerate(sources, start=1):
        Thread(target=lambda who=source: hands.take(who, patience=LONG) and served.append(who), daemon=True).start()
        wait_until(lambda many=place: sum(map(len, hands._lines.values())) == many)
    return served


def wait_until(is_so):
    end = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_one_source_may_have_all_while_nobody_else_comes():
    hands = Hands(3)

    assert [hands.take("school", patience=AT_ONCE) for _ in range(4)] == [True, True, True, False]


def test_the_next_goes_to_whose_source_has_the_fewest():
    hands = Hands(2)
    assert hands.take("flood", patience=AT_ONCE)
    assert hands.take("flood", patience=AT_ONCE)
    served = lined_up(hands, ["flood", "flood", "flood", "somebody"])

    hands.give_back("flood")

    wait_until(lambda: served)
    assert served == ["somebody"]


def test_equals_are_served_in_turn():
    hands = Hands(1)
    assert hands.take("flood", patience=AT_ONCE)
    served = lined_up(hands, ["flood", "flood", "one", "other", "one"])

    for count in range(1, 6):
        hands.give_back(["flood", *served][-1])
        wait_until(lambda most=count: len(served) == most)

    assert served == ["flood", "one", "other", "flood", "one"]


def test_who_has_waited_too_long_stands_in_no_line():
    hands = Hands(1)
    assert hands.take("one", patience=AT_ONCE)
    assert not hands.take("other", patience=AT_ONCE)

    hands.give_back("one")

    assert hands.take("third", patience=AT_ONCE)


@pytest.mark.parametrize("many", [1, 3])
def test_none_is_lost_and_no_source_remembered(many):
    hands = Hands(many)

    def come(source):
        for _ in range(200):
            if hands.take(source, patience=0.0001):
                hands.give_back(source)

    threads = [Thread(target=come, args=(f"{number % 3}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)

    assert (hands._free, dict(hands._at_work), hands._lines) == (many, {}, {})
