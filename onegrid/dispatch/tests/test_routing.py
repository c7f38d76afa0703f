"""Which rule decides, as properties and as examples."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.dispatch.rules.routing import Matter, Rule, fits, is_in_hours, ranked, specificity

NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
DAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PATH = "330304/330304010/330304010001/330304010001001"

codes = st.lists(st.sampled_from(["env", "noise", "night", "road"]), max_size=3).map(".".join)
areas = st.sampled_from(["", "330304", "330304010", "330304002", "330304010001001"])
times = st.one_of(st.none(), st.times())
rules = st.builds(
    Rule,
    code=st.text("abc", min_size=1, max_size=4),
    lead=st.just("@roads"),
    category_code=codes,
    area_code=areas,
    level=st.sampled_from(["", "township", "district"]),
    weekdays=st.frozensets(st.integers(1, 7), max_size=3),
)


def matter(at=DAY, category="env.noise.night", level="township"):
    return Matter(category_code=category, area_path=PATH, level=level, local_time=at)


@given(st.lists(rules, max_size=8), st.randoms())
def test_the_order_of_the_table_does_not_matter(table, random):
    shuffled = list(table)
    random.shuffle(shuffled)

    assert [specificity(rule) for rule in ranked(table, matter())] == [
        specificity(rule) for rule in ranked(shuffled, matter())
    ]


@given(st.lists(rules, max_size=8))
def test_only_rules_that_fit_are_considered_and_the_narrowest_comes_first(table):
    order = ranked(table, matter())

    assert all(fits(rule, matter()) for rule in order)
    assert [specificity(rule) for rule in order] == sorted((specificity(rule) for rule in order), reverse=True)


@given(st.times(), st.times(), st.times())
def test_hours_over_midnight_are_the_rest_of_the_day(start, end, moment):
    over = Rule(code="a", lead="x", from_time=start, to_time=end)
    back = Rule(code="b", lead="x", from_time=end, to_time=start)

    assert start == end or is_in_hours(over, moment) != is_in_hours(back, moment)


def test_noise_at_night_goes_to_the_police():
    by_day = Rule(code="noise", lead="@environment", category_code="env.noise")
    by_night = Rule(code="noise-night", lead="@police", category_code="env.noise", from_time=time(22), to_time=time(6))

    assert ranked([by_day, by_night], matter(at=NIGHT))[0] is by_night
    assert ranked([by_day, by_night], matter(at=DAY))[0] is by_day


@pytest.mark.parametrize("category", ["environment", "env.noisebar", "env"])
def test_a_category_is_matched_by_whole_names(category):
    rule = Rule(code="noise", lead="x", category_code="env.noise")

    assert not fits(rule, matter(category=category))
