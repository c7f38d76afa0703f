"""What a message says."""

from hypothesis import given
from hypothesis import strategies as st

from onegrid.core.ids import new_id
from onegrid.notifications.rules.messages import SHORT, Item, Message, said, shortened
from onegrid.notifications.states import Channel
from onegrid.notifications.tests.factories import NOON


def message(*, count, language="en", kind="tests.limit", number="OG-1"):
    items = [Item(entry_id=new_id(), data={"number": number, "share": 80})] * min(count, 5)
    return Message(
        id=new_id(), channel=Channel.EMAIL, recipient_id=new_id(), address="a@b.example", language=language,
        kind=kind, is_urgent=False, attempts=1, tried_at=NOON, count=count, items=items,
    )  # fmt: skip


def test_one_leads_to_what_it_is_about_and_many_to_the_list():
    one, many = (message(count=count) for count in (1, 6))

    assert said(one, site="").path == f"/notices/{one.items[0].entry_id}/"
    assert said(many, site="").path == "/notices/"


def test_without_an_address_of_the_site_there_are_no_links():
    assert "/notices/" not in said(message(count=6), site="").text


def test_a_title_is_one_line_whatever_it_is_made_of():
    assert said(message(count=1, number="OG-1\nBcc: x"), site="").title == "OG-1 Bcc: x: 80 % in en"


def test_a_kind_that_is_gone_is_still_said():
    assert said(message(count=1, kind="gone.kind"), site="").title == "Something you were told earlier"


@given(st.text())
def test_a_text_message_is_never_two(text):
    assert len(shortened(text)) <= SHORT
