"""How often one source has tried is counted exactly, and forgotten when the hour is over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils.timezone import now

from onegrid.core.actions.count_attempts import count_attempt, forget_attempts, forget_cached
from onegrid.core.models import Attempts

SOON = timedelta(minutes=30)


@pytest.mark.django_db
def test_adds_up():
    until = now() + SOON

    assert [count_attempt(key="a", weight=weight, until=until) for weight in (1, 5, 1)] == [1, 6, 7]
    assert count_attempt(key="b", weight=1, until=until) == 1


@pytest.mark.django_db(transaction=True)
def test_loses_none_of_those_that_come_at_the_same_moment():
    until = now() + SOON

    def attempt(_):
        try:
            return count_attempt(key="a", weight=1, until=until)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as several:
        counts = list(several.map(attempt, range(40)))

    assert sorted(counts) == list(range(1, 41))


@pytest.mark.django_db
def test_a_thousand_other_sources_do_not_make_it_forget_one():
    until = now() + SOON
    count_attempt(key="a", weight=1, until=until)
    for number in range(400):
        count_attempt(key=f"other {number}", weight=1, until=until)

    assert count_attempt(key="a", weight=1, until=until) == 2


@pytest.mark.django_db
def test_nothing_is_kept_of_an_hour_that_is_over():
    count_attempt(key="over", weight=1, until=now())
    count_attempt(key="not over", weight=1, until=now() + SOON)

    assert forget_attempts(at=now()) == 1
    assert [each.key for each in Attempts.objects.all()] == ["not over"]


@pytest.mark.django_db
def test_what_has_run_out_in_the_shared_cache_is_taken_away():
    cache.clear()
    cache.set("over", 1, timeout=1)
    cache.set("standing", 1, timeout=600)

    assert forget_cached(at=now() + timedelta(seconds=5)) == 1
    assert cache.get("standing") == 1


@pytest.mark.django_db
def test_hundreds_of_others_do_not_push_a_limit_out_of_the_shared_cache():
    cache.clear()
    cache.set("a-limit", 5, timeout=600)
    for number in range(320):
        cache.set(f"b-{number}", 1, timeout=600)

    assert cache.get("a-limit") == 5
