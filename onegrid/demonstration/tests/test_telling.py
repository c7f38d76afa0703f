"""What simulated people write: varied, complete, and short enough for a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.cases.public import Channel
from onegrid.demonstration.rules import telling
from onegrid.demonstration.rules.assumptions import GROUPS
from onegrid.demonstration.rules.identities import id_at
from onegrid.demonstration.tests.draws import drawn, draws

PHRASES = telling.Phrases(
    streets=["青禾路"], spots=["桥头"], matters={"daily.roads.manhole": ["井盖断裂", "井盖晃动，夜里车过声音很响"]}
)
NAMES = ("井盖破损", "Manhole cover broken")


def said(code, channel, draw):
    where = telling.place(PHRASES, draw)
    return telling.reported(code, NAMES, PHRASES, channel=channel, where=where, draw=draw)


@given(draws, st.sampled_from(Channel), st.sampled_from(["daily.roads.manhole", "x"]))
def test_no_slot_stays_open_and_the_title_fits(draw, channel, code):
    told = said(code, channel, draw)

    assert "{" not in told.title + told.text
    assert 0 < len(told.title) <= telling.TITLE_LENGTH


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_has_more_than_thirty_patterns(group):
    patterns = {*telling.RESIDENTS, *telling.WORKERS, *telling.PHONES, *telling.DESKS, *telling.OF_GROUP[group]}

    assert len(patterns) > 30


def test_a_kind_without_phrases_is_called_by_its_name():
    assert "井盖破损" in said("unknown", Channel.DESK, drawn(3)).text


def test_some_write_in_english():
    draw = drawn(5)
    texts = [said("daily.roads.manhole", Channel.PORTAL, draw).text for _ in range(400)]

    assert 2 < sum("Manhole" in text for text in texts) < 40


def test_a_slip_changes_a_text():
    assert telling.misspelled("已经三天了。", drawn(2)) != "已经三天了。"


@given(st.floats(1e9, 2e9), draws)
def test_ids_are_of_their_moment(seconds, draw):
    made = id_at(seconds, draw)

    assert made.version == 7
    assert made.int >> 80 == int(seconds * 1000)
